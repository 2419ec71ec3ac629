package io.vsring.test.linearizability;

import org.jspecify.annotations.Nullable;

/**
 * A lock whose every grant has a fencing token, larger than those of all grants before.
 *
 * <p>An owner is what a lock can be lost together with: a process, or one handle in it. An owner does not come back; a
 * process that starts again is another one. Locks are not reentrant: an owner that holds one waits for itself.
 */
public final class LockModel implements SequentialModel<LockModel.State> {

    /** The kind of such objects. */
    public static final String KIND = "lock";

    /**
     * Who holds the lock.
     *
     * @param lastToken the last one that is known; the next one is larger
     * @param owner who holds it; null if it is free
     * @param token the token of that grant; null if it is free, or the answer was not told
     */
    public record State(
            long lastToken,
            @Nullable String owner,
            @Nullable Long token) {
        State free() {
            return new State(lastToken, null, null);
        }
    }

    /** The lock of this name. */
    public static ObjectKey object(String name) {
        return new ObjectKey(KIND, name);
    }

    /** Waits for the lock; answers the token. */
    public static Invocation acquire(String owner) {
        return Invocation.of("acquire", owner);
    }

    /** Answers the token, or nothing if somebody held the lock. */
    public static Invocation tryAcquire(String owner) {
        return Invocation.of("tryAcquire", owner);
    }

    /** Answers {@code true} if the lock was held under this token and is free now, {@code false} if not. */
    public static Invocation release(long token) {
        return Invocation.of("release", token);
    }

    /**
     * Says that from now on the lock may be taken from this owner, at one instant or never. To be begun, and left
     * {@link PendingOperation#unknown unknown}, before its process is killed or cut off, or when it gives up an
     * acquisition whose outcome is unknown: the lock may have been granted, and released by whoever cleans up.
     */
    public static Invocation mayLose(String owner) {
        return Invocation.of("mayLose", owner);
    }

    @Override
    public State initial() {
        return new State(Long.MIN_VALUE, null, null);
    }

    @Override
    public @Nullable State step(State state, Invocation invocation, Answer answer) {
        return switch (invocation.name()) {
            case "acquire" -> granted(state, invocation.text(0), answer);
            case "tryAcquire" ->
                state.owner() != null ? refused(state, answer) : granted(state, invocation.text(0), answer);
            case "release" -> {
                Long token = state.token();
                boolean holds = token != null && token == invocation.number(0);
                State next = holds ? state.free() : state;
                yield answer.allows(holds) ? next : null;
            }
            case "mayLose" -> invocation.text(0).equals(state.owner()) ? state.free() : state;
            default -> throw invocation.notKnown("acquire, tryAcquire, release, mayLose");
        };
    }

    @Override
    public boolean onlyObserves(Invocation invocation, Answer answer) {
        return switch (invocation.name()) {
            case "tryAcquire" -> answer.is(null);
            case "release" -> answer.is(false);
            default -> false;
        };
    }

    private static @Nullable State refused(State state, Answer answer) {
        return answer.allows(null) ? state : null;
    }

    private static @Nullable State granted(State state, String owner, Answer answer) {
        if (state.owner() != null) {
            return null;
        }
        if (!answer.isTold()) {
            return new State(state.lastToken(), owner, null);
        }
        Long token = token(answer);
        return token == null || token <= state.lastToken() ? null : new State(token, owner, token);
    }

    /**
     * The token that an acquisition was answered with.
     *
     * @return null if there is none
     * @throws IllegalArgumentException if the answer is no number
     */
    static @Nullable Long token(Answer answer) {
        String text = answer.text();
        if (text == null) {
            return null;
        }
        try {
            return Long.valueOf(text);
        } catch (NumberFormatException wrong) {
            throw new IllegalArgumentException("expected a fencing token, found " + answer, wrong);
        }
    }
}
