package io.vsring.spring;

import io.vsring.ConfigurationChange;
import io.vsring.Delivery;
import io.vsring.RingConfiguration;
import java.lang.invoke.MethodHandle;
import java.lang.reflect.Method;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A method of a bean, ready to be called with what has been delivered. Immutable. */
sealed interface ListenerMethod {

    /** The method of the bean, for messages to people. */
    Method method();

    /** Who is told what went wrong in it; null if that is who is told of all listeners. */
    @Nullable
    ListenerErrorHandler errorHandler();

    /**
     * A method with {@link OnDeliver}.
     *
     * @param handle of the form of {@link HandlerArguments#MESSAGE}
     * @param reader of the payload; null if the method takes none
     * @param place where it is called
     */
    record ForMessages(
            Method method,
            MethodHandle handle,
            MessageFilter filter,
            @Nullable PayloadReader reader,
            CallPlace place) implements ListenerMethod {

        @Override
        public @Nullable ListenerErrorHandler errorHandler() {
            return place.errorHandler();
        }

        /**
         * Reads the payload.
         *
         * @return null if the method takes none
         * @throws RuntimeException if the bytes are not such a payload
         */
        @Nullable
        Object read(Delivery delivery) {
            return reader == null ? null : reader.read(delivery);
        }

        /** @throws InvalidPayloadException if it is not what its annotations ask for */
        void check(@Nullable Object payload) {
            if (reader != null && payload != null) {
                reader.check(payload);
            }
        }

        // What the method throws is what the caller must see.
        void call(@Nullable Object payload, Delivery delivery) throws Throwable {
            handle.invokeExact(payload, delivery);
        }
    }

    /**
     * A method with {@link OnConfigurationChange}.
     *
     * @param handle of the form of {@link HandlerArguments#CHANGE}
     */
    record ForConfigurations(
            Method method,
            MethodHandle handle,
            Set<ConfigurationKind> kinds,
            @Nullable ListenerErrorHandler errorHandler)
            implements ListenerMethod {

        public ForConfigurations {
            kinds = Set.copyOf(kinds);
        }

        boolean wants(RingConfiguration configuration) {
            return kinds.contains(ConfigurationKind.of(configuration));
        }

        void call(ListenerEvent.Change event) throws Throwable {
            ConfigurationChange change =
                    kinds.contains(ConfigurationKind.TRANSITIONAL) ? event.change() : event.sinceRegular();
            handle.invokeExact(change);
        }
    }

    /**
     * Where a method is called, and who is told what went wrong.
     *
     * @param calls on an executor of the application; null on the listener's own thread
     * @param orderKey which of these calls follow one another; null if all do
     */
    record CallPlace(
            @Nullable ListenerErrorHandler errorHandler,
            @Nullable KeyedCalls calls,
            @Nullable MessageExpression orderKey) {

        private static final Object ALL = "all";

        /** @throws IllegalArgumentException if it is an array: no two of these are equal */
        Object key(@Nullable Object payload, Delivery delivery) {
            Object key = orderKey == null ? ALL : orderKey.value(payload, delivery, Object.class);
            if (key != null && key.getClass().isArray()) {
                throw new IllegalArgumentException("the orderKey gives an array, which equals no other: say what is in"
                        + " it, as in new String(payload)");
            }
            return key == null ? ALL : key;
        }
    }
}
