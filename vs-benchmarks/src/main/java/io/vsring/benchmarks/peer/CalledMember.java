package io.vsring.benchmarks.peer;

/** A member of something whose calls are answered. All members are together when it has been opened. */
public interface CalledMember extends AutoCloseable {

    /** What it does over and over. */
    Work work();

    /** Leaves. */
    @Override
    void close();
}
