package io.vsring.spring;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The classes with {@link ClusterEvent}, and their names on the wire. Immutable. */
final class ClusterEventTypes {

    private final Map<String, Class<?>> byName = new LinkedHashMap<>();
    private final List<Class<?>> types;

    /**
     * Of these classes.
     *
     * @throws IllegalArgumentException if two have one name, or no message can be read as one of them
     */
    ClusterEventTypes(List<Class<?>> types, PayloadCodecs codecs) {
        this.types = List.copyOf(types);
        for (Class<?> type : types) {
            Class<?> other = byName.put(name(type), type);
            if (other != null) {
                throw new IllegalArgumentException(
                        type.getName() + " and " + other.getName() + " have one name on the wire, @ClusterEvent(\""
                                + name(type) + "\"): give one of them another");
            }
            try {
                var unused = codecs.forParameter(type);
            } catch (PayloadCodecException e) {
                throw new IllegalArgumentException("@ClusterEvent class " + type.getName() + ": " + e.getMessage(), e);
            }
        }
    }

    /** Whether it is published on all members. */
    boolean contains(Class<?> type) {
        return types.contains(type);
    }

    static String name(Class<?> type) {
        ClusterEvent annotation = type.getAnnotation(ClusterEvent.class);
        return annotation == null || annotation.value().isBlank() ? type.getSimpleName() : annotation.value();
    }

    /** @throws IllegalArgumentException if this member knows no such class */
    Class<?> named(String name) {
        Class<?> type = byName.get(name);
        if (type == null) {
            throw new IllegalArgumentException("an event '" + name + "' was published, and this member knows only "
                    + byName.keySet() + ": does its sender run a newer release?");
        }
        return type;
    }
}
