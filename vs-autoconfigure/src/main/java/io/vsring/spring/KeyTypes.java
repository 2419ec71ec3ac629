package io.vsring.spring;

import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.Collection;
import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.SortedSet;
import org.springframework.core.ResolvableType;

/**
 * Which types can be keys of a replicated map: equal keys must have equal bytes, on all members and in all JVMs.
 * Properties and entries of maps are written in the order of their names; a set is written in an order of its own.
 *
 * <p>Numbers with fractions are one key if they are {@code equals}: 1.0 and 1.00 are two {@code BigDecimal}s, 0.0 and
 * -0.0 two {@code double}s.
 */
final class KeyTypes {

    private KeyTypes() {}

    /**
     * Looks for a part of the type that has no order, or may be anything.
     *
     * @throws PayloadCodecException if there is one; says where, and what to take instead
     */
    static void check(ResolvableType type) {
        check(type, type.toString(), new LinkedHashSet<>());
    }

    private static void check(ResolvableType type, String place, Set<String> seen) {
        Class<?> raw = type.toClass();
        if (raw == Object.class || raw == Collection.class || raw == Iterable.class) {
            throw new PayloadCodecException(place + " may be anything, so equal keys of a map may have different bytes:"
                    + " declare what it is");
        }
        if (Set.class.isAssignableFrom(raw)
                && !SortedSet.class.isAssignableFrom(raw)
                && !EnumSet.class.isAssignableFrom(raw)) {
            throw new PayloadCodecException(place + " is a set without an order, so equal keys of a map may have"
                    + " different bytes: take a SortedSet or a List");
        }
        if (type.isArray()) {
            check(type.getComponentType(), place, seen);
        }
        for (ResolvableType generic : type.getGenerics()) {
            check(generic, place, seen);
        }
        if (raw.isPrimitive() || raw.isEnum() || raw.getName().startsWith("java.") || !seen.add(type.toString())) {
            return;
        }
        for (Class<?> each = raw; each != null && each != Object.class; each = each.getSuperclass()) {
            for (Field field : each.getDeclaredFields()) {
                if (!Modifier.isStatic(field.getModifiers()) && !Modifier.isTransient(field.getModifiers())) {
                    String where = each.getName() + "." + field.getName();
                    check(ResolvableType.forField(field, type), where, seen);
                }
            }
        }
    }
}
