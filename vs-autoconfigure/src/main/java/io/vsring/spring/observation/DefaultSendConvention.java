package io.vsring.spring.observation;

import io.micrometer.common.KeyValues;
import io.vsring.spring.observation.RingObservation.LowKey;
import java.util.Locale;

/** {@code vs.template}, with the keys that OpenTelemetry has for messaging. */
public final class DefaultSendConvention implements SendConvention {

    @Override
    public String getName() {
        return "vs.template";
    }

    @Override
    public String getContextualName(SendContext context) {
        return "publish " + context.group();
    }

    @Override
    public KeyValues getLowCardinalityKeyValues(SendContext context) {
        return KeyValues.of(
                LowKey.SYSTEM.withValue("vs"),
                LowKey.OPERATION.withValue("publish"),
                LowKey.GROUP.withValue(context.group()),
                LowKey.GUARANTEE.withValue(context.guarantee().name().toLowerCase(Locale.ROOT)));
    }
}
