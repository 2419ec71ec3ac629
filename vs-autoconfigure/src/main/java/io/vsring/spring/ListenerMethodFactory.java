package io.vsring.spring;

import io.vsring.Guarantee;
import io.vsring.ring.RingOptions;
import java.lang.annotation.Annotation;
import java.lang.reflect.Method;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.BeansException;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.config.ConfigurableBeanFactory;
import org.springframework.core.ResolvableType;
import org.springframework.expression.ParseException;
import org.springframework.validation.SmartValidator;
import org.springframework.validation.annotation.ValidationAnnotationUtils;

/** Makes methods that can be called of what their annotations say; all beans are there by then. */
final class ListenerMethodFactory {

    private static final Object[] DEFAULT_VALIDATION = {};

    private final ConfigurableBeanFactory beans;
    private final RingListenerRegistry listeners;
    private final BeanExpressions expressions;

    ListenerMethodFactory(ConfigurableBeanFactory beans, RingListenerRegistry listeners) {
        this.beans = beans;
        this.listeners = listeners;
        this.expressions = new BeanExpressions(beans);
    }

    /**
     * A method with {@link OnDeliver}.
     *
     * @param invocable the same method, as the bean can be called
     * @throws InvalidListenerMethodException naming the method and what is wrong
     */
    ListenerMethod forMessages(Object bean, Method invocable, HandlerSignature signature, OnDeliver annotation) {
        MessageFilter filter = new MessageFilter(
                groups(invocable, annotation.groups()),
                annotation.guarantee().length == 0
                        ? EnumSet.allOf(Guarantee.class)
                        : EnumSet.copyOf(Arrays.asList(annotation.guarantee())),
                payloads(invocable, signature, annotation.payload()),
                annotation.selfDelivery(),
                expression(invocable, "condition", annotation.condition()));
        KeyedCalls calls = calls(invocable, expressions.text(annotation.executor()));
        MessageExpression orderKey = expression(invocable, "orderKey", annotation.orderKey());
        if (orderKey != null && calls == null) {
            throw refused(
                    invocable,
                    "has an orderKey and no executor: on its listener's thread all calls are in order. Name an"
                            + " executor, or leave the orderKey away");
        }
        ListenerErrorHandler errorHandler = errorHandler(invocable, annotation.errorHandler());
        return new ListenerMethod.ForMessages(
                invocable,
                HandlerArguments.bind(bean, invocable, HandlerArguments.MESSAGE, signature.arguments()),
                filter,
                reader(invocable, signature),
                new ListenerMethod.CallPlace(errorHandler, calls, orderKey));
    }

    /** A method with {@link OnConfigurationChange}; otherwise as {@link #forMessages}. */
    ListenerMethod forConfigurations(
            Object bean, Method invocable, HandlerSignature signature, OnConfigurationChange annotation) {
        Set<ConfigurationKind> kinds = annotation.value().length == 0
                ? EnumSet.allOf(ConfigurationKind.class)
                : EnumSet.copyOf(Arrays.asList(annotation.value()));
        return new ListenerMethod.ForConfigurations(
                invocable,
                HandlerArguments.bind(bean, invocable, HandlerArguments.CHANGE, signature.arguments()),
                kinds,
                errorHandler(invocable, annotation.errorHandler()));
    }

    /** The listener that a method belongs to. */
    String id(String beanName, String expression) {
        String id = expressions.text(expression);
        return id.isBlank() ? beanName : id;
    }

    /** What a method says about the start of its listener; null if nothing. */
    @Nullable
    Boolean autoStartup(Method method, String expression) {
        String text = expressions.text(expression);
        return switch (text) {
            case "" -> null;
            case "true" -> true;
            case "false" -> false;
            default -> throw refused(method, "has autoStartup = \"" + text + "\": say true or false");
        };
    }

