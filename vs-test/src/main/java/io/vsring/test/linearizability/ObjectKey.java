package io.vsring.test.linearizability;

/**
 * An object that is judged by itself: a counter, a lock, one entry of a map.
 *
 * <p>Each model makes the keys of its kind. Operations on different keys must not influence each other.
 *
 * @param kind which model judges it, such as {@link CounterModel#KIND}
 * @param name which one of that kind
 */
public record ObjectKey(String kind, String name) {
    @Override
    public String toString() {
        return kind + " " + name;
    }
}
