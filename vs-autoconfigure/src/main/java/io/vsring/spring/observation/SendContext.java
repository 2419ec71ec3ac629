package io.vsring.spring.observation;

import io.micrometer.observation.transport.Kind;
import io.micrometer.observation.transport.SenderContext;
import io.vsring.Guarantee;
import java.util.Map;

/** A message that is being sent; what a tracer wants to go with it is put into its headers. */
public final class SendContext extends SenderContext<Map<String, String>> {

    private final String group;
    private final Guarantee guarantee;

    /** @param headers are added to while the observation starts */
    public SendContext(String group, Guarantee guarantee, Map<String, String> headers) {
        super((carrier, key, value) -> headers.put(key, value), Kind.PRODUCER);
        this.group = group;
        this.guarantee = guarantee;
        setCarrier(headers);
        setRemoteServiceName("vs");
    }

    /** The group that it goes to. */
    public String group() {
        return group;
    }

    /** What was asked for. */
    public Guarantee guarantee() {
        return guarantee;
    }
}
