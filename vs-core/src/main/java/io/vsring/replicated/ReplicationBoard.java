package io.vsring.replicated;

import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** What the delivery thread shows to all others: the status, and the replicas that may be read. */
final class ReplicationBoard {

    private final ConcurrentHashMap<Long, Replica> readable = new ConcurrentHashMap<>();
    private volatile PrimaryStatus status = PrimaryStatus.UNKNOWN;

    PrimaryStatus status() {
        return status;
    }

    void show(PrimaryStatus now) {
        status = now;
    }

    /** The object of this key as it is here; null if there is none. Any thread. */
    @Nullable
    Replica find(long key) {
        return readable.get(key);
    }

    /** Another set of objects is the state from now on. Delivery thread. */
    void show(Shelf shelf) {
        for (Shelf.Item item : shelf.items()) {
            show(item.key(), item.replica());
        }
        readable.forEach((key, replica) -> {
            if (shelf.find(key) == null && readable.remove(key, replica)) {
                replica.onReplaced();
            }
        });
    }

    /** An object has been made. Delivery thread. */
    void show(long key, Replica replica) {
        Replica before = readable.get(key);
        if (before != null && before != replica) {
            before.onReplaced(); // first: who has seen the new one must not find the old one again
        }
        readable.put(key, replica);
    }

    /** What can be read stays as it is: who remembers something of it must look whether another member runs by now. */
    void end() {
        readable.values().forEach(Replica::onReplaced);
    }
}
