package io.vsring.test.simulation;

import io.vsring.ring.RingSequenceStore;

/** What a slot keeps on its disk from one incarnation to the next. */
final class SlotMemory implements RingSequenceStore {

    /** Who is told when something is written. */
    interface Reader {
        void wrote(long before, long now);
    }

    private final Reader reader;
    private long highest;

    SlotMemory(Reader reader) {
        this.reader = reader;
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
        long before = highest;
        highest = Math.max(highest, ringSequence);
        reader.wrote(before, ringSequence);
    }
}
