package io.vsring.spring;

import static java.lang.invoke.MethodHandles.lookup;
import static java.lang.invoke.MethodType.methodType;

import io.vsring.ConfigurationChange;
import io.vsring.Delivery;
import io.vsring.MemberId;
import io.vsring.MemberSet;
import io.vsring.RingConfiguration;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.Method;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.core.convert.ConversionService;
import org.springframework.core.convert.TypeDescriptor;
import org.springframework.messaging.Message;
import org.springframework.messaging.support.GenericMessage;
import org.springframework.util.ReflectionUtils;

/**
 * How the arguments of a handler come from what there is to hand over: a payload and its delivery, or a configuration
 * change. Each is a handle from these to the argument; together with the method they make one handle, so that a call
 * allocates nothing that the method did not ask for.
 */
final class HandlerArguments {

    /** What every handler of messages is called with. */
    static final MethodType MESSAGE = methodType(void.class, Object.class, Delivery.class);

    /** What every handler of configurations is called with. */
    static final MethodType CHANGE = methodType(void.class, ConfigurationChange.class);

    /** The header of a {@link Message} that holds the {@link Delivery}. */
    static final String DELIVERY_HEADER = "vs_delivery";

    static final MethodHandle PAYLOAD =
            MethodHandles.dropArguments(MethodHandles.identity(Object.class), 1, Delivery.class);
    static final MethodHandle DELIVERY =
            MethodHandles.dropArguments(MethodHandles.identity(Delivery.class), 0, Object.class);
    static final MethodHandle HEADERS = ofDelivery(fixed(HeaderBlock.class, "of", Map.class, Delivery.class));
    static final MethodHandle SENDER = ofDelivery(asked(Delivery.class, "sender", MemberId.class));
    static final MethodHandle CONFIGURATION_OF_DELIVERY =
            ofDelivery(asked(Delivery.class, "configuration", RingConfiguration.class));
    static final MethodHandle DELIVERED =
            fixed(DeliveredMessage.class, "of", DeliveredMessage.class, Object.class, Delivery.class);
    static final MethodHandle SPRING_MESSAGE =
            fixed(HandlerArguments.class, "springMessage", Message.class, Object.class, Delivery.class);

    static final MethodHandle CONFIGURATION_CHANGE = MethodHandles.identity(ConfigurationChange.class);
    static final MethodHandle CONFIGURATION =
            asked(ConfigurationChange.class, "configuration", RingConfiguration.class);
    static final MethodHandle JOINED = asked(ConfigurationChange.class, "joined", MemberSet.class);
    static final MethodHandle LEFT = asked(ConfigurationChange.class, "left", MemberSet.class);

    private HandlerArguments() {}

    /** One header; see {@link HeaderArgument}. */
    static MethodHandle header(HeaderArgument header) {
        MethodHandle value = asked(HeaderArgument.class, "of", Object.class, Map.class);
        return MethodHandles.collectArguments(value.bindTo(header), 0, HEADERS);
    }

    /**
     * A handle that takes all there is to hand over and calls the method with what it wants.
     *
     * @param call {@link #MESSAGE} or {@link #CHANGE}
     * @param arguments one for each parameter of the method
     */
    static MethodHandle bind(Object bean, Method method, MethodType call, List<MethodHandle> arguments) {
        ReflectionUtils.makeAccessible(method);
        MethodHandle bound;
        try {
            bound = lookup().unreflect(method).bindTo(bean);
        } catch (IllegalAccessException e) {
            throw new IllegalArgumentException(
                    "method " + HandlerSignature.describe(method) + " cannot be accessed: make it public", e);
        }
        int width = call.parameterCount();
        int[] order = new int[arguments.size() * width];
        for (int index = arguments.size() - 1; index >= 0; index--) {
            MethodHandle argument = arguments.get(index);
            Class<?> wanted = bound.type().parameterType(index);
            bound = MethodHandles.collectArguments(
                    bound, index, argument.asType(argument.type().changeReturnType(wanted)));
        }
        for (int index = 0; index < order.length; index++) {
            order[index] = index % width;
        }
        return MethodHandles.permuteArguments(bound, call, order);
    }

    @SuppressWarnings("UnusedMethod") // found by its name, above
    private static Message<?> springMessage(Object payload, Delivery delivery) {
        Map<String, Object> headers = new HashMap<>(HeaderBlock.of(delivery));
        headers.put(DELIVERY_HEADER, delivery);
        return new GenericMessage<>(payload, headers);
    }

    private static MethodHandle ofDelivery(MethodHandle handle) {
        return MethodHandles.dropArguments(handle, 0, Object.class);
    }

    private static MethodHandle fixed(Class<?> owner, String name, Class<?> type, Class<?>... parameters) {
        try {
            return lookup().findStatic(owner, name, methodType(type, parameters));
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }

    private static MethodHandle asked(Class<?> owner, String name, Class<?> type, Class<?>... parameters) {
        try {
            return lookup().findVirtual(owner, name, methodType(type, parameters));
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }

    /**
     * A parameter that takes one header.
     *
     * @param name the header
     * @param type what its text is turned into
     * @param fallback the text where there is no such header; null if there is none
     * @param isRequired whether a message without it cannot be handled
     */
    record HeaderArgument(
            String name, TypeDescriptor type, @Nullable String fallback, boolean isRequired, ConversionService texts) {

        @Nullable
        Object of(Map<String, String> headers) {
            String value = headers.getOrDefault(name, fallback);
            if (value == null && isRequired) {
                throw new IllegalArgumentException("the message has no header '" + name + "'; it has "
                        + headers.keySet() + ". Say @Header(required = false), or give a defaultValue, where it may"
                        + " be absent");
            }
            return texts.convert(value, TypeDescriptor.valueOf(String.class), type);
        }
    }
}
