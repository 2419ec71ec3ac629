package io.vsring.test.campaign;

import io.vsring.test.linearizability.FencedWrite;
import java.util.ArrayList;
import java.util.List;

/** Something behind a lock that compares fencing tokens, as whoever uses such a lock should. Any thread. */
final class FencedResource {

    private final List<FencedWrite> accepted = new ArrayList<>(); // guarded by this
    private long newest = Long.MIN_VALUE; // guarded by this

    /**
     * Writes.
     *
     * @return false if somebody with a newer token has written, and this one has slept
     */
    synchronized boolean write(long token) {
        if (token < newest) {
            return false;
        }
        newest = token;
        accepted.add(new FencedWrite(token, System.nanoTime()));
        return true;
    }

    synchronized List<FencedWrite> accepted() {
        return List.copyOf(accepted);
    }
}
