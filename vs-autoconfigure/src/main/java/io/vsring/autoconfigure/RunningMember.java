package io.vsring.autoconfigure;

import io.vsring.replicated.ReplicatedObjects;
import io.vsring.ring.RingClosedException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The member that runs now, as the lifecycle says. Any thread. */
final class RunningMember implements Supplier<ReplicatedObjects> {

    private final int phase;
    private volatile @Nullable ReplicatedObjects objects;

    /** @param phase of the lifecycle, for whoever comes too early */
    RunningMember(int phase) {
        this.phase = phase;
    }

    /** @throws RingClosedException if none does */
    @Override
    public ReplicatedObjects get() {
        ReplicatedObjects current = objects;
        if (current == null) {
            throw new RingClosedException("the ring of this application context is not started, or has been stopped: it"
                    + " runs from lifecycle phase " + phase + " on, that is after all singletons have been"
                    + " made and initialized. Use it from an ApplicationRunner, a listener or a request");
        }
        return current;
    }

    @Nullable
    ReplicatedObjects orNull() {
        return objects;
    }

    void is(@Nullable ReplicatedObjects now) {
        objects = now;
    }
}
