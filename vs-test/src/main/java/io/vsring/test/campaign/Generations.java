package io.vsring.test.campaign;

import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;

/**
 * Has clients move on to a next generation every few thousand operations, and hands on what nobody uses. Any thread.
 */
final class Generations {

    private static final int USES_MAX = 3_000;
    private static final long AGE_MAX_NANOS = 20_000_000_000L;

    private final BlockingQueue<Generation> finished = new LinkedBlockingQueue<>();
    private final Map<Generation, Integer> inUse = new HashMap<>(); // guarded by this
    private Generation current = new Generation(0); // guarded by this
    private int uses; // guarded by this
    private long beganNanos; // guarded by this; only if it is in use

    /** Begins to use the current generation. */
    synchronized Generation enter() {
        if (uses >= USES_MAX || (uses > 0 && System.nanoTime() - beganNanos > AGE_MAX_NANOS)) {
            next();
        }
        if (uses == 0) {
            beganNanos = System.nanoTime();
        }
        uses++;
        inUse.merge(current, 1, Integer::sum);
        return current;
    }

    /** No more is recorded by this user of a generation. */
    synchronized void leave(Generation generation) {
        if (inUse.merge(generation, -1, Integer::sum) == 0) {
            inUse.remove(generation);
            if (generation != current) {
                finished.add(generation);
            }
        }
    }

    /** Ends the last generation, when all its users are gone. */
    synchronized void close() {
        if (!inUse.isEmpty()) {
            throw new IllegalStateException("expected that all clients have ended, found " + inUse.size());
        }
        next();
    }

    /** Generations that are to be judged, in the order in which they became so. */
    BlockingQueue<Generation> finished() {
        return finished;
    }

    private void next() {
        if (!inUse.containsKey(current)) {
            finished.add(current);
        }
        current = new Generation(current.number() + 1);
        uses = 0;
    }
}
