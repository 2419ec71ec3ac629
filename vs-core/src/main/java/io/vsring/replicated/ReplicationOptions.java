package io.vsring.replicated;

import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * How the replicated objects of a member are kept.
 *
 * @param expectedMembers how many members there are to be: fewer than a majority of these change nothing. 0: nobody
 *     knows; then the first members that meet begin a history, and two groups that start apart begin two
 * @param callTimeout how long a call waits for its answer
 * @param kinds the code of the application's own kinds of objects, by names that are the same on all members
 * @param mustNotWait whether the calling thread is one that must not wait for an answer; the ring's own never may
 * @param clock the time at which a history begins, in milliseconds since 1970
 */
public record ReplicationOptions(
        int expectedMembers,
        Duration callTimeout,
        Map<String, Supplier<Replica>> kinds,
        BooleanSupplier mustNotWait,
        LongSupplier clock) {

    private static final Duration CALL_TIMEOUT = Duration.ofSeconds(10);

    /** Nobody knows how many members there are; calls wait for ten seconds; no kinds but our own. */
    public static ReplicationOptions defaults() {
        return new ReplicationOptions(0, CALL_TIMEOUT, new TreeMap<>(), () -> false, System::currentTimeMillis);
    }

    /** As these, with so many members expected. */
    public ReplicationOptions expecting(int members) {
        return new ReplicationOptions(members, callTimeout, kinds, mustNotWait, clock);
    }

    /** As these, with calls that wait so long for their answers. */
    public ReplicationOptions waiting(Duration timeout) {
        return new ReplicationOptions(expectedMembers, timeout, kinds, mustNotWait, clock);
    }

    /** As these, with further threads that must not wait for an answer. */
    public ReplicationOptions refusingToWait(BooleanSupplier onThisThread) {
        return new ReplicationOptions(expectedMembers, callTimeout, kinds, onThisThread, clock);
    }

    /** As these, with another clock. */
    public ReplicationOptions withClock(LongSupplier other) {
        return new ReplicationOptions(expectedMembers, callTimeout, kinds, mustNotWait, other);
    }
}
