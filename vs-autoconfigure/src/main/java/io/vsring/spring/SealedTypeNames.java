package io.vsring.spring;

import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.cfg.MapperConfig;
import tools.jackson.databind.introspect.Annotated;
import tools.jackson.databind.introspect.AnnotatedClass;
import tools.jackson.databind.introspect.JacksonAnnotationIntrospector;
import tools.jackson.databind.jsontype.NamedType;

/**
 * Tells the mapper which types a sealed type may stand for, and by which {@link ReplicatedType names}. Each class below
 * a sealed type carries its name wherever it is declared, so that it is read alike as what it is and as what it stands
 * for.
 */
final class SealedTypeNames extends JacksonAnnotationIntrospector {

    private static final long serialVersionUID = 1L;
    private static final String PROPERTY = "@type";

    private static final Set<JsonTypeInfo.Id> NAMES_OF_CLASSES =
            Set.of(JsonTypeInfo.Id.CLASS, JsonTypeInfo.Id.MINIMAL_CLASS);

    private static final JsonTypeInfo.Value BY_NAME =
            JsonTypeInfo.Value.construct(JsonTypeInfo.Id.NAME, JsonTypeInfo.As.PROPERTY, PROPERTY, null, false, true);

    @Override
    public JsonTypeInfo.@Nullable Value findPolymorphicTypeInfo(MapperConfig<?> config, Annotated annotated) {
        JsonTypeInfo.Value own = super.findPolymorphicTypeInfo(config, annotated);
        if (own != null && NAMES_OF_CLASSES.contains(own.getIdType())) {
            throw new PayloadCodecException(annotated.getRawType().getName() + " would put names of classes on the wire"
                    + " (@JsonTypeInfo): make it sealed, with a @ReplicatedType for each class that it permits");
        }
        if (own != null || !(annotated instanceof AnnotatedClass)) {
            return own;
        }
        Class<?> sealed = sealedAbove(annotated.getRawType());
        if (sealed == null) {
            return null;
        }
        List<NamedType> checked = names(sealed); // all of them: else what one member sends another one could not read
        return checked.isEmpty() ? null : BY_NAME;
    }

    @Override
    public @Nullable List<NamedType> findSubtypes(MapperConfig<?> config, Annotated annotated) {
        List<NamedType> own = super.findSubtypes(config, annotated);
        if (own != null
                || !(annotated instanceof AnnotatedClass)
                || !annotated.getRawType().isSealed()) {
            return own;
        }
        return names(annotated.getRawType());
    }

    @Override
    public @Nullable String findTypeName(MapperConfig<?> config, AnnotatedClass annotated) {
        ReplicatedType named = annotated.getRawType().getAnnotation(ReplicatedType.class);
        return named == null ? super.findTypeName(config, annotated) : named.value();
    }

    /** The uppermost sealed type that this one is below of, or is; null if there is none. */
    private static @Nullable Class<?> sealedAbove(@Nullable Class<?> type) {
        if (type == null || type.isEnum() || type.getName().startsWith("java.")) {
            return null; // those of Java, such as String, have forms of their own
        }
        Class<?> above = sealedAbove(type.getSuperclass());
        for (Class<?> each : type.getInterfaces()) {
            above = above == null ? sealedAbove(each) : above;
        }
        return above == null && type.isSealed() ? type : above;
    }

    private static List<NamedType> names(Class<?> sealed) {
        Map<String, Class<?>> byName = new LinkedHashMap<>();
        collect(sealed, sealed, byName);
        List<NamedType> names = new ArrayList<>();
        byName.forEach((name, type) -> names.add(new NamedType(type, name)));
        return names;
    }

    private static void collect(Class<?> sealed, Class<?> type, Map<String, Class<?>> byName) {
        for (Class<?> permitted : type.getPermittedSubclasses()) {
            if (permitted.isEnum()) {
                throw new PayloadCodecException(permitted.getName() + " may come where " + sealed.getName()
                        + " is declared, and an enum has no place for its name: make it a record that holds one");
            }
            if (permitted.isSealed()) {
                collect(sealed, permitted, byName);
            }
            if (Modifier.isAbstract(permitted.getModifiers())) {
                continue;
            }
            ReplicatedType named = permitted.getAnnotation(ReplicatedType.class);
            if (named == null || named.value().isBlank()) {
                throw new PayloadCodecException(permitted.getName() + " may come where " + sealed.getName()
                        + " is declared and has no name on the wire: annotate it with @ReplicatedType(\"...\")");
            }
            Class<?> other = byName.put(named.value(), permitted);
            if (other != null) {
                throw new PayloadCodecException(permitted.getName() + " and " + other.getName()
                        + " have one name on the wire, @ReplicatedType(\"" + named.value() + "\"): give one of them"
                        + " another name");
            }
        }
    }
}
