package io.vsring.benchmarks.peer;

/** Each caller takes every so-many-th key in turn. */
public final class Keys {

    private final int slots;
    private final int entries;
    private final int[] next;

    /** The keys of a map. */
    public Keys(CallPlan plan) {
        this.slots = plan.slots();
        this.entries = plan.entries();
        this.next = new int[slots];
    }

    /** The next key of this caller. */
    public String next(int slot) {
        int key = (slot + next[slot] * slots) % entries;
        next[slot] = (next[slot] + 1) % entries;
        return "key-" + key;
    }
}
