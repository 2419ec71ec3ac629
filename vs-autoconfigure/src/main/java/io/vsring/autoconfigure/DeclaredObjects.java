package io.vsring.autoconfigure;

import io.vsring.Guarantee;
import io.vsring.replicated.MapLimits;
import io.vsring.spring.ReplicatedBeans;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.util.ClassUtils;

/** The replicated maps and counters that properties declare. */
final class DeclaredObjects {

    private final RingProperties properties;

    DeclaredObjects(RingProperties properties) {
        this.properties = properties;
    }

    /** Everything that is wrong with them. */
    List<String> violations() {
        List<String> violations = new ArrayList<>();
        properties.maps().forEach((name, map) -> {
            check("vs.maps." + name + ".key-type", map.keyType(), violations);
            check("vs.maps." + name + ".value-type", map.valueType(), violations);
            if (map.timeToLive().isNegative()) {
                violations.add("vs.maps." + name + ".time-to-live must not be negative, and is " + map.timeToLive()
                        + "; 0: for ever");
            }
            if (map.maxEntries() < 0) {
                violations.add("vs.maps." + name + ".max-entries must not be negative, and is " + map.maxEntries()
                        + "; 0: any number");
            }
            if (properties.counters().containsKey(name)) {
                violations.add("vs.maps." + name + " and vs.counters." + name
                        + " would be two beans of one name: give one of them another");
            }
        });
        return violations;
    }

    private static void check(String property, @Nullable String type, List<String> violations) {
        if (type == null || type.isBlank()) {
            violations.add(property + " must be set: the name of a class, such as java.lang.Integer");
        } else if (find(type).isEmpty()) {
            violations.add(property + " must be the full name of a class, such as java.lang.Integer, or byte[], and '"
                    + type + "' is none that this application has");
        }
    }

    /** Registers all of them; none may be wrong. */
    void addTo(ReplicatedBeans beans) {
        properties
                .maps()
                .forEach((name, map) -> beans.addMap(
                        name,
                        find(map.keyType()).orElseThrow(),
                        find(String.valueOf(map.valueType())).orElseThrow(),
                        guarantee(map.guarantee()),
                        new MapLimits(map.timeToLive(), map.maxEntries())));
        properties.counters().forEach((name, counter) -> beans.addCounter(name, guarantee(counter.guarantee())));
    }

    private Guarantee guarantee(@Nullable Guarantee own) {
        return own != null ? own : properties.replication().writeGuarantee();
    }

    private static Optional<Class<?>> find(String type) {
        try {
            return Optional.of(ClassUtils.resolvePrimitiveIfNecessary(ClassUtils.forName(type.strip(), null)));
        } catch (ClassNotFoundException | LinkageError unknown) {
            return Optional.empty();
        }
    }
}
