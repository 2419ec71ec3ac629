package io.vsring.replicated;

import static java.util.Objects.requireNonNull;

import org.jspecify.annotations.Nullable;

/**
 * A change of one entry of a map by code of the application's own: read, computed and written at one place of the
 * order. All members have the code, under a name; only the name, a version and an argument travel.
 *
 * <pre>{@code
 * static final MapOperation<Long, Long, Boolean> WITHDRAW = new MapOperation<>(
 *         "withdraw", 1, Codec.longs(), Codec.longs(), BOOLEANS,
 *         (balance, amount) -> balance != null && balance >= amount
 *                 ? MapOperation.Outcome.set(balance - amount, true)
 *                 : MapOperation.Outcome.keep(false));
 * }</pre>
 *
 * <p>Who changes what it does, or one of the codecs, gives it another version, and registers both: first all members
 * get the new code, then it is called. A member that is to apply an operation whose code it lacks leaves the ring,
 * since it can keep the state no longer.
 *
 * @param id the name, the same on all members
 * @param version of what it does, from 1
 * @param values of the map, with the codec that all members use for it
 * @param arguments of what goes with the call
 * @param results of what comes back
 * @param step what is done
 */
public record MapOperation<V, A, R>(
        String id, int version, Codec<V> values, Codec<A> arguments, Codec<R> results, Step<V, A, R> step) {

    public MapOperation {
        if (id.isBlank() || version < 1) {
            throw new IllegalArgumentException(
                    "an operation needs a name, and a version from 1 on; not '" + id + "', " + version);
        }
        requireNonNull(values, "values");
        requireNonNull(arguments, "arguments");
        requireNonNull(results, "results");
        requireNonNull(step, "step");
    }

    /**
     * What is done, on all members alike: the outcome depends on the arguments and on nothing else, no clock, no random
     * numbers, no hash order, no other entry. On the delivery thread; must not wait.
     */
    @FunctionalInterface
    public interface Step<V, A, R> {

        /**
         * Decides.
         *
         * @param value of the entry, decoded for this call; null if there is none
         * @throws ReplicaException to refuse: the caller gets one with the same text, and nothing has been changed. Of
         *     another exception it gets the name of the class
         */
        Outcome<V, R> apply(@Nullable V value, A argument);
    }

    /** What becomes of the entry. */
    public enum Effect {
        SET,
        REMOVE,
        KEEP
    }

    /**
     * What comes of an operation.
     *
     * @param value the new one, if it is set
     * @param result what the caller gets
     */
    public record Outcome<V, R>(
            Effect effect, @Nullable V value, @Nullable R result) {

        public Outcome {
            if ((effect == Effect.SET) != (value != null)) {
                throw new IllegalArgumentException("a value belongs to SET, and to nothing else; not to " + effect);
            }
        }

        /** The entry has this value from now on, and the time to live of a new one. */
        public static <V, R> Outcome<V, R> set(V value, @Nullable R result) {
            return new Outcome<>(Effect.SET, value, result);
        }

        /** The entry is there no more, if it was. */
        public static <V, R> Outcome<V, R> remove(@Nullable R result) {
            return new Outcome<>(Effect.REMOVE, null, result);
        }

        /** The entry stays as it is. */
        public static <V, R> Outcome<V, R> keep(@Nullable R result) {
            return new Outcome<>(Effect.KEEP, null, result);
        }
    }

    /** Does it with what is encoded; the answer to the caller as well. */
    Encoded apply(byte @Nullable [] value, byte[] argument) {
        Outcome<V, R> outcome = step.apply(value == null ? null : values.decode(value), arguments.decode(argument));
        V set = outcome.value;
        R result = outcome.result;
        ByteWriter answer = new ByteWriter(16).putBoolean(result != null);
        if (result != null) {
            answer.putRaw(results.encode(result));
        }
        return new Encoded(outcome.effect, set == null ? Answer.NOTHING : values.encode(set), answer.toBytes());
    }

    @Nullable
    R readResult(ByteReader in) {
        return in.getBoolean() ? results.decode(in.getRest()) : null;
    }

    /** An outcome in bytes. */
    record Encoded(Effect effect, byte[] value, byte[] answer) {}
}
