package io.vsring.replicated;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
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
 * @param mapOperations the code of the application's own {@linkplain MapOperation operations} on entries of maps; the
 *     same on all members, but for what is being rolled out
 * @param clock the time at which a history begins, in milliseconds since 1970
 * @param limits how a state is sent to those that lack it
 */
public record ReplicationOptions(
        int expectedMembers,
        Duration callTimeout,
        Map<String, Supplier<Replica>> kinds,
        List<MapOperation<?, ?, ?>> mapOperations,
        LongSupplier clock,
        TransferLimits limits) {

    private static final Duration CALL_TIMEOUT = Duration.ofSeconds(10);

    public ReplicationOptions {
        mapOperations = List.copyOf(mapOperations);
        MapOperations unused = new MapOperations(mapOperations); // refuses what contradicts itself
    }

    /** Nobody knows how many members there are; calls wait for ten seconds; no kinds and operations but our own. */
    public static ReplicationOptions defaults() {
        return new ReplicationOptions(
                0, CALL_TIMEOUT, new TreeMap<>(), List.of(), System::currentTimeMillis, TransferLimits.defaults());
    }

    /** As these, with so many members expected. */
    public ReplicationOptions expecting(int members) {
        return new ReplicationOptions(members, callTimeout, kinds, mapOperations, clock, limits);
    }

    /** As these, with the code of these kinds of objects, by their names. */
    public ReplicationOptions withKinds(Map<String, Supplier<Replica>> others) {
        return new ReplicationOptions(expectedMembers, callTimeout, others, mapOperations, clock, limits);
    }

    /** As these, with the code of these operations besides. */
    public ReplicationOptions withMapOperations(MapOperation<?, ?, ?>... operations) {
        List<MapOperation<?, ?, ?>> all = new ArrayList<>(mapOperations);
        all.addAll(List.of(operations));
        return new ReplicationOptions(expectedMembers, callTimeout, kinds, all, clock, limits);
    }

    /** As these, with another clock. */
    public ReplicationOptions withClock(LongSupplier other) {
        return new ReplicationOptions(expectedMembers, callTimeout, kinds, mapOperations, other, limits);
    }

    /** As these, with other limits. */
    public ReplicationOptions withLimits(TransferLimits other) {
        return new ReplicationOptions(expectedMembers, callTimeout, kinds, mapOperations, clock, other);
    }
}
