package io.vsring.ring;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLongArray;

/**
 * One counter for each constant of an enum, with a single writing thread; any thread may read at any time.
 *
 * <p>A write is a plain store, so that what is counted may be as frequent as it likes.
 */
final class Counters<E extends Enum<E>> {

    private final E[] names;
    private final AtomicLongArray values;

    Counters(Class<E> type) {
        this.names = type.getEnumConstants();
        this.values = new AtomicLongArray(names.length);
    }

    /** The writing thread only. */
    void add(E counter, long amount) {
        int index = index(counter);
        values.setOpaque(index, values.getPlain(index) + amount);
    }

    /** The writing thread only. */
    void set(E counter, long value) {
        values.setOpaque(index(counter), value);
    }

    /** The writing thread only. */
    void increment(E counter) {
        add(counter, 1);
    }

    long get(E counter) {
        return values.getOpaque(index(counter));
    }

    /** Those that have counted something, by name. */
    Map<String, Long> toMap() {
        Map<String, Long> map = new LinkedHashMap<>();
        for (E name : names) {
            long value = get(name);
            if (value != 0) {
                map.put(name.name(), value);
            }
        }
        return map;
    }

    @SuppressWarnings("EnumOrdinal") // the number lives as long as the process
    private static int index(Enum<?> counter) {
        return counter.ordinal();
    }
}
