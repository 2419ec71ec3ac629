package io.vsring.test.linearizability;

import org.jspecify.annotations.Nullable;

/**
 * How an object behaves when one operation happens after the other.
 *
 * <p>Keeps nothing itself. A state is immutable, and two states from which the same can follow are equal.
 *
 * @param <S> the states of the object
 */
public interface SequentialModel<S> {

    /** The state before anything has happened. */
    S initial();

    /**
     * The state after an operation.
     *
     * <p>An answer that is not told leaves all answers possible. If the states after it differ, the state returned
     * stands for all of them.
     *
     * @return null if the object cannot answer this in that state
     * @throws IllegalArgumentException if there is no such operation
     */
    @Nullable
    S step(S state, Invocation invocation, Answer answer);

    /**
     * Whether an operation with this answer leaves every state as it is in which it is possible: a read, or a write
     * that was answered with "no". It makes the search fast, and may be false for any operation.
     */
    default boolean onlyObserves(Invocation invocation, Answer answer) {
        return false;
    }
}
