package io.vsring.spring;

import io.vsring.ConfigurationChange;
import io.vsring.Delivery;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.aot.hint.MemberCategory;
import org.springframework.aot.hint.RuntimeHints;
import org.springframework.aot.hint.RuntimeHintsRegistrar;
import org.springframework.aot.hint.TypeReference;

/**
 * What a native image has to keep of ours: what the CBOR mapper lends to classes of others, what handlers are bound to
 * by name, and what expressions read.
 */
final class RingHints implements RuntimeHintsRegistrar {

    @Override
    public void registerHints(RuntimeHints hints, @Nullable ClassLoader classLoader) {
        hints.reflection().registerType(TypeReference.of(CborPayloadCodec.OfOneMember.class));
        for (Class<?> asked : List.of(
                DeliveredMessage.class,
                Delivery.class,
                HeadedDelivery.class,
                ConfigurationChange.class,
                HeaderBlock.class,
                HandlerArguments.class,
                HandlerArguments.HeaderArgument.class)) {
            hints.reflection().registerType(asked, MemberCategory.INVOKE_DECLARED_METHODS);
        }
    }
}
