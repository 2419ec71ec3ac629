package io.vsring.test.hostile;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** The last datagrams that were heard. Any thread. */
final class Recent {

    private final int max;
    private final List<Captured> kept = new ArrayList<>(); // guarded by this
    private int next; // guarded by this

    /** @param max how many are kept */
    Recent(int max) {
        this.max = max;
    }

    synchronized void add(Captured heard) {
        if (kept.size() < max) {
            kept.add(heard);
        } else {
            kept.set(next, heard);
        }
        next = (next + 1) % max;
    }

    synchronized int size() {
        return kept.size();
    }

    /**
     * One of them.
     *
     * @throws IllegalStateException if there is none
     */
    synchronized Captured any(Random dice) {
        if (kept.isEmpty()) {
            throw new IllegalStateException("nothing has been heard of the members");
        }
        return kept.get(dice.nextInt(kept.size()));
    }
}
