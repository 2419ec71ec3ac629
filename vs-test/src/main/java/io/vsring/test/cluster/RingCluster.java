package io.vsring.test.cluster;

import io.vsring.ConfigurationChange;
import io.vsring.Delivery;
import io.vsring.replicated.PrimaryStatus;
import io.vsring.replicated.ReplicatedObjects;
import io.vsring.replicated.ReplicationOptions;
import io.vsring.ring.RingHandler;
import io.vsring.test.check.Violation;
import io.vsring.test.simulation.Application;
import io.vsring.test.simulation.ClusterShape;
import io.vsring.test.simulation.LinkProfile;
import io.vsring.test.simulation.QuietObjects;
import io.vsring.test.simulation.Seed;
import io.vsring.test.simulation.SimulatedCluster;
import io.vsring.test.simulation.SimulatedCluster.Disk;
import io.vsring.test.simulation.SimulatedMember;
import io.vsring.test.simulation.SimulatedNetwork.LossRule;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * A ring for one test: members of production code in one thread, on virtual time and a simulated network. The same seed
 * and the same calls give the same history each time, on every machine.
 *
 * <p>Members count from 1, and that number is the first part of their ids. All start at once, on a good network, and
 * have replicated objects that expect all of them. Nothing happens but within the methods that let time go on:
 * {@link #advance} and those that begin with {@code await}. Whatever is wrong by the claims of extended virtual
 * synchrony ends them with an {@link AssertionError}. Not safe for threads.
 */
public final class RingCluster {
    /** How much virtual time a wait may take: more than any ring needs that can come together at all. */
    public static final Duration PATIENCE = Duration.ofMinutes(2);

    /** Whoever waits for an answer does so in the only thread that could bring it about. */
    static final BooleanSupplier NO_WAITING = () -> {
        throw new IllegalStateException("virtual time stands still while a test waits: call the asynchronous form, and"
                + " let ring.await(...) wait for its future");
    };

    private final SimulatedCluster cluster;
    private final QuietObjects objects;
    private final ClusterStory story;
    private final List<ClusterMember> members = new ArrayList<>();
    private final List<LossRule> lossRules = new ArrayList<>();
    private List<Set<Integer>> parts;
    private LinkProfile links = LinkProfile.calm();
    private @Nullable Function<ClusterMember, RingHandler> application;

    private RingCluster(int size, long seed) {
        cluster = new SimulatedCluster(new Seed(seed), ClusterShape.of(size));
        objects = QuietObjects.on(
                cluster, ReplicationOptions.defaults().expecting(size).refusingToWait(NO_WAITING));
        story = new ClusterStory(cluster);
        cluster.tell(story);
        cluster.run(new Recorded());
        parts = List.of(numbers(size));
        for (int number = 1; number <= size; number++) {
            members.add(new ClusterMember(this, number));
            start(number);
        }
    }

    /**
     * A ring whose members have just been started.
     *
     * @param members how many, 1 to 64
     * @param seed what all chance comes from
     */
    public static RingCluster of(int members, long seed) {
        if (members < 1 || members > 64) {
            throw new IllegalArgumentException("a simulated ring has 1 to 64 members, not " + members);
        }
        return new RingCluster(members, seed);
    }

    /** The member of this number, from 1. */
    public ClusterMember member(int number) {
        checkNumber(number);
        return members.get(number - 1);
    }

    /** All members, those that do not run as well. */
    public List<ClusterMember> members() {
        return List.copyOf(members);
    }

    /** The number that this history came from. */
    public long seed() {
        return cluster.seed().value();
    }

    /** Virtual time since the start. */
    public Duration now() {
        return Duration.ofNanos(cluster.now());
    }

    /**
     * What runs on top of the members: is told all that they are, as the handler of a real ring.
     *
     * @param factory makes the handler of a member: now for those that run, later for each that is started again
     */
    public void application(Function<ClusterMember, RingHandler> factory) {
        application = factory;
        members.stream().filter(ClusterMember::isRunning).forEach(member -> member.runs(factory.apply(member)));
    }

    // --- time

    /** Lets everything happen that happens in this time. */
    public void advance(Duration time) {
        cluster.runFor(time.toNanos());
        requireNothingWrong();
    }

    /**
     * Lets time go on until all members that run, and can reach each other, are in one configuration, owe each other no
     * message, and know whether they are primary.
     *
     * @throws AssertionError if that takes longer than {@link #PATIENCE}
     */
    public void awaitOperational() {
        awaitUntil("the ring to be operational", this::isOperational);
    }

    /**
     * Lets time go on until the answer is there, and returns it.
     *
     * @throws AssertionError if that takes longer than {@link #PATIENCE}
     * @throws RuntimeException what the answer failed with
     */
    public <T extends @Nullable Object> T await(CompletableFuture<T> answer) {
        awaitUntil("an answer", answer::isDone);
        try {
            return answer.join();
        } catch (CompletionException failed) {
            throw failed.getCause() instanceof RuntimeException cause ? cause : failed;
        }
    }

    /**
     * Lets time go on until this holds; it is looked at every few milliseconds of virtual time.
     *
     * @param what is waited for, for the failure
     * @throws AssertionError if that takes longer than {@link #PATIENCE}
     */
    public void awaitUntil(String what, BooleanSupplier holds) {
        if (!cluster.runUntil(holds, PATIENCE.toNanos())) {
            requireNothingWrong();
            throw new AssertionError(
                    "waited " + PATIENCE.toSeconds() + "s of virtual time for " + what + ", in vain\n" + report());
        }
    }

    // --- faults

    /** The process of this member dies, between two instructions, and says nothing. */
    public void crash(int number) {
        requireRunning(number);
        cluster.crash(number);
    }

    /** Starts a member again that has crashed or left: a new incarnation, which remembers its ring sequence only. */
    public void restart(int number) {
        checkNumber(number);
        if (cluster.member(number) != null) {
            throw new IllegalStateException("member " + number + " runs already: crash(" + number + ") it first");
        }
        start(number);
    }

    /** The member leaves in good order. It is gone once time has gone on. */
    public void leave(int number) {
        requireRunning(number);
        cluster.leave(number);
    }

    /** The process of this member stands still for so long, and then goes on as if nothing had been. */
    public void pause(int number, Duration time) {
        requireRunning(number);
        cluster.pause(number, time.toNanos());
    }

    /**
     * Nothing gets from one part to another from now on. It takes the place of an earlier partition.
     *
     * @param apart the parts, by the numbers of their members; members that are in none of them are one more part
     */
    @SafeVarargs
    public final void partition(Set<Integer>... apart) {
        Set<Integer> others = numbers(members.size());
        List<Set<Integer>> all = new ArrayList<>();
        for (Set<Integer> part : apart) {
            part.forEach(this::checkNumber);
            if (!others.containsAll(part)) {
                throw new IllegalArgumentException(
                        "a member is in one part only: " + part + " has some of an earlier one");
            }
            others.removeAll(part);
            all.add(new TreeSet<>(part));
        }
        if (!others.isEmpty()) {
            all.add(others);
        }
        parts = all;
        cluster.network().unblockAll();
        cluster.network().split(all.stream().mapToLong(RingCluster::bits).toArray());
        story.done("partition " + all);
    }

    /** So many datagrams are lost, from 0 to 1, until {@link #heal()}. */
    public void drop(double share) {
        links(links.losing(share));
    }

    /** So many datagrams arrive twice, from 0 to 1, until {@link #heal()}. */
    public void duplicate(double share) {
        links(links.duplicating(share));
    }

    /** So many datagrams do not wait for those in front of them, from 0 to 1, until {@link #heal()}. */
    public void reorder(double share) {
        links(links.shuffling(share, Math.max(links.jitterNanos(), links.delayNanos())));
    }

    /** A datagram takes at least so long, and a tenth more in the mean, until {@link #heal()}. */
    public void delay(Duration time) {
        LinkProfile calm = LinkProfile.calm(time.toNanos());
        links(new LinkProfile(
                calm.delayNanos(),
                calm.jitterNanos(),
                links.loss(),
                links.burst(),
                links.duplicate(),
                links.overtake(),
                links.truncate()));
    }

    /** The next datagram for which this holds is lost on that way; those after it are not. */
    public void dropNext(LossRule which) {
        lossRules.add(which);
        cluster.network().lose((packet, to) -> lossRules.removeIf(rule -> rule.loses(packet, to)));
    }

    /** A good network again: no partition, no loss, no delay. Who has crashed stays so, who is paused too. */
    public void heal() {
        parts = List.of(numbers(members.size()));
        links = LinkProfile.calm();
        lossRules.clear();
        cluster.network().heal(links.delayNanos());
        story.done("heal");
    }

    // --- what is known

    /**
     * Judges all that has happened so far by the claims of extended virtual synchrony; docs/simulation.md lists them.
     *
     * @throws AssertionError with the claim that does not hold, and what the members did before
     */
    public void requireSound() {
        cluster.requireSound();
    }

    /** All that happened, as text; of a long run the last of it. docs/simulation.md says how to read it. */
    public String trace() {
        return story.lines();
    }

    /** How the members stand, and what happened last. */
    public String report() {
        return "seed " + seed() + ", " + cluster.now() / 1_000_000 + " ms of virtual time"
                + (parts.size() > 1 ? ", partition " + parts : "")
                + members.stream().map(member -> "\n  " + member).collect(Collectors.joining())
                + "\nlast happened (ms of virtual time):\n" + story.highlights();
    }

    @Override
    public String toString() {
        return "ring of " + members.size() + " members, seed " + seed();
    }

    @Nullable
    SimulatedMember simulated(int number) {
        return cluster.member(number);
    }

    @Nullable
    ReplicatedObjects objectsOf(SimulatedMember member) {
        return objects.of(member);
    }

    /** What is to be said of a member that runs besides. */
    String textOf(int number) {
        SimulatedMember running = cluster.member(number);
        if (running == null) {
            return "";
        }
        ReplicatedObjects known = objects.of(running);
        return (running.isWell() ? "" : running.isOnItsWayOut() ? ", leaves" : ", looks for its next ring")
                + (known == null ? "" : ", " + known.status().state());
    }

    /** The cluster behind it, for tests of this package. */
    SimulatedCluster cluster() {
        return cluster;
    }

    private void start(int number) {
        ClusterMember member = members.get(number - 1);
        SimulatedMember started = cluster.start(number, Disk.KEPT);
        member.begins(started.id());
        if (application != null) {
            member.runs(application.apply(member));
        }
    }

    private boolean isOperational() {
        return cluster.living().stream().noneMatch(SimulatedMember::isOnItsWayOut)
                && parts.stream().allMatch(this::isOperational);
    }

    private boolean isOperational(Set<Integer> part) {
        List<SimulatedMember> running = part.stream()
                .map(cluster::member)
                .filter(Objects::nonNull)
                .map(Objects::requireNonNull)
                .toList();
        return cluster.isSettled(running)
                && running.stream()
                        .map(objects::of)
                        .noneMatch(known -> known == null || known.status().state() == PrimaryStatus.State.UNDECIDED);
    }

    private void links(LinkProfile profile) {
        links = profile;
        for (int from = 1; from <= members.size(); from++) {
            for (int to = 1; to <= members.size(); to++) {
                cluster.network().link(from, to, profile);
            }
        }
        story.done("network " + profile);
    }

    private void requireNothingWrong() {
        Violation found = cluster.violation();
        if (found != null) {
            throw new AssertionError(found.toString());
        }
    }

    private void requireRunning(int number) {
        checkNumber(number);
        if (cluster.member(number) == null) {
            throw new IllegalStateException("member " + number + " does not run");
        }
    }

    private void checkNumber(int number) {
        if (number < 1 || number > members.size()) {
            throw new IllegalArgumentException("members have numbers from 1 to " + members.size() + ", not " + number);
        }
    }

    private static Set<Integer> numbers(int size) {
        return IntStream.rangeClosed(1, size).boxed().collect(Collectors.toCollection(TreeSet::new));
    }

    /** As {@code SimulatedNetwork.split} takes them: bit 0 stands for 64. */
    private static long bits(Set<Integer> part) {
        return part.stream().mapToLong(number -> 1L << number).reduce(0, (all, bit) -> all | bit);
    }

    /** Takes down what the members are told, and hands it on. */
    private final class Recorded implements Application {
        @Override
        public void onMessage(SimulatedMember member, Delivery delivery) {
            if (!delivery.group().equals(ReplicatedObjects.GROUP)) {
                member(member.slot()).onMessage(delivery);
            }
        }

        @Override
        public void onConfigurationChange(SimulatedMember member, ConfigurationChange change) {
            member(member.slot()).onConfigurationChange(change);
        }
    }
}
