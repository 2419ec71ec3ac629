package io.vsring.test.linearizability;

import org.jspecify.annotations.Nullable;

/**
 * A number that begins at 0 and wraps around like a {@code long}.
 *
 * <p>Additions of unknown outcome cost least if they all add the same: then it only counts how many have happened.
 */
public final class CounterModel implements SequentialModel<Long> {

    /** The kind of such objects. */
    public static final String KIND = "counter";

    /** The counter of this name. */
    public static ObjectKey object(String name) {
        return new ObjectKey(KIND, name);
    }

    /** Answers the value. */
    public static Invocation get() {
        return Invocation.of("get");
    }

    /** Answers the sum. */
    public static Invocation add(long delta) {
        return Invocation.of("add", delta);
    }

    /** Answers {@code true} if the value was the expected one and is the next one now, {@code false} if not. */
    public static Invocation compareAndSet(long expected, long next) {
        return Invocation.of("compareAndSet", expected, next);
    }

    @Override
    public Long initial() {
        return 0L;
    }

    @Override
    public @Nullable Long step(Long value, Invocation invocation, Answer answer) {
        return switch (invocation.name()) {
            case "get" -> answer.allows(value) ? value : null;
            case "add" -> {
                Long sum = value + invocation.number(0);
                yield answer.allows(sum) ? sum : null;
            }
            case "compareAndSet" -> {
                boolean matches = value == invocation.number(0);
                Long next = matches ? Long.valueOf(invocation.number(1)) : value;
                yield answer.allows(matches) ? next : null;
            }
            default -> throw invocation.notKnown("get, add, compareAndSet");
        };
    }

    @Override
    public boolean onlyObserves(Invocation invocation, Answer answer) {
        return invocation.name().equals("get") || (invocation.name().equals("compareAndSet") && answer.is(false));
    }
}
