package io.vsring.spring;

import io.vsring.ConfigurationChange;
import io.vsring.Delivery;
import io.vsring.MemberId;
import io.vsring.MemberSet;
import io.vsring.RingConfiguration;
import java.lang.annotation.Annotation;
import java.lang.invoke.MethodHandle;
import java.lang.reflect.GenericArrayType;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.lang.reflect.TypeVariable;
import java.lang.reflect.WildcardType;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.core.GenericTypeResolver;
import org.springframework.core.MethodParameter;
import org.springframework.core.annotation.AnnotatedElementUtils;
import org.springframework.core.convert.ConversionService;
import org.springframework.core.convert.TypeDescriptor;
import org.springframework.messaging.Message;
import org.springframework.messaging.handler.annotation.Header;
import org.springframework.messaging.handler.annotation.Headers;
import org.springframework.messaging.handler.annotation.ValueConstants;

/**
 * What the parameters of a listener's method are for; made only of methods that can be called.
 *
 * @param payload what the message is read as; null if the method takes none
 * @param payloadAnnotations those of the parameter that takes it, which may ask for validation
 * @param arguments where each argument comes from
 */
record HandlerSignature(@Nullable Type payload, Annotation[] payloadAnnotations, List<MethodHandle> arguments) {

    private static final Annotation[] NONE = {};

    /** Whose types say something about messages and are none. */
    private static final Set<String> OURS = Set.of("io.vsring", "io.vsring.ring");

    /** What a delivery knows of itself, by the type of the parameter. */
    private static final Map<Type, MethodHandle> OF_DELIVERY = Map.of(
            Delivery.class, HandlerArguments.DELIVERY,
            MemberId.class, HandlerArguments.SENDER,
            RingConfiguration.class, HandlerArguments.CONFIGURATION_OF_DELIVERY);

    /** What wraps a payload, and where it comes from. */
    private static final Map<Type, MethodHandle> WRAPPERS = Map.of(
            DeliveredMessage.class, HandlerArguments.DELIVERED,
            Message.class, HandlerArguments.SPRING_MESSAGE);

    /**
     * The signature of an {@link OnDeliver} method.
     *
     * @param texts turns headers into what parameters want
     * @throws InvalidListenerMethodException naming the method, what is wrong, and what is legal
     */
    static HandlerSignature ofDelivery(Class<?> beanClass, Method method, ConversionService texts) {
        checkShape(OnDeliver.class, method);
        Type payload = null;
        Annotation[] annotations = NONE;
        List<MethodHandle> arguments = new ArrayList<>();
        for (int index = 0; index < method.getParameterCount(); index++) {
            MethodParameter parameter = new MethodParameter(method, index).withContainingClass(beanClass);
            Type type = GenericTypeResolver.resolveType(method.getGenericParameterTypes()[index], beanClass);
            MethodHandle known = withoutPayload(method, parameter, type, texts);
            if (known != null) {
                arguments.add(known);
                continue;
            }
            MethodHandle wrapper =
                    type instanceof ParameterizedType wrapped ? WRAPPERS.get(wrapped.getRawType()) : null;
            Type read = wrapper == null ? type : ((ParameterizedType) type).getActualTypeArguments()[0];
            checkPayload(method, payload, read);
            payload = read;
            annotations = annotations.length == 0 ? parameter.getParameterAnnotations() : annotations;
            arguments.add(wrapper == null ? HandlerArguments.PAYLOAD : wrapper);
        }
        checkOnce(OnDeliver.class, method, arguments);
        if (arguments.isEmpty()) {
            throw illegal(OnDeliver.class, method, "it takes neither a payload nor a Delivery");
        }
        return new HandlerSignature(payload, annotations, List.copyOf(arguments));
    }

    /**
     * The signature of an {@link OnConfigurationChange} method.
     *
     * @throws InvalidListenerMethodException naming the method, what is wrong, and what is legal
     */
    static HandlerSignature ofConfigurationChange(Method method) {
        checkShape(OnConfigurationChange.class, method);
        List<MethodHandle> arguments = new ArrayList<>();
        for (Class<?> type : method.getParameterTypes()) {
            if (type == ConfigurationChange.class) {
                arguments.add(HandlerArguments.CONFIGURATION_CHANGE);
            } else if (type == RingConfiguration.class) {
                arguments.add(HandlerArguments.CONFIGURATION);
            } else if (type == MemberSet.class) {
                arguments.add(
                        arguments.contains(HandlerArguments.JOINED) ? HandlerArguments.LEFT : HandlerArguments.JOINED);
            } else {
                throw illegal(
                        OnConfigurationChange.class,
                        method,
                        "its parameter of type " + name(type) + " is nothing that a configuration change has");
            }
        }
        if (arguments.contains(HandlerArguments.JOINED) && !arguments.contains(HandlerArguments.LEFT)) {
            throw illegal(
                    OnConfigurationChange.class,
                    method,
                    "it takes one MemberSet, where there are two: who joined, and then who left");
        }
        checkOnce(OnConfigurationChange.class, method, arguments);
        return new HandlerSignature(null, NONE, List.copyOf(arguments));
    }