    private Set<String> groups(Method method, String[] names) {
        Set<String> groups = new LinkedHashSet<>();
        for (String name : names) {
            groups.addAll(expressions.texts(name));
        }
        if (names.length == 0) {
            groups.add(listeners.settings().defaultGroup());
        }
        for (String group : groups) {
            int bytes = group.getBytes(StandardCharsets.UTF_8).length;
            if (bytes < 1 || bytes > RingOptions.GROUP_BYTES_MAX) {
                throw refused(
                        method,
                        "names the group '" + group + "': a group has 1 to " + RingOptions.GROUP_BYTES_MAX
                                + " bytes of UTF-8, not " + bytes);
            }
            if (ReservedGroups.contains(group) && method.getDeclaringClass() != ClusterEvents.class) {
                throw refused(
                        method,
                        "names the group '" + group + "', which vs keeps for itself, as all that begin with \"vs.\":"
                                + " nobody is told of its messages. To see what changes in a replicated object, listen"
                                + " to the object, as with ReplicatedMap.addListener");
            }
        }
        return groups;
    }

    private static Set<Class<?>> payloads(Method method, HandlerSignature signature, Class<?>[] payloads) {
        for (Class<?> payload : payloads) {
            if (signature.payload() == null) {
                throw refused(
                        method,
                        "asks for payloads of " + payload.getSimpleName()
                                + " and takes no payload: take one, or leave the attribute payload away");
            }
            Class<?> type = ResolvableType.forType(signature.payload()).toClass();
            if (!type.isAssignableFrom(payload)) {
                throw refused(
                        method,
                        "asks for payloads of " + payload.getSimpleName() + ", which are no " + type.getSimpleName()
                                + ": name subclasses of it, or take another payload");
            }
        }
        return new LinkedHashSet<>(Arrays.asList(payloads));
    }

    private @Nullable MessageExpression expression(Method method, String attribute, String text) {
        if (text.isEmpty()) {
            return null;
        }
        try {
            return new MessageExpression(String.valueOf(beans.resolveEmbeddedValue(text)), beans);
        } catch (ParseException e) {
            throw refused(
                    method, "has " + attribute + " = \"" + text + "\", which is no expression: " + e.getMessage(), e);
        }
    }

    private @Nullable PayloadReader reader(Method method, HandlerSignature signature) {
        if (signature.payload() == null) {
            return null;
        }
        PayloadCodec codec;
        try {
            codec = listeners.codecs().forParameter(signature.payload());
        } catch (PayloadCodecException e) {
            throw refused(method, "cannot be called: " + e.getMessage(), e);
        }
        for (Annotation annotation : signature.payloadAnnotations()) {
            Object[] groups = ValidationAnnotationUtils.determineValidationHints(annotation);
            if (groups != null) {
                return new PayloadReader(signature.payload(), codec, validator(method), groups);
            }
        }
        return new PayloadReader(signature.payload(), codec, null, DEFAULT_VALIDATION);
    }

    private SmartValidator validator(Method method) {
        ObjectProvider<SmartValidator> validators = beans.getBeanProvider(SmartValidator.class);
        SmartValidator validator = validators.getIfAvailable();
        if (validator == null) {
            throw refused(
                    method,
                    "wants its payload to be valid, and there is no validator: add spring-boot-starter-validation, or"
                            + " take @Valid away");
        }
        return validator;
    }

    private @Nullable KeyedCalls calls(Method method, String executor) {
        return executor.isEmpty()
                ? null
                : new KeyedCalls(
                        bean(method, "executor", executor, Executor.class),
                        listeners.settings().queueCapacity(),
                        listeners.settings().queueBytes());
    }

    private @Nullable ListenerErrorHandler errorHandler(Method method, String expression) {
        String name = expressions.text(expression);
        return name.isEmpty() ? null : bean(method, "errorHandler", name, ListenerErrorHandler.class);
    }

    private <T> T bean(Method method, String attribute, String name, Class<T> type) {
        try {
            return beans.getBean(name, type);
        } catch (BeansException e) {
            throw refused(
                    method,
                    "has " + attribute + " = \"" + name + "\", which is no bean of type " + type.getSimpleName() + ": "
                            + e.getMessage() + ". Declare such a bean, or name another one",
                    e);
        }
    }

    private static InvalidListenerMethodException refused(Method method, String objection) {
        return new InvalidListenerMethodException("method " + HandlerSignature.describe(method) + " " + objection);
    }

    private static InvalidListenerMethodException refused(Method method, String objection, Exception cause) {
        return new InvalidListenerMethodException(
                "method " + HandlerSignature.describe(method) + " " + objection, cause);
    }
}
