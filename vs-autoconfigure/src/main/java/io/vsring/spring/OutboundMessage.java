package io.vsring.spring;

import static java.util.Objects.requireNonNull;

import io.vsring.Guarantee;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A message to be sent, where more is to be said of it than a method of {@link RingOperations} has parameters for.
 * Immutable.
 *
 * <pre>{@code
 * ring.send(OutboundMessage.of(order).to("orders").guarantee(Guarantee.SAFE).header("tenant", "acme"));
 * }</pre>
 *
 * @param payload what is sent
 * @param group the group; null for the default one
 * @param guarantee the guarantee; null for the default one
 * @param headers short texts that go with it, 8 KB of UTF-8 together, with a few bytes for each
 */
public record OutboundMessage(
        Object payload, @Nullable String group, @Nullable Guarantee guarantee, Map<String, String> headers) {

    public OutboundMessage {
        requireNonNull(payload, "payload");
        headers.forEach((name, value) -> {
            requireNonNull(name, "the name of a header");
            requireNonNull(value, "the value of a header");
        });
        headers = Collections.unmodifiableMap(new LinkedHashMap<>(headers));
    }

    /** This payload, to the default group with the default guarantee. */
    public static OutboundMessage of(Object payload) {
        return new OutboundMessage(payload, null, null, Map.of());
    }

    /** The same to this group. */
    public OutboundMessage to(String name) {
        return new OutboundMessage(payload, name, guarantee, headers);
    }

    /** The same with this guarantee. */
    public OutboundMessage guarantee(Guarantee wanted) {
        return new OutboundMessage(payload, group, wanted, headers);
    }

    /** The same with one more header, or another value of it. */
    public OutboundMessage header(String name, String value) {
        Map<String, String> more = new LinkedHashMap<>(headers);
        more.put(requireNonNull(name, "name"), requireNonNull(value, "value"));
        return new OutboundMessage(payload, group, guarantee, more);
    }
}