    /** Where an argument comes from that is no payload; null if the parameter takes one. */
    private static @Nullable MethodHandle withoutPayload(
            Method method, MethodParameter parameter, Type type, ConversionService texts) {
        Header header = AnnotatedElementUtils.findMergedAnnotation(
                AnnotatedElementUtils.forAnnotations(parameter.getParameterAnnotations()), Header.class);
        if (header != null) {
            return header(method, parameter, header, texts);
        }
        if (parameter.hasParameterAnnotation(Headers.class)) {
            if (!parameter.getParameterType().isAssignableFrom(Map.class)) {
                throw illegal(OnDeliver.class, method, "its @Headers parameter is no Map<String, String>");
            }
            return HandlerArguments.HEADERS;
        }
        return OF_DELIVERY.get(type);
    }

    private static MethodHandle header(
            Method method, MethodParameter parameter, Header header, ConversionService texts) {
        TypeDescriptor type = new TypeDescriptor(parameter);
        String name = header.value().isEmpty() ? parameterName(method, parameter) : header.value();
        if (!texts.canConvert(TypeDescriptor.valueOf(String.class), type)) {
            throw illegal(
                    OnDeliver.class,
                    method,
                    "the header '" + name + "' is a text, which cannot be turned into "
                            + name(parameter.getGenericParameterType()));
        }
        String fallback = header.defaultValue().equals(ValueConstants.DEFAULT_NONE) ? null : header.defaultValue();
        boolean isRequired = header.required() && !parameter.isOptional();
        if (!isRequired && fallback == null && parameter.getParameterType().isPrimitive()) {
            throw illegal(
                    OnDeliver.class,
                    method,
                    "the header '" + name + "' may be absent, and an argument of type "
                            + name(parameter.getParameterType())
                            + " cannot be: give a defaultValue, or take an object");
        }
        return HandlerArguments.header(new HandlerArguments.HeaderArgument(name, type, fallback, isRequired, texts));
    }

    private static String parameterName(Method method, MethodParameter parameter) {
        java.lang.reflect.Parameter declared = method.getParameters()[parameter.getParameterIndex()];
        if (!declared.isNamePresent()) {
            throw illegal(
                    OnDeliver.class,
                    method,
                    "its @Header has no name, and the class was compiled without -parameters: name the header");
        }
        return declared.getName();
    }

    private static void checkShape(Class<?> annotation, Method method) {
        if (Modifier.isStatic(method.getModifiers())) {
            throw illegal(annotation, method, "it is static, and the ring calls methods of beans: take static away");
        }
        if (method.getReturnType() != void.class) {
            throw illegal(
                    annotation,
                    method,
                    "it returns " + name(method.getGenericReturnType())
                            + ", which nobody would receive: send an answer with RingTemplate");
        }
    }

    private static void checkOnce(Class<?> annotation, Method method, List<MethodHandle> arguments) {
        if (arguments.stream().distinct().count() < arguments.size()) {
            throw illegal(annotation, method, "it takes the same thing twice: take it once");
        }
    }

    private static void checkPayload(Method method, @Nullable Type before, Type type) {
        String objection = before == null || before.equals(type)
                ? objectionToPayload(type)
                : "it takes two payloads, " + name(before) + " and " + name(type);
        if (objection != null) {
            throw illegal(OnDeliver.class, method, objection);
        }
    }

    private static @Nullable String objectionToPayload(Type type) {
        if (type == ConfigurationChange.class) {
            return name(type) + " is no payload: annotate the method with @OnConfigurationChange, or take a Delivery,"
                    + " which knows its configuration";
        }
        if (WRAPPERS.containsKey(type)) {
            return name(type) + " says nothing about how to read the bytes: say of what, as in " + name(type)
                    + "<OrderPlaced>";
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
        String line = System.lineSeparator() + "    ";
        String start = line + "void " + name;
        if (annotation == OnDeliver.class) {
            return start + "(P payload)" + start + "(P payload, Delivery delivery)" + start + "(Delivery delivery)"
                    + line + "and, in any order: DeliveredMessage<P>, Message<P>, @Header(\"name\") String, @Headers"
                    + " Map<String, String>, MemberId sender, RingConfiguration"
                    + line + "where P is byte[], String, or the type that the message is read as";
        }
        return start + "(ConfigurationChange change)" + start + "(RingConfiguration configuration)" + start
                + "(MemberSet joined, MemberSet left)" + start + "()";
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
