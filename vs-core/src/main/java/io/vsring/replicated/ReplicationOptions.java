package io.vsring.replicated;

import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * How the replicated objects of a member are kept.
 *
 * @param expectedMembers how many members there are to be: fewer than a majority of these change nothing. 0: nobody
 *     knows; then the first members that meet begin a history, and two groups that start apart begin two
 * @param callTimeout how long a call waits for its answer
 * @param kinds the code of the application's own kinds of objects, by names that are the same on all members
 * @param clock the time at which a history begins, in milliseconds since 1970
 * @param limits how a state is sent to those that lack it
 */
public record ReplicationOptions(
        int expectedMembers,
        Duration callTimeout,
        Map<String, Supplier<Replica>> kinds,
        LongSupplier clock,
        TransferLimits limits) {

    private static final Duration CALL_TIMEOUT = Duration.ofSeconds(10);

    /** Nobody knows how many members there are; calls wait for ten seconds; no kinds but our own. */
    public static ReplicationOptions defaults() {
        return new ReplicationOptions(
                0, CALL_TIMEOUT, new TreeMap<>(), System::currentTimeMillis, TransferLimits.defaults());
    }

    /** As these, with so many members expected. */
    public ReplicationOptions expecting(int members) {
        return new ReplicationOptions(members, callTimeout, kinds, clock, limits);
    }

    /** As these, with another clock. */
    public ReplicationOptions withClock(LongSupplier other) {
        return new ReplicationOptions(expectedMembers, callTimeout, kinds, other, limits);
    }

    /** As these, with other limits. */
    public ReplicationOptions withLimits(TransferLimits other) {
        return new ReplicationOptions(expectedMembers, callTimeout, kinds, clock, other);
    }
}
