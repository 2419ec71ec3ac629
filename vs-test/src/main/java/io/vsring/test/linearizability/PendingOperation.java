package io.vsring.test.linearizability;

import java.util.concurrent.atomic.AtomicReference;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * An operation under way. Whoever made the call says once how it ended; while nobody has, its outcome is unknown.
 *
 * <p>Any thread may say it. The instant of the return is taken when it is said, so it is to be said at once.
 */
public final class PendingOperation {

    private final LongSupplier clockNanos;
    private final RecordedOperation unknown;
    private final AtomicReference<@Nullable RecordedOperation> ended = new AtomicReference<>();

    PendingOperation(LongSupplier clockNanos, RecordedOperation unknown) {
        this.clockNanos = clockNanos;
        this.unknown = unknown;
    }

    /**
     * It happened, and answered this.
     *
     * @param answer is written down as {@link String#valueOf(Object)} has it; null is the answer "nothing"
     * @throws IllegalStateException if it has ended already
     */
    public void returned(@Nullable Object answer) {
        end(RecordedOperation.End.RETURNED, Answer.of(answer), clockNanos.getAsLong());
    }

    /**
     * It happened; what it answered is not looked at.
     *
     * @throws IllegalStateException if it has ended already
     */
    public void returned() {
        end(RecordedOperation.End.RETURNED, Answer.UNTOLD, clockNanos.getAsLong());
    }

    /**
     * It may have happened, may still happen, or may never: a timeout, a lost connection, a killed process.
     *
     * @throws IllegalStateException if it has ended already
     */
    public void unknown() {
        end(RecordedOperation.End.UNKNOWN, Answer.UNTOLD, Long.MAX_VALUE);
    }

    /**
     * It has not happened and never will. Only for refusals that promise that; if in doubt it is {@link #unknown}.
     *
     * @throws IllegalStateException if it has ended already
     */
    public void refused() {
        end(RecordedOperation.End.REFUSED, Answer.UNTOLD, Long.MAX_VALUE);
    }

    /** The operation as far as it is known by now. */
    RecordedOperation soFar() {
        RecordedOperation operation = ended.get();
        return operation == null ? unknown : operation;
    }

    private void end(RecordedOperation.End end, Answer answer, long returnedNanos) {
        RecordedOperation operation = new RecordedOperation(
                unknown.client(),
                unknown.object(),
                unknown.invocation(),
                unknown.calledNanos(),
                end,
                answer,
                returnedNanos);
        if (!ended.compareAndSet(null, operation)) {
            throw new IllegalStateException("expected an operation that has not ended, found " + soFar());
        }
    }
}
