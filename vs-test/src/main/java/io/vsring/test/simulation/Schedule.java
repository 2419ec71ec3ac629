package io.vsring.test.simulation;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is done to a cluster and by whom, all of it: together with the seed it says everything about a run.
 *
 * @param seed the chance of network and threads
 * @param shape the cluster
 * @param weather what the network does all the time
 * @param starts when each slot starts, in nanoseconds, slot 1 first
 * @param chaosNanos when everything is healed
 * @param faults what is done to it
 * @param operations what its applications do
 * @param lasting what stays when all else is healed, until the others have shown that they can do without; null for
 *     nothing
 * @param forgery how many of the datagrams that pass by make somebody without keys send one; {@link #PLAIN} if nobody
 *     has keys
 */
public record Schedule(
        Seed seed,
        ClusterShape shape,
        Weather weather,
        List<Long> starts,
        long chaosNanos,
        List<Fault> faults,
        List<Operation> operations,
        @Nullable Fault lasting,
        double forgery) {
    /** The members have no keys: who sends is believed. */
    static final double PLAIN = -1;

    public Schedule {
        starts = List.copyOf(starts);
        faults = List.copyOf(faults);
        operations = List.copyOf(operations);
    }

    /** The same, and the members have keys. */
    Schedule sealed(double forgeries) {
        return new Schedule(seed, shape, weather, starts, chaosNanos, faults, operations, lasting, forgeries);
    }

    /** Whether the members have keys. */
    boolean isSealed() {
        return forgery != PLAIN;
    }

    Schedule withFaults(List<Fault> kept) {
        return new Schedule(seed, shape, weather, starts, chaosNanos, kept, operations, lasting, forgery);
    }

    Schedule withOperations(List<Operation> kept) {
        return new Schedule(seed, shape, weather, starts, chaosNanos, faults, kept, lasting, forgery);
    }

    Schedule withWeather(Weather other) {
        return new Schedule(seed, shape, other, starts, chaosNanos, faults, operations, lasting, forgery);
    }

    Schedule withChaos(long nanos) {
        List<Fault> earlier =
                faults.stream().filter(fault -> fault.atNanos() < nanos).toList();
        List<Operation> before =
                operations.stream().filter(each -> each.atNanos() < nanos).toList();
        return new Schedule(seed, shape, weather, starts, nanos, earlier, before, lasting, forgery);
    }

    /** The same, but nothing is healed before that. */
    Schedule withChaosOfAtLeast(long nanos) {
        long chaos = Math.max(chaosNanos, nanos);
        return new Schedule(seed, shape, weather, starts, chaos, faults, operations, lasting, forgery);
    }

    Schedule withoutLasting() {
        return new Schedule(seed, shape, weather, starts, chaosNanos, faults, operations, null, forgery);
    }

    Schedule withStarts(List<Long> times) {
        return new Schedule(seed, shape, weather, times, chaosNanos, faults, operations, lasting, forgery);
    }

    /** As this one without the last slot; what concerned it is left out. */
    Schedule withoutLastSlot() {
        int slots = shape.slots() - 1;
        ClusterShape smaller = new ClusterShape(
                slots,
                shape.tokenLossMillis(),
                shape.frameBytes(),
                shape.windowFrames(),
                shape.visitFrames(),
                shape.acceleratedFrames(),
                shape.laneFrames(),
                shape.receiveBufferBytes());
        List<Fault> others =
                faults.stream().filter(fault -> fault.concernsAtMost(slots)).toList();
        Fault stays = lasting != null && lasting.concernsAtMost(slots) ? lasting : null;
        List<Operation> theirs =
                operations.stream().filter(each -> each.slot() <= slots).toList();
        return new Schedule(
                seed, smaller, weather, starts.subList(0, slots), chaosNanos, others, theirs, stays, forgery);
    }

    /** All of it, one line each. */
    List<String> lines() {
        List<String> lines = new ArrayList<>();
        lines.add("seed " + seed.value() + ", " + shape);
        lines.add("weather " + weather + (isSealed() ? ", sealed, forgery=" + forgery : ""));
        lines.add("starts at " + starts.stream().map(nanos -> nanos / 1_000_000).toList() + " ms, healed at "
                + chaosNanos / 1_000_000 + " ms");
        faults.forEach(fault -> lines.add("fault     " + fault));
        operations.forEach(operation -> lines.add("operation " + operation));
        if (lasting != null) {
            lines.add("lasting   " + lasting);
        }
        return lines;
    }
}
