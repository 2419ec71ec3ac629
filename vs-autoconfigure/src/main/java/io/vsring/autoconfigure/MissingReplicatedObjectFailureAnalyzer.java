package io.vsring.autoconfigure;

import io.vsring.replicated.ReplicatedCounter;
import io.vsring.replicated.ReplicatedMap;
import io.vsring.spring.Replicated;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.BeanFactory;
import org.springframework.beans.factory.InjectionPoint;
import org.springframework.beans.factory.NoSuchBeanDefinitionException;
import org.springframework.beans.factory.NoUniqueBeanDefinitionException;
import org.springframework.beans.factory.UnsatisfiedDependencyException;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.diagnostics.analyzer.AbstractInjectionFailureAnalyzer;
import org.springframework.core.DefaultParameterNameDiscoverer;
import org.springframework.core.MethodParameter;
import org.springframework.core.Ordered;
import org.springframework.core.ResolvableType;
import org.springframework.core.annotation.Order;

/** Gives the line with which a replicated object that is to be injected can be declared. Before Spring Boot's own. */
@Order(Ordered.HIGHEST_PRECEDENCE)
final class MissingReplicatedObjectFailureAnalyzer
        extends AbstractInjectionFailureAnalyzer<NoSuchBeanDefinitionException> {

    private static final String LINE = System.lineSeparator() + "    - ";

    private final @Nullable ConfigurableListableBeanFactory beans;

    MissingReplicatedObjectFailureAnalyzer(BeanFactory beans) {
        this.beans = beans instanceof ConfigurableListableBeanFactory all ? all : null;
    }

    @Override
    protected @Nullable FailureAnalysis analyze(
            Throwable rootFailure, NoSuchBeanDefinitionException cause, @Nullable String description) {
        ResolvableType wanted = cause.getResolvableType();
        if (wanted == null
                || (wanted.toClass() != ReplicatedMap.class && wanted.toClass() != ReplicatedCounter.class)) {
            return null;
        }
        String who = description == null ? "Somebody" : description;
        Optional<InjectionPoint> point = point(rootFailure);
        if (cause instanceof NoUniqueBeanDefinitionException) {
            return new FailureAnalysis(
                    who + " required one " + text(wanted) + ", and there are several." + declared(wanted.toClass()),
                    "Say which one with @Replicated(\"name\"), or by the name of the parameter or field.",
                    cause);
        }
        String name = point.map(MissingReplicatedObjectFailureAnalyzer::name).orElse("name");
        return new FailureAnalysis(
                who + " required a " + text(wanted) + " named '" + name + "', and no such object is declared."
                        + declared(wanted.toClass()),
                "Change the type or the name, or declare the object, in one of these ways:" + LINE
                        + String.join(LINE, declarations(name, wanted)),
                cause);
    }

    /** All objects of this kind, each with its type. */
    private String declared(Class<?> kind) {
        if (beans == null) {
            return "";
        }
        StringBuilder text = new StringBuilder();
        for (String name : beans.getBeanNamesForType(kind, true, false)) {
            ResolvableType type = beans.containsBeanDefinition(name)
                    ? beans.getMergedBeanDefinition(name).getResolvableType()
                    : ResolvableType.forClass(kind);
            text.append(LINE).append(name).append(" is a ").append(text(type));
        }
        return text.isEmpty() ? "" : " Declared are:" + text;
    }

    private static List<String> declarations(String name, ResolvableType wanted) {
        List<String> ways = new ArrayList<>();
        if (wanted.toClass() == ReplicatedCounter.class) {
            ways.add("a property: " + "vs.counters." + name + ".guarantee=safe");
            ways.add("on a @Configuration class: @ReplicatedCounterDefinition(name = \"" + name + "\")");
            ways.add("in a @Configuration class: @Bean ReplicatedCounter " + name
                    + "(ReplicatedObjects objects) { return objects.counter(\"" + name + "\"); }");
            return ways;
        }
        ResolvableType key = wanted.getGeneric(0);
        ResolvableType value = wanted.getGeneric(1);
        if (!key.hasGenerics() && !value.hasGenerics()) {
            String keyType = key.toClass() == String.class ? "" : " and vs.maps." + name + ".key-type=" + full(key);
            ways.add("a property: vs.maps." + name + ".value-type=" + full(value) + keyType);
            ways.add("on a @Configuration class: @ReplicatedMapDefinition(name = \"" + name + "\", key = " + text(key)
                    + ".class, value = " + text(value) + ".class)");
        }
        ways.add("in a @Configuration class: @Bean " + text(wanted) + " " + name
                + "(ReplicatedObjects objects, ObjectCodecs codecs) { return objects.map(\"" + name + "\", codecs.of("
                + literal(key) + "), codecs.of(" + literal(value) + ")); }");
        return ways;
    }

    private static String literal(ResolvableType type) {
        return type.hasGenerics() ? "new ParameterizedTypeReference<" + text(type) + ">() {}" : text(type) + ".class";
    }

    private static String full(ResolvableType type) {
        return type.toClass().isArray()
                ? type.toClass().getTypeName()
                : type.toClass().getName();
    }

    /** As one writes it in a source, but for imports. */
    private static String text(ResolvableType type) {
        StringBuilder text = new StringBuilder(type.toClass().getSimpleName());
        if (type.hasGenerics()) {
            List<String> generics = new ArrayList<>();
            for (ResolvableType generic : type.getGenerics()) {
                generics.add(text(generic));
            }
            text.append('<').append(String.join(", ", generics)).append('>');
        }
        return text.toString();
    }

    private static Optional<InjectionPoint> point(Throwable failure) {
        InjectionPoint point = null;
        for (Throwable each = failure; each != null; each = each.getCause()) {
            if (each instanceof UnsatisfiedDependencyException unsatisfied && unsatisfied.getInjectionPoint() != null) {
                point = unsatisfied.getInjectionPoint();
            }
        }
        return Optional.ofNullable(point);
    }

    private static String name(InjectionPoint point) {
        Replicated qualifier = point.getAnnotation(Replicated.class);
        if (qualifier != null) {
            return qualifier.value();
        }
        MethodParameter parameter = point.getMethodParameter();
        if (parameter == null) {
            return point.getMember().getName();
        }
        parameter.initParameterNameDiscovery(new DefaultParameterNameDiscoverer());
        String name = parameter.getParameterName();
        return name == null ? "name" : name;
    }
}
