package io.vsring.test.linearizability;

import org.jspecify.annotations.Nullable;

/**
 * One entry of a map: a value, or none.
 *
 * <p>The entries of a map are judged one by one, which is what makes long histories of maps feasible. Operations that
 * concern all of a map ({@code clear}, {@code size}, {@code putAll}) are not possible here; a map on which they are
 * called is judged as a whole, in a short history of its own, by {@link WholeMapModel}.
 *
 * <p>If the map under test answers less than the model, such as nothing where the model answers the previous value, the
 * harness records {@link PendingOperation#returned()}.
 */
public final class MapEntryModel implements SequentialModel<MapEntryModel.Entry> {

    /** The kind of such objects. */
    public static final String KIND = "map-entry";

    /**
     * What the map has under the key.
     *
     * @param value null if there is no entry
     */
    public record Entry(@Nullable String value) {
        static final Entry NONE = new Entry(null);
    }

    /** The entry of this map with this key. */
    public static ObjectKey object(String map, String key) {
        return new ObjectKey(KIND, map + "/" + key);
    }

    /** Answers the value, or nothing. */
    public static Invocation get() {
        return Invocation.of("get");
    }

    /** Answers whether there is a value. */
    public static Invocation containsKey() {
        return Invocation.of("containsKey");
    }

    /** Answers the previous value, or nothing. */
    public static Invocation put(String value) {
        return Invocation.of("put", value);
    }

    /** Answers nothing if there was no value and now is, else the value that was there and stays. */
    public static Invocation putIfAbsent(String value) {
        return Invocation.of("putIfAbsent", value);
    }

    /** Answers the value that has been replaced, or nothing if there was none and still is none. */
    public static Invocation replace(String value) {
        return Invocation.of("replace", value);
    }

    /** Answers {@code true} if the value was the expected one and is the next one now, {@code false} if not. */
    public static Invocation replace(String expected, String next) {
        return Invocation.of("replaceIf", expected, next);
    }

    /** Answers the value that has been removed, or nothing. */
    public static Invocation remove() {
        return Invocation.of("remove");
    }

    /** Answers {@code true} if the value was the expected one and is gone now, {@code false} if not. */
    public static Invocation remove(String expected) {
        return Invocation.of("removeIf", expected);
    }

    @Override
    public Entry initial() {
        return Entry.NONE;
    }

    @Override
    public @Nullable Entry step(Entry entry, Invocation invocation, Answer answer) {
        return answer.allows(answered(entry.value(), invocation)) ? after(entry, invocation) : null;
    }

    private static @Nullable Object answered(@Nullable String value, Invocation invocation) {
        return switch (invocation.name()) {
            case "get", "put", "putIfAbsent", "replace", "remove" -> value;
            case "containsKey" -> value != null;
            case "replaceIf", "removeIf" -> invocation.text(0).equals(value);
            default ->
                throw invocation.notKnown("get, containsKey, put, putIfAbsent, replace, replaceIf, remove, removeIf");
        };
    }

    private static Entry after(Entry entry, Invocation invocation) {
        String value = entry.value();
        return switch (invocation.name()) {
            case "put" -> new Entry(invocation.text(0));
            case "putIfAbsent" -> value == null ? new Entry(invocation.text(0)) : entry;
            case "replace" -> value == null ? entry : new Entry(invocation.text(0));
            case "replaceIf" -> invocation.text(0).equals(value) ? new Entry(invocation.text(1)) : entry;
            case "remove" -> Entry.NONE;
            case "removeIf" -> invocation.text(0).equals(value) ? Entry.NONE : entry;
            default -> entry;
        };
    }

    @Override
    public boolean onlyObserves(Invocation invocation, Answer answer) {
        return switch (invocation.name()) {
            case "get", "containsKey" -> true;
            case "replaceIf", "removeIf" -> answer.is(false);
            case "replace", "remove" -> answer.is(null);
            case "putIfAbsent" -> !answer.allows(null);
            default -> false;
        };
    }
}
