package io.vsring.test.linearizability;

import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.LongSupplier;

/**
 * Writes down what the clients of a harness ask and are answered.
 *
 * <pre>{@code
 * PendingOperation operation = recorder.begin(client, CounterModel.object("visits"), CounterModel.add(1));
 * try {
 *     operation.returned(visits.addAndGet(1));
 * } catch (NotPrimaryException refused) {
 *     operation.refused();
 * } catch (OutcomeUnknownException unknown) {
 *     operation.unknown();
 * }
 * }</pre>
 *
 * <p>Real time comes from the one clock of the harness, never from members: two operations are in order if the one had
 * returned before the other was called.
 *
 * <p><b>Threading.</b> Any thread may call anything; nothing waits.
 */
public final class HistoryRecorder {

    private final LongSupplier clockNanos;
    private final Queue<PendingOperation> operations = new ConcurrentLinkedQueue<>();

    /** Records on this clock, in nanoseconds, which never goes back and is the same for all threads. */
    public HistoryRecorder(LongSupplier clockNanos) {
        this.clockNanos = clockNanos;
    }

    /** Records on {@link System#nanoTime()}. */
    public static HistoryRecorder onSystemClock() {
        return new HistoryRecorder(System::nanoTime);
    }

    /**
     * Begins an operation; to be called right before the call itself.
     *
     * @param client who calls; one that has an operation of unknown outcome may go on under the same number
     */
    public PendingOperation begin(int client, ObjectKey object, Invocation invocation) {
        RecordedOperation unknown = new RecordedOperation(
                client,
                object,
                invocation,
                clockNanos.getAsLong(),
                RecordedOperation.End.UNKNOWN,
                Answer.UNTOLD,
                Long.MAX_VALUE);
        PendingOperation operation = new PendingOperation(clockNanos, unknown);
        operations.add(operation);
        return operation;
    }

    /**
     * What has been recorded so far, in the order of the calls as far as they are ordered. What has not ended yet has
     * an unknown outcome. May be called while others go on.
     */
    public List<RecordedOperation> history() {
        List<RecordedOperation> history = new ArrayList<>();
        for (PendingOperation operation : operations) {
            history.add(operation.soFar());
        }
        return history;
    }
}
