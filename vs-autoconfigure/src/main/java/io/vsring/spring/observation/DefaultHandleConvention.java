package io.vsring.spring.observation;

import io.micrometer.common.KeyValues;
import io.vsring.Delivery;
import io.vsring.spring.observation.RingObservation.HighKey;
import io.vsring.spring.observation.RingObservation.LowKey;
import java.util.Locale;

/** {@code vs.listener}, with the keys that OpenTelemetry has for messaging. */
public final class DefaultHandleConvention implements HandleConvention {

    @Override
    public String getName() {
        return "vs.listener";
    }

    @Override
    public String getContextualName(HandleContext context) {
        return "process " + context.delivery().group();
    }

    @Override
    public KeyValues getLowCardinalityKeyValues(HandleContext context) {
        Delivery delivery = context.delivery();
        return KeyValues.of(
                LowKey.SYSTEM.withValue("vs"),
                LowKey.OPERATION.withValue("process"),
                LowKey.GROUP.withValue(delivery.group()),
                LowKey.GUARANTEE.withValue(delivery.guarantee().name().toLowerCase(Locale.ROOT)),
                LowKey.LISTENER.withValue(context.listenerId()));
    }

    @Override
    public KeyValues getHighCardinalityKeyValues(HandleContext context) {
        Delivery delivery = context.delivery();
        return KeyValues.of(
                HighKey.SENDER.withValue(delivery.sender().toString()),
                HighKey.CONFIGURATION.withValue(delivery.configuration().id()),
                HighKey.SEQUENCE.withValue(Long.toString(delivery.sequence())));
    }
}
