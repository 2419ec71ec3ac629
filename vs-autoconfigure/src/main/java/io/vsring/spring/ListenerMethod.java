package io.vsring.spring;

import io.vsring.ConfigurationChange;
import io.vsring.Delivery;
import io.vsring.Guarantee;
import io.vsring.RingConfiguration;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.Method;
import java.lang.reflect.Type;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.util.ReflectionUtils;

/** A method of a bean, ready to be called with what has been delivered. Immutable. */
sealed interface ListenerMethod {

    /** The method of the bean, for messages to people. */
    Method method();

    /** A method with {@link OnDeliver}. */
    final class ForMessages implements ListenerMethod {

        private static final MethodType CALL = MethodType.methodType(void.class, Object.class, Delivery.class);

        private final Method method;
        private final Set<String> groups;
        private final Set<Guarantee> guarantees;
        private final @Nullable Type payloadType;
        private final @Nullable PayloadCodec codec;
        private final MethodHandle handle;

        /**
         * Ready to call.
         *
         * @param groups the groups; {@link OnDeliver#ALL_GROUPS} is every one
         * @param codec of the payload; null if the signature has none
         */
        ForMessages(
                Object bean,
                Method method,
                HandlerSignature signature,
                Set<String> groups,
                Set<Guarantee> guarantees,
                @Nullable PayloadCodec codec) {
            this.method = method;
            this.groups = Set.copyOf(groups);
            this.guarantees = Set.copyOf(guarantees);
            this.payloadType = signature.payload();
            this.codec = codec;
            this.handle = bind(bean, method, CALL, signature.parameters());
        }

        Set<String> groups() {
            return groups;
        }

        boolean wants(String group, Guarantee guarantee) {
            return guarantees.contains(guarantee) && (groups.contains(group) || groups.contains(OnDeliver.ALL_GROUPS));
        }

        /**
         * Reads the payload.
         *
         * @return null if the method takes none
         * @throws RuntimeException if the bytes are not such a payload
         */
        @Nullable
        Object decode(Delivery delivery) {
            return codec == null || payloadType == null ? null : codec.decode(delivery.toByteArray(), payloadType);
        }

        // What the method throws is what the caller must see.
        void call(@Nullable Object payload, Delivery delivery) throws Throwable {
            handle.invokeExact(payload, delivery);
        }

        @Override
        public Method method() {
            return method;
        }
    }

    /** A method with {@link OnConfigurationChange}. */
    final class ForConfigurations implements ListenerMethod {

        private static final MethodType CALL =
                MethodType.methodType(void.class, ConfigurationChange.class, RingConfiguration.class);

        private final Method method;
        private final Set<ConfigurationKind> kinds;
        private final MethodHandle handle;

        ForConfigurations(Object bean, Method method, HandlerSignature signature, Set<ConfigurationKind> kinds) {
            this.method = method;
            this.kinds = Set.copyOf(kinds);
            this.handle = bind(bean, method, CALL, signature.parameters());
        }

        boolean wants(RingConfiguration configuration) {
            return kinds.contains(ConfigurationKind.of(configuration));
        }

        void call(ListenerEvent.Change event) throws Throwable {
            ConfigurationChange change =
                    kinds.contains(ConfigurationKind.TRANSITIONAL) ? event.change() : event.sinceRegular();
            handle.invokeExact(change, change.configuration());
        }

        @Override
        public Method method() {
            return method;
        }
    }

    /** A handle that takes all there is to hand over and passes on what the method wants. */
    private static MethodHandle bind(Object bean, Method method, MethodType call, int[] parameters) {
        ReflectionUtils.makeAccessible(method);
        try {
            MethodHandle exact = MethodHandles.lookup().unreflect(method).bindTo(bean);
            MethodType wanted = exact.type();
            for (int index = 0; index < parameters.length; index++) {
                wanted = wanted.changeParameterType(index, call.parameterType(parameters[index]));
            }
            return MethodHandles.permuteArguments(exact.asType(wanted), call, parameters);
        } catch (IllegalAccessException e) {
            throw new IllegalArgumentException(
                    "method " + HandlerSignature.describe(method) + " cannot be accessed: make it public", e);
        }
    }
}
