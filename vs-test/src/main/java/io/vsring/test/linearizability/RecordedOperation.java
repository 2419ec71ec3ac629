package io.vsring.test.linearizability;

/**
 * One operation as its client saw it.
 *
 * @param client who called; for reading only
 * @param object what was called
 * @param invocation what was asked
 * @param calledNanos when it was called, on the one clock of the harness
 * @param end how it ended
 * @param answer what was answered; {@link Answer#UNTOLD} unless it returned
 * @param returnedNanos when it returned, on the same clock; {@link Long#MAX_VALUE} if it never did
 */
public record RecordedOperation(
        int client,
        ObjectKey object,
        Invocation invocation,
        long calledNanos,
        End end,
        Answer answer,
        long returnedNanos) {

    /** How an operation ended. */
    public enum End {
        /** It happened, once, between its call and its return. */
        RETURNED,
        /** It happened once at any time after its call, or never: a timeout, a lost connection, a killed process. */
        UNKNOWN,
        /** It surely has not happened and never will. */
        REFUSED
    }

    /**
     * Checks that the parts fit.
     *
     * @throws IllegalArgumentException if it returned before it was called, or is answered without having returned
     */
    public RecordedOperation {
        if (returnedNanos < calledNanos) {
            throw new IllegalArgumentException("expected a return after the call at " + calledNanos
                    + " ns, found one at " + returnedNanos + " ns");
        }
        if (end != End.RETURNED && (answer.isTold() || returnedNanos != Long.MAX_VALUE)) {
            throw new IllegalArgumentException("expected neither answer nor return of what ended " + end + ", found "
                    + answer + " at " + returnedNanos + " ns");
        }
    }

    @Override
    public String toString() {
        String called = "client " + client + ": " + invocation + " called at " + calledNanos + " ns, ";
        return switch (end) {
            case RETURNED -> called + "returned " + answer + " at " + returnedNanos + " ns";
            case UNKNOWN -> called + "outcome unknown";
            case REFUSED -> called + "refused";
        };
    }
}
