package io.vsring.replicated;

import io.vsring.ring.Fill;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLongArray;
import org.jspecify.annotations.Nullable;

/** What the delivery thread shows to all others: the status, and the replicas that may be read. */
final class ReplicationBoard {

    /** Is told which replicas are shown. Delivery thread. */
    interface Onlooker {

        /**
         * One replica is shown in place of another one.
         *
         * @param before null if there was none
         * @param now null if there is none any more
         */
        void switched(long key, @Nullable Replica before, @Nullable Replica now);

        /** All that is shown is one state from now on; what has not been told of is in it no more. */
        void replaced();
    }

    private record Switch(
            long key, @Nullable Replica before, @Nullable Replica now) {}

    private final Onlooker onlooker;
    private final ConcurrentHashMap<Long, Replica> readable = new ConcurrentHashMap<>();
    private final long stateBytesMax;
    private final AtomicLongArray used = new AtomicLongArray(StateResource.values().length);
    private volatile PrimaryStatus status = PrimaryStatus.UNKNOWN;

    ReplicationBoard(Onlooker onlooker, TransferLimits limits) {
        this.onlooker = onlooker;
        this.stateBytesMax = limits.bytesMax();
    }

    PrimaryStatus status() {
        return status;
    }

    void show(PrimaryStatus now) {
        status = now;
    }

    /** How full is what keeps the state. Delivery thread. */
    void show(StateResource resource, long now) {
        used.lazySet(index(resource), now);
    }

    @SuppressWarnings("EnumOrdinal") // the number lives as long as the process
    private static int index(StateResource resource) {
        return resource.ordinal();
    }

    /** How full what holds the state is, by its names. Any thread. */
    Map<String, Fill> fills() {
        Map<String, Fill> fills = new TreeMap<>();
        for (StateResource resource : StateResource.values()) {
            long now = resource == StateResource.OBJECTS ? readable.size() : used.get(index(resource));
            fills.put(resource.word(), new Fill(now, resource.max(stateBytesMax)));
        }
        return fills;
    }

    /** The object of this key as it is here; null if there is none. Any thread. */
    @Nullable
    Replica find(long key) {
        return readable.get(key);
    }

    /** Another set of objects is the state from now on. Delivery thread. */
    void show(Shelf shelf) {
        List<Switch> switches = new ArrayList<>();
        for (Shelf.Item item : shelf.items()) {
            Replica before = put(item.key(), item.replica());
            if (before != item.replica()) {
                switches.add(new Switch(item.key(), before, item.replica()));
            }
        }
        readable.forEach((key, replica) -> {
            if (shelf.find(key) == null && readable.remove(key, replica)) {
                replica.onReplaced();
                switches.add(new Switch(key, replica, null));
            }
        });
        switches.forEach(each -> onlooker.switched(each.key, each.before, each.now));
        onlooker.replaced();
    }

    /** An object has been made. Delivery thread. */
    void show(long key, Replica replica) {
        Replica before = put(key, replica);
        if (before != replica) {
            onlooker.switched(key, before, replica);
        }
    }

    private @Nullable Replica put(long key, Replica replica) {
        Replica before = readable.get(key);
        if (before != null && before != replica) {
            before.onReplaced(); // first: who has seen the new one must not find the old one again
        }
        readable.put(key, replica);
        return before;
    }

    /** What can be read stays as it is: who remembers something of it must look whether another member runs by now. */
    void end() {
        readable.values().forEach(Replica::onReplaced);
    }
}
