package io.vsring.test.linearizability;

import io.vsring.test.simulation.Dice;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A real object that is used by one after the other, and clients that choose what to ask of it. */
interface Workload {

    ObjectKey object();

    SequentialModel<?> model();

    /** What the client asks next. */
    Invocation next(int client);

    /** Whether it can happen now, or has to wait. */
    default boolean canHappen(Invocation invocation) {
        return true;
    }

    /** Makes it happen; returns the answer. */
    @Nullable
    Object happens(Invocation invocation);

    /** The client gets its answer. */
    default void answered(int client, Invocation invocation, @Nullable Object answer) {}

    /** The client will never get an answer; what else may happen from then on, null for nothing. */
    default @Nullable Invocation abandoned(int client) {
        return null;
    }

    /** One of each kind; in small histories values should repeat themselves, in large ones not. */
    static List<Workload> all(Dice dice, int values) {
        return List.of(
                new Register(dice, new Values(dice, values)),
                new Counter(dice),
                new Entry(dice, new Values(dice, values)),
                new Lock(dice));
    }

    /** Texts to write: so many, or a new one each time if there is no end of them. */
    final class Values {
        private final Dice dice;
        private final int values;
        private int written;

        Values(Dice dice, int values) {
            this.dice = dice;
            this.values = values;
        }

        String next() {
            return "v" + (values == Integer.MAX_VALUE ? ++written : dice.below(values));
        }
    }

    /** A register. */
    final class Register implements Workload {
        private final Dice dice;
        private final Values values;
        private String value = "";

        Register(Dice dice, Values values) {
            this.dice = dice;
            this.values = values;
        }

        @Override
        public ObjectKey object() {
            return RegisterModel.object("r");
        }

        @Override
        public SequentialModel<?> model() {
            return new RegisterModel("");
        }

        @Override
        public Invocation next(int client) {
            return switch (dice.below(4)) {
                case 0 -> RegisterModel.write(values.next());
                case 1 -> RegisterModel.compareAndSet(value, values.next());
                default -> RegisterModel.read();
            };
        }

        @Override
        public @Nullable Object happens(Invocation invocation) {
            return switch (invocation.name()) {
                case "read" -> value;
                case "write" -> {
                    value = invocation.text(0);
                    yield null;
                }
                default -> {
                    boolean swaps = value.equals(invocation.text(0));
                    value = swaps ? invocation.text(1) : value;
                    yield swaps;
                }
            };
        }
    }

    /** A counter. */
    final class Counter implements Workload {
        private final Dice dice;
        private long value;

        Counter(Dice dice) {
            this.dice = dice;
        }

        @Override
        public ObjectKey object() {
            return CounterModel.object("c");
        }

        @Override
        public SequentialModel<?> model() {
            return new CounterModel();
        }

        @Override
        public Invocation next(int client) {
            return switch (dice.below(5)) {
                case 0, 1 -> CounterModel.get();
                case 2 -> CounterModel.compareAndSet(value, value + 1);
                default -> CounterModel.add(1);
            };
        }

        @Override
        public Object happens(Invocation invocation) {
            return switch (invocation.name()) {
                case "get" -> value;
                case "add" -> value += invocation.number(0);
                default -> {
                    boolean swaps = value == invocation.number(0);
                    value = swaps ? invocation.number(1) : value;
                    yield swaps;
                }
            };
        }
    }

    /** An entry of a {@link HashMap}. */
    final class Entry implements Workload {
        private static final String KEY = "k";

        private final Dice dice;
        private final Values values;
        private final Map<String, String> map = new HashMap<>();

        Entry(Dice dice, Values values) {
            this.dice = dice;
            this.values = values;
        }

        @Override
        public ObjectKey object() {
            return MapEntryModel.object("m", KEY);
        }

        @Override
        public SequentialModel<?> model() {
            return new MapEntryModel();
        }

        @Override
        public Invocation next(int client) {
            String now = Objects.requireNonNullElse(map.get(KEY), "none");
            return switch (dice.below(12)) {
                case 0, 1, 2 -> MapEntryModel.put(values.next());
                case 3 -> MapEntryModel.putIfAbsent(values.next());
                case 4 -> MapEntryModel.replace(values.next());
                case 5 -> MapEntryModel.replace(now, values.next());
                case 6 -> MapEntryModel.remove();
                case 7 -> MapEntryModel.remove(now);
                case 8 -> MapEntryModel.containsKey();
                default -> MapEntryModel.get();
            };
        }

        @Override
        public @Nullable Object happens(Invocation invocation) {
            return switch (invocation.name()) {
                case "get" -> map.get(KEY);
                case "containsKey" -> map.containsKey(KEY);
                case "put" -> map.put(KEY, invocation.text(0));
                case "putIfAbsent" -> map.putIfAbsent(KEY, invocation.text(0));
                case "replace" -> map.replace(KEY, invocation.text(0));
                case "replaceIf" -> map.replace(KEY, invocation.text(0), invocation.text(1));
                case "remove" -> map.remove(KEY);
                default -> map.remove(KEY, invocation.text(0));
            };
        }
    }

    /** A lock; a client that loses touch goes on as another owner. */
    final class Lock implements Workload {
        private final Dice dice;
        private final Map<Integer, Integer> lives = new HashMap<>();
        private final Map<Integer, Long> tokens = new HashMap<>();
        private @Nullable String owner;
        private long token;

        Lock(Dice dice) {
            this.dice = dice;
        }

        @Override
        public ObjectKey object() {
            return LockModel.object("l");
        }

        @Override
        public SequentialModel<?> model() {
            return new LockModel();
        }

        private String owner(int client) {
            return client + "#" + lives.getOrDefault(client, 0);
        }

        @Override
        public Invocation next(int client) {
            Long held = tokens.remove(client);
            if (held != null) {
                return LockModel.release(held);
            }
            return dice.chance(0.5) ? LockModel.acquire(owner(client)) : LockModel.tryAcquire(owner(client));
        }

        @Override
        public boolean canHappen(Invocation invocation) {
            return switch (invocation.name()) {
                case "acquire" -> owner == null;
                case "mayLose" -> invocation.text(0).equals(owner);
                default -> true;
            };
        }

        @Override
        public @Nullable Object happens(Invocation invocation) {
            return switch (invocation.name()) {
                case "release" -> released(invocation.number(0));
                case "mayLose" -> released(token);
                default -> owner == null ? granted(invocation.text(0)) : null;
            };
        }

        private boolean released(long which) {
            boolean holds = owner != null && token == which;
            owner = holds ? null : owner;
            return holds;
        }

        private long granted(String next) {
            owner = next;
            token += dice.between(1, 3);
            return token;
        }

        @Override
        public void answered(int client, Invocation invocation, @Nullable Object answer) {
            if (answer instanceof Long granted) {
                tokens.put(client, granted);
            }
        }

        @Override
        public Invocation abandoned(int client) {
            Invocation mayLose = LockModel.mayLose(owner(client));
            lives.merge(client, 1, Integer::sum);
            tokens.remove(client);
            return mayLose;
        }
    }
}
