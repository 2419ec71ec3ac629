package io.vsring.test.simulation;

import io.vsring.ring.RingSequenceStore;

/** What a slot keeps on its disk from one incarnation to the next. */
final class SlotMemory implements RingSequenceStore {
    private final Runnable persisted;
    private long highest;

    /** Whoever wants to know when something has been written can be told. */
    SlotMemory(Runnable persisted) {
        this.persisted = persisted;
    }

    /** The disk is lost: counting begins with the clock, as it does for a member without a disk. */
    void lose(long clock) {
        highest = clock;
    }

    @Override
    public long initial() {
        return highest;
    }

    @Override
    public void persist(long ringSequence) {
        highest = Math.max(highest, ringSequence);
        persisted.run();
    }
}
