package io.vsring.benchmarks.peer;

/** What is measured. */
public enum Mode {
    /** How many messages per second come out, with as many in flight as keep the ring busy. */
    THROUGHPUT(Subject.MESSAGES),
    /** How long a message takes from its offer to its own delivery, with few in flight. */
    LATENCY(Subject.MESSAGES),
    /** What a silent ring costs, and how long a message takes that wakes it. */
    IDLE(Subject.MESSAGES),
    /** For how long the others are given nothing when a member is lost, while all send. */
    FAILOVER(Subject.MESSAGES),
    /** How many datagrams per second get from one sender to all others, without a ring. */
    RAW(Subject.MESSAGES),
    /** How many locks per second are acquired and released. */
    LOCKS(Subject.OBJECTS),
    /** How many values per second are put into a map. */
    MAP(Subject.OBJECTS),
    /** How many times per second a counter is incremented. */
    COUNTER(Subject.OBJECTS),
    /** What it costs the others that a member joins a map that is full, while they write. */
    JOIN(Subject.OBJECTS);

    /** What is called. */
    public enum Subject {
        MESSAGES,
        OBJECTS
    }

    private final Subject subject;

    Mode(Subject subject) {
        this.subject = subject;
    }

    /** What is called to measure it. */
    public Subject subject() {
        return subject;
    }
}
