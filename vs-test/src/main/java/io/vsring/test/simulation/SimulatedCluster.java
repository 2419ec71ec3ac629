package io.vsring.test.simulation;

import io.vsring.ConfigurationChange;
import io.vsring.MemberId;
import io.vsring.MemberSet;
import io.vsring.RingConfiguration;
import io.vsring.ring.RingOptions;
import io.vsring.test.check.History;
import io.vsring.test.check.MemberTrace;
import io.vsring.test.check.Violation;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * A whole cluster in one thread: production rings on virtual time and a simulated network, all chance from one seed.
 *
 * <p>Slots count from 1. Every claim of extended virtual synchrony is judged, some while the cluster runs, some at the
 * end only: {@link #requireSound()} says that all of them hold. Not safe for threads.
 */
public final class SimulatedCluster {
    /** What becomes of a slot's disk when it starts again. */
    public enum Disk {
        /** It holds what it held. */
        KEPT,
        /** It is empty. */
        LOST
    }

    private static final long STEPS_MAX = 20_000_000;
    private static final long CLOCK_ERROR_MAX = 3_600_000;

    private final Seed seed;
    private final ClusterShape shape;
    private final EventQueue queue = new EventQueue();
    private final Dice incarnations;
    private final Dice chance;
    private final Coverage coverage = new Coverage();
    private final History history = new History(queue::now, queue::steps);
    private final SimulatedNetwork network;
    private final CoverageWatch watch;
    private final InsideWatch inside;
    private final @Nullable SimulatedMember[] members;
    private final SlotMemory[] memories;
    private final Map<Integer, byte[]> scratch = new HashMap<>();
    private final SimulatedSeeds seeds;
    private Application application = Application.SILENT;
    private Story story = Story.UNTOLD;
    private @Nullable ObjectsOnMembers objects;
    private @Nullable SimulatedKeys keys;
    private @Nullable RuntimeException broken;
    private long hash;

    /** A cluster in which nobody has started yet. */
    public SimulatedCluster(Seed seed, ClusterShape shape) {
        this.seed = seed;
        this.shape = shape;
        this.incarnations = seed.stream("incarnations");
        this.chance = seed.stream("loops");
        this.watch = new CoverageWatch(this);
        this.inside = new InsideWatch(this);
        this.network = new SimulatedNetwork(queue, seed.stream("network"), watch, shape.slots());
        this.seeds = new SimulatedSeeds(shape);
        this.members = new @Nullable SimulatedMember[shape.slots() + 1];
        this.memories = new SlotMemory[shape.slots() + 1];
        Arrays.setAll(memories, slot -> new SlotMemory((before, now) -> wrote(slot, before, now)));
    }

    /** What runs on top of the members from now on. */
    public void run(Application next) {
        application = next;
    }

    /** Members that start from now on have replicated objects. */
    void withObjects(ObjectsOnMembers layer) {
        this.objects = layer;
    }

    /** Members that start from now on have keys. */
    void withKeys(SimulatedKeys all) {
        this.keys = all;
    }

    @Nullable
    SimulatedKeys keys() {
        return keys;
    }

    @Nullable
    ObjectsOnMembers objects() {
        return objects;
    }

    /** Who is told what happens from now on. */
    public void tell(Story listener) {
        story = listener;
    }

    /** Starts a new incarnation in this slot. */
    public SimulatedMember start(int slot, Disk disk) {
        SlotMemory memory = memories[slot];
        if (disk == Disk.LOST) {
            memory.lose(clock());
        }
        MemberId id = new MemberId(slot, incarnation());
        return start(slot, disk == Disk.LOST ? history.startedBlank(id) : history.started(id), memory);
    }

    /** Starts a process in this slot that claims the id of the member in another one. */
    public SimulatedMember startTwin(int slot, int claimed) {
        if (objects != null) {
            objects.twin();
        }
        SlotMemory memory = new SlotMemory((before, now) -> wrote(slot, before, now));
        memory.lose(clock());
        return start(slot, history.startedBeside(new MemberId(claimed, incarnation())), memory);
    }

    private long clock() {
        return queue.now() / 1_000_000 + CLOCK_ERROR_MAX + incarnations.below((int) CLOCK_ERROR_MAX);
    }

    private long incarnation() {
        return (incarnations.next() >>> 8) | 1;
    }

    /** I12: a member agrees to rings of growing sequences only, over its restarts too. */
    private void wrote(int slot, long before, long now) {
        if (now <= before) {
            violated("I12", "slot " + slot + " agreed to a ring of sequence " + now + " after one of " + before);
        }
        watch.persisted(slot);
    }

    private SimulatedMember start(int slot, MemberTrace trace, SlotMemory memory) {
        MemberId id = trace.id();
        SimulatedMember before = members[slot];
        if (before != null) {
            before.count(coverage);
        }
        if (before != null && before.isThere()) {
            throw new IllegalStateException("slot " + slot + " runs already: crash it or let it leave first");
        }
        SimulatedLoop loop = new SimulatedLoop(queue, chance);
        SimulatedLoop delivery = new SimulatedLoop(queue, chance);
        SimulatedTransport transport = network.open(slot, loop, shape.receiveBufferBytes());
        SimulatedMember member = new SimulatedMember(this, transport, trace, loop, delivery);
        members[slot] = member;
        inside.started(slot);
        story.done("start " + id);
        RingOptions options = shape.options(slot, id.id(), keys == null ? null : keys.of(slot));
        member.start(seeds.set(options, slot), memory, incarnations.next());
        return member;
    }

    /** Starts all slots at once, each for the first time. */
    public void startAll() {
        for (int slot = 1; slot <= shape.slots(); slot++) {
            start(slot, Disk.KEPT);
        }
    }

    /** The process in this slot dies. False if there is none. */
    public boolean crash(int slot) {
        SimulatedMember member = member(slot);
        if (member == null) {
            return false;
        }
        watch.crashed(member);
        story.done("crash " + member);
        member.crash();
        if (objects != null) {
            objects.gone(member);
        }
        return true;
    }

    /** The process in this slot stands still for so long, and then goes on as if nothing had been. */
    public void pause(int slot, long nanos) {
        SimulatedMember member = member(slot);
        if (member != null) {
            coverage.saw(nanos < shape.tokenLossNanos() ? Sometimes.PAUSED_SHORTLY : Sometimes.PAUSED_LONG);
            story.done("pause " + member + " for " + nanos / 1_000_000 + " ms");
            inside.sleeps(slot, nanos);
            member.loop().pauseUntil(queue.now() + nanos);
            member.deliveryLoop().pauseUntil(queue.now() + nanos);
        }
    }

    /** Each task and each datagram costs the member in this slot so much from now on. */
    public void slow(int slot, long costNanos) {
        SimulatedMember member = member(slot);
        if (member != null) {
            story.done("slow " + member + " to " + costNanos / 1_000 + " us");
            member.loop().costs(costNanos);
        }
    }

    /** Each turn of the application of the member in this slot costs so much from now on. */
    public void slowHandler(int slot, long costNanos) {
        SimulatedMember member = member(slot);
        if (member != null) {
            story.done("slow handler of " + member + " to " + costNanos / 1_000 + " us");
            member.deliveryLoop().costs(costNanos);
        }
    }

    /** The application of the member in this slot does not return for so long from what it was told last. */
    public void blockHandler(int slot, long nanos) {
        SimulatedMember member = member(slot);
        if (member != null) {
            story.done("block handler of " + member + " for " + nanos / 1_000_000 + " ms");
            member.deliveryLoop().pauseUntil(queue.now() + nanos);
        }
    }

    /** The application of the member in this slot returns, if it was blocked. */
    public void unblockHandler(int slot) {
        SimulatedMember member = member(slot);
        if (member != null) {
            story.done("unblock handler of " + member);
            member.deliveryLoop().resume();
        }
    }

    /** The socket in this slot holds so much from now on. */
    public void receiveBuffer(int slot, int bytes) {
        SimulatedMember member = member(slot);
        if (member != null) {
            story.done("receive buffer of " + member + " " + bytes + " bytes");
            member.transport().bufferBytes(bytes);
        }
    }

    /** The member in this slot leaves in good order. */
    public void leave(int slot) {
        SimulatedMember member = member(slot);
        if (member != null) {
            story.done("leave " + member);
            member.leave();
        }
    }

    /** What the members are told of where others are. */
    public SimulatedSeeds seeds() {
        return seeds;
    }

    /** What is between the members. */
    public SimulatedNetwork network() {
        return network;
    }

    /** The member that runs in this slot; null if none does. */
    public @Nullable SimulatedMember member(int slot) {
        SimulatedMember member = members[slot];
        return member != null && member.isThere() ? member : null;
    }

    /** All members that run. */
    public List<SimulatedMember> living() {
        List<SimulatedMember> living = new ArrayList<>();
        for (SimulatedMember member : members) {
            if (member != null && member.isThere()) {
                living.add(member);
            }
        }
        return living;
    }

    /** Lets the next thing happen, if it happens up to then and nothing has been found wrong. */
    public boolean step(long untilNanos) {
        if (history.violation() != null) {
            return false;
        }
        if (queue.steps() > STEPS_MAX) {
            history.violated("X2", "the run does not end: " + STEPS_MAX + " steps");
            return false;
        }
        try {
            boolean happened = queue.next(untilNanos);
            if (broken != null) {
                throw new AssertionError("the simulator itself failed, no member did", broken);
            }
            return happened;
        } catch (RuntimeException | StackOverflowError thrown) {
            history.violated("X1", "an exception left a thread: " + textOf(thrown));
            return false;
        }
    }

    /** Does something that is no member's doing: if it fails, that is no finding, and ends the run with an error. */
    void outside(Runnable action) {
        try {
            action.run();
        } catch (RuntimeException failure) {
            broken = failure;
        }
    }

    /** Lets everything happen that happens in so long. */
    public void runFor(long nanos) {
        long until = queue.now() + nanos;
        while (step(until)) {
            // all is in the step
        }
    }

    /** Lets things happen until this holds, but not for longer than that; returns whether it holds. */
    public boolean runUntil(BooleanSupplier holds, long nanosMax) {
        long until = queue.now() + nanosMax;
        long slice = Math.max(1, shape.tokenLossNanos() / 40);
        while (!holds.getAsBoolean()) {
            if (queue.now() >= until || history.violation() != null) {
                return false;
            }
            long sliceEnd = Math.min(until, queue.now() + slice);
            while (step(sliceEnd)) {
                // all is in the step
            }
        }
        return true;
    }

    /** Whether all that live are in one regular configuration, and nobody owes anything to anybody. */
    public boolean isSettled() {
        for (SimulatedMember member : members) {
            if (member != null && member.isOnItsWayOut()) {
                return false; // it may still wake up, gather and say goodbye
            }
        }
        return isSettled(living());
    }

    /** Whether these are in one regular configuration without anybody else, and owe nothing to anybody. */
    public boolean isSettled(List<SimulatedMember> together) {
        MemberSet all = MemberSet.of(together.stream().map(SimulatedMember::id).toList());
        return areTogether(together)
                && (together.isEmpty()
                        || Objects.requireNonNull(together.get(0).trace().configuration())
                                .members()
                                .equals(all));
    }

    /** Whether these are in one regular configuration, perhaps with others, and owe nothing to anybody. */
    boolean areTogether(List<SimulatedMember> members) {
        return areOnOneRing(members)
                && members.stream()
                        .allMatch(
                                member -> member.owesNothing() && member.trace().isUpToDate());
    }

    /** Whether these are in one regular configuration, perhaps with others, and at work. */
    boolean areOnOneRing(List<SimulatedMember> members) {
        return members.stream().allMatch(member -> {
            RingConfiguration own = member.trace().configuration();
            return own != null
                    && !own.isTransitional()
                    && own.equals(members.get(0).trace().configuration())
                    && member.isWell();
        });
    }

    /** Adds to the coverage what the members of now have counted themselves; at the end of a run. */
    void countReasons() {
        for (SimulatedMember member : members) {
            if (member != null) {
                member.count(coverage);
            }
        }
    }

    /**
     * Judges all that has happened, with the claims about what should have happened by now, which nobody can judge
     * while things still happen. If the cluster has settled nothing may be owed any more. May be called again later.
     *
     * @throws AssertionError with the claim that does not hold, and what the members did before
     */
    public void requireSound() {
        end();
        Violation found = history.violation();
        if (found != null) {
            throw new AssertionError(found.toString());
        }
    }

    /** Judges what can be judged only when the run is over; returns what was found wrong, or null. */
    public @Nullable Violation end() {
        List<MemberId> living = living().stream().map(SimulatedMember::id).toList();
        if (history.violation() == null && !living.isEmpty() && isSettled()) {
            history.endedQuietly(List.of(MemberSet.of(living)));
        } else {
            history.endedAnyhow();
        }
        return history.violation();
    }

    /** What was found wrong so far; null if nothing was. The rest is found by {@link #requireSound()}. */
    public @Nullable Violation violation() {
        return history.violation();
    }

    /** What the members did. */
    public History history() {
        return history;
    }

    /** How often what happened. */
    public Coverage coverage() {
        return coverage;
    }

    /** Virtual time since the beginning, in nanoseconds. */
    public long now() {
        return queue.now();
    }

    /** Events so far. */
    public long steps() {
        return queue.steps();
    }

    /** Stands for the whole run so far: two runs that differ anywhere differ here. */
    public long hash() {
        return hash;
    }

    /** The shape of the cluster. */
    public ClusterShape shape() {
        return shape;
    }

    /** The seed of the cluster. */
    public Seed seed() {
        return seed;
    }

    EventQueue queue() {
        return queue;
    }

    InsideWatch inside() {
        return inside;
    }

    CoverageWatch watch() {
        return watch;
    }

    Story story() {
        return story;
    }

    Application application() {
        return application;
    }

    byte[] scratch(int length) {
        return scratch.computeIfAbsent(length, byte[]::new);
    }

    void note(int slot, long first, long second) {
        hash = Dice.mix(hash ^ (Dice.GAMMA * slot + queue.now())) ^ (first * 31 + second);
    }

    void violated(String predicate, String fact, MemberTrace... concerned) {
        history.violated(predicate, fact, concerned);
    }

    void died(SimulatedMember member, Throwable failure) {
        history.violated("X1", member + " failed: " + textOf(failure), member.trace());
    }

    void installed(SimulatedMember member, ConfigurationChange change) {
        watch.installed(member, change);
        inside.installed(member, change);
    }

    void closed(SimulatedMember member) {
        if (objects != null) {
            objects.gone(member);
        }
        member.transport().close();
    }

    private static String textOf(Throwable thrown) {
        StringWriter text = new StringWriter();
        thrown.printStackTrace(new PrintWriter(text));
        return text.toString();
    }
}
