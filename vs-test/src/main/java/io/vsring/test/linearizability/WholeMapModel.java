package io.vsring.test.linearizability;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A map as one object, for operations that concern several of its keys.
 *
 * <p>Such a history cannot be split, and each order of operations that overlap counts, on whatever key. It is to be
 * short, with a few clients and keys: some hundred operations. All operations on such a map must be recorded here, and
 * none as {@link MapEntryModel}.
 */
public final class WholeMapModel implements SequentialModel<Map<String, String>> {

    /** The kind of such objects. */
    public static final String KIND = "map";

    private static final MapEntryModel ENTRY = new MapEntryModel();

    /** The map of this name. */
    public static ObjectKey object(String name) {
        return new ObjectKey(KIND, name);
    }

    /** An operation of {@link MapEntryModel} on one key; answers what it answers there. */
    public static Invocation at(String key, Invocation invocation) {
        List<String> arguments = new ArrayList<>(List.of(key, invocation.name()));
        arguments.addAll(invocation.arguments());
        return new Invocation("at", arguments);
    }

    /** Puts all of these at one instant; answers nothing. */
    public static Invocation putAll(Map<String, String> entries) {
        List<String> arguments = new ArrayList<>();
        new TreeMap<>(entries).forEach((key, value) -> {
            arguments.add(key);
            arguments.add(value);
        });
        return new Invocation("putAll", arguments);
    }

    /** Removes everything at one instant; answers nothing. */
    public static Invocation clear() {
        return Invocation.of("clear");
    }

    /** Answers how many entries there are. */
    public static Invocation size() {
        return Invocation.of("size");
    }

    @Override
    public Map<String, String> initial() {
        return Map.of();
    }

    @Override
    public @Nullable Map<String, String> step(Map<String, String> map, Invocation invocation, Answer answer) {
        return switch (invocation.name()) {
            case "at" -> at(map, invocation, answer);
            case "putAll" -> answer.allows(null) ? withAll(map, invocation) : null;
            case "clear" -> answer.allows(null) ? Map.of() : null;
            case "size" -> answer.allows(map.size()) ? map : null;
            default -> throw invocation.notKnown("at, putAll, clear, size");
        };
    }

    @Override
    public boolean onlyObserves(Invocation invocation, Answer answer) {
        return invocation.name().equals("at")
                ? ENTRY.onlyObserves(onEntry(invocation), answer)
                : invocation.name().equals("size");
    }

    private static @Nullable Map<String, String> at(Map<String, String> map, Invocation invocation, Answer answer) {
        String key = invocation.text(0);
        MapEntryModel.Entry after = ENTRY.step(new MapEntryModel.Entry(map.get(key)), onEntry(invocation), answer);
        if (after == null) {
            return null;
        }
        Map<String, String> next = new HashMap<>(map);
        String value = after.value();
        if (value == null) {
            next.remove(key);
        } else {
            next.put(key, value);
        }
        return Map.copyOf(next);
    }

    private static Invocation onEntry(Invocation invocation) {
        String name = invocation.text(1);
        return new Invocation(
                name, invocation.arguments().subList(2, invocation.arguments().size()));
    }

    private static Map<String, String> withAll(Map<String, String> map, Invocation invocation) {
        Map<String, String> next = new HashMap<>(map);
        for (int index = 0; index < invocation.arguments().size(); index += 2) {
            next.put(invocation.text(index), invocation.text(index + 1));
        }
        return Map.copyOf(next);
    }
}
