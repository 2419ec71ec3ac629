package io.vsring.spring;

import io.vsring.ConfigurationChange;
import io.vsring.Delivery;
import io.vsring.RingConfiguration;
import java.lang.reflect.GenericArrayType;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.lang.reflect.TypeVariable;
import java.lang.reflect.WildcardType;
import java.util.Arrays;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.core.GenericTypeResolver;

/**
 * What the parameters of a listener's method are for; made only of methods that can be called.
 *
 * @param payload what the message is read as; null if the method takes none
 * @param parameters for each parameter its place among what there is to hand over, from 0
 */
record HandlerSignature(@Nullable Type payload, int[] parameters) {

    /** Whose types say something about messages and are none. */
    private static final Set<String> OURS = Set.of("io.vsring", "io.vsring.ring");

    /** The place of the payload, and of the configuration change. */
    static final int FIRST = 0;

    /** The place of the delivery, and of the configuration itself. */
    static final int SECOND = 1;

    /**
     * The signature of an {@link OnDeliver} method.
     *
     * @throws InvalidListenerMethodException naming the method, what is wrong, and what is legal
     */
    static HandlerSignature ofDelivery(Class<?> beanClass, Method method) {
        checkShape(OnDeliver.class, method);
        Type payload = null;
        int[] parameters = new int[method.getParameterCount()];
        for (int index = 0; index < parameters.length; index++) {
            Type type = GenericTypeResolver.resolveType(method.getGenericParameterTypes()[index], beanClass);
            if (type == Delivery.class) {
                parameters[index] = SECOND;
                continue;
            }
            String objection = payload == null
                    ? objectionToPayload(type)
                    : "it takes two payloads, " + name(payload) + " and " + name(type);
            if (objection != null) {
                throw illegal(OnDeliver.class, method, objection);
            }
            payload = type;
            parameters[index] = FIRST;
        }
        checkOnce(OnDeliver.class, method, parameters);
        if (parameters.length == 0) {
            throw illegal(OnDeliver.class, method, "it takes neither a payload nor a Delivery");
        }
        return new HandlerSignature(payload, parameters);
    }

    /**
     * The signature of an {@link OnConfigurationChange} method.
     *
     * @throws InvalidListenerMethodException naming the method, what is wrong, and what is legal
     */
    static HandlerSignature ofConfigurationChange(Method method) {
        checkShape(OnConfigurationChange.class, method);
        int[] parameters = new int[method.getParameterCount()];
        for (int index = 0; index < parameters.length; index++) {
            Class<?> type = method.getParameterTypes()[index];
            if (type != ConfigurationChange.class && type != RingConfiguration.class) {
                throw illegal(
                        OnConfigurationChange.class,
                        method,
                        "its parameter of type " + name(type) + " is nothing that a configuration change has");
            }
            parameters[index] = type == ConfigurationChange.class ? FIRST : SECOND;
        }
        checkOnce(OnConfigurationChange.class, method, parameters);
        return new HandlerSignature(null, parameters);
    }

    private static void checkShape(Class<?> annotation, Method method) {
        if (Modifier.isStatic(method.getModifiers())) {
            throw illegal(annotation, method, "it is static");
        }
        if (method.getReturnType() != void.class) {
            throw illegal(
                    annotation,
                    method,
                    "it returns " + name(method.getGenericReturnType())
                            + ", which nobody would receive: send an answer with RingTemplate");
        }
    }

    private static void checkOnce(Class<?> annotation, Method method, int[] parameters) {
        if (Arrays.stream(parameters).distinct().count() < parameters.length) {
            throw illegal(annotation, method, "it takes the same thing twice");
        }
    }

    private static @Nullable String objectionToPayload(Type type) {
        if (type == ConfigurationChange.class || type == RingConfiguration.class) {
            return name(type) + " is no payload: annotate the method with @OnConfigurationChange, or take a Delivery,"
                    + " which knows its configuration";
        }
        if (type instanceof Class<?> known
                && (OURS.contains(known.getPackageName()) || RingOperations.class.isAssignableFrom(known))) {
            return name(type) + " is no payload: take what was sent, and a Delivery, which knows its sender, its"
                    + " configuration and its place; inject what the method sends with";
        }
        if (type == Object.class) {
            return "Object says nothing about how to read the bytes: name a type, or take byte[]";
        }
        if (isOpen(type)) {
            return "the payload type " + name(type) + " is not known when the application starts: name a type";
        }
        return null;
    }

    private static boolean isOpen(Type type) {
        if (type instanceof ParameterizedType parameterized) {
            return Arrays.stream(parameterized.getActualTypeArguments()).anyMatch(HandlerSignature::isOpen);
        }
        if (type instanceof GenericArrayType array) {
            return isOpen(array.getGenericComponentType());
        }
        return type instanceof TypeVariable<?> || type instanceof WildcardType;
    }

    private static InvalidListenerMethodException illegal(Class<?> annotation, Method method, String objection) {
        return new InvalidListenerMethodException("@" + annotation.getSimpleName() + " method " + describe(method)
                + " cannot be called: " + objection + ". Legal signatures:" + legal(annotation, method.getName()));
    }

    private static String legal(Class<?> annotation, String name) {
        String start = System.lineSeparator() + "    void " + name;
        if (annotation == OnDeliver.class) {
            return start + "(P payload)" + start + "(P payload, Delivery delivery)" + start
                    + "(Delivery delivery, P payload)" + start + "(Delivery delivery)" + System.lineSeparator()
                    + "where P is byte[], String, or the type that the message is read as";
        }
        return start + "(ConfigurationChange change)" + start + "(RingConfiguration configuration)" + start + "()";
    }

    /** The method with its class and its parameters, short enough for a log. */
    static String describe(Method method) {
        String parameters = Arrays.stream(method.getGenericParameterTypes())
                .map(HandlerSignature::name)
                .collect(Collectors.joining(", "));
        return method.getDeclaringClass().getName() + "." + method.getName() + "(" + parameters + ")";
    }

    private static String name(Type type) {
        return type instanceof Class<?> known ? known.getSimpleName() : type.getTypeName();
    }
}
