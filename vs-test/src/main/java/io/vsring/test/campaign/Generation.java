package io.vsring.test.campaign;

import io.vsring.test.linearizability.Answer;
import io.vsring.test.linearizability.CounterModel;
import io.vsring.test.linearizability.HistoryRecorder;
import io.vsring.test.linearizability.Invocation;
import io.vsring.test.linearizability.LockModel;
import io.vsring.test.linearizability.MapEntryModel;
import io.vsring.test.linearizability.ObjectKey;
import io.vsring.test.linearizability.PendingOperation;
import io.vsring.test.linearizability.RecordedOperation;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * Objects that are used for some thousand operations and then left alone: what is unknown about them stays little
 * enough to be judged, and their history need not be kept in memory. Any thread.
 */
final class Generation {

    static final int KEYS = 8;
    static final int COUNTERS = 2;
    static final int LOCKS = 3;

    private final int number;
    private final HistoryRecorder recorder = HistoryRecorder.onSystemClock();
    private final Queue<RecordedOperation> losses = new ConcurrentLinkedQueue<>();
    private final List<FencedResource> resources = new ArrayList<>();

    Generation(int number) {
        this.number = number;
        for (int index = 0; index < LOCKS; index++) {
            resources.add(new FencedResource());
        }
    }

    int number() {
        return number;
    }

    /** The path of a key, which is {@code /maps/{map}/{key}}. */
    String keyPath(int index) {
        return "/maps/" + map() + "/" + key(index);
    }

    ObjectKey keyObject(int index) {
        return MapEntryModel.object(map(), key(index));
    }

    private String map() {
        return "campaign-" + number;
    }

    private static String key(int index) {
        return "key-" + index;
    }

    String counter(int index) {
        return "counter-" + number + "-" + index;
    }

    ObjectKey counterObject(int index) {
        return CounterModel.object(counter(index));
    }

    String lock(int index) {
        return "lock-" + number + "-" + index;
    }

    ObjectKey lockObject(int index) {
        return LockModel.object(lock(index));
    }

    FencedResource resource(int index) {
        return resources.get(index);
    }

    PendingOperation begin(int client, ObjectKey object, Invocation invocation) {
        return recorder.begin(client, object, invocation);
    }

    /**
     * Says that an owner may have lost a lock at any time since it asked for it. Whoever has given a lock back held it
     * until then; of all others it is not known.
     */
    void mayHaveLost(int client, ObjectKey lock, String owner, long sinceNanos) {
        losses.add(new RecordedOperation(
                client,
                lock,
                LockModel.mayLose(owner),
                sinceNanos,
                RecordedOperation.End.UNKNOWN,
                Answer.UNTOLD,
                Long.MAX_VALUE));
    }

    List<RecordedOperation> history() {
        List<RecordedOperation> history = new ArrayList<>(recorder.history());
        history.addAll(losses);
        return history;
    }
}
