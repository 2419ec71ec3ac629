package io.vsring.replicated;

import io.vsring.Guarantee;
import io.vsring.ring.Fill;
import io.vsring.ring.Ring;
import io.vsring.ring.RingHandler;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The replicated objects of one member: each has a name, and is the same on all members of the primary component.
 *
 * <pre>{@code
 * ReplicatedObjects objects = ReplicatedObjects.open(
 *         ReplicationOptions.defaults(), handler, ReplicationListener.NONE, ringOptions::open);
 * objects.ring().start();
 * ReplicatedCounter visits = objects.counter("visits");
 * visits.incrementAndGet();
 * }</pre>
 *
 * <p><b>Threading.</b> Any thread may take objects and call them. What waits must not be called on the ring's own
 * threads; the asynchronous forms may.
 */
public final class ReplicatedObjects {

    /** The group of the messages that the objects send: nobody else may send to it, and handlers are not told of it. */
    public static final String GROUP = CommandRouter.GROUP;

    private final Supplier<RunningObjects> running;
    private final Duration callTimeout;
    private final Audience audience;
    private final DistributedLocks locks;

    private ReplicatedObjects(Supplier<RunningObjects> running, Duration callTimeout, Audience audience) {
        this.running = running;
        this.audience = audience;
        this.callTimeout = callTimeout;
        this.locks = new DistributedLocks(() -> running.get().locks());
    }

    /**
     * Opens a ring with replicated objects on it. It is to be started by the caller.
     *
     * @param application is told of all messages and configurations but those of the objects themselves
     * @param opener opens a ring for a handler, such as {@code RingOptions::open}
     */
    public static ReplicatedObjects open(
            ReplicationOptions options,
            RingHandler application,
            ReplicationListener listener,
            Function<RingHandler, Ring> opener) {
        return open(options, application, listener, opener, new Audience(false));
    }

    private static ReplicatedObjects open(
            ReplicationOptions options,
            RingHandler application,
            ReplicationListener listener,
            Function<RingHandler, Ring> opener,
            Audience audience) {
        RunningObjects opened = RunningObjects.open(options, application, listener, opener, audience);
        return new ReplicatedObjects(() -> opened, options.callTimeout(), audience);
    }

    /**
     * The objects of whatever member runs at the moment of a call: they can be taken before there is one, and outlive
     * it. A lock that was held by a member does not. Who listens to maps and stands in elections here does so with each
     * member that is {@linkplain #openMember opened here}.
     *
     * @param callTimeout how long a call waits for its answer
     * @param member is asked at each call; what it throws while no member runs is what the caller gets
     */
    public static ReplicatedObjects of(Duration callTimeout, Supplier<ReplicatedObjects> member) {
        return new ReplicatedObjects(() -> member.get().running.get(), callTimeout, new Audience(true));
    }

    /**
     * As {@link #open}, of a member with which those go on who listen or stand here. One after the other: the last one
     * must have ended.
     *
     * @return the objects of that member alone
     */
    public ReplicatedObjects openMember(
            ReplicationOptions options,
            RingHandler application,
            ReplicationListener listener,
            Function<RingHandler, Ring> opener) {
        return open(options, application, listener, opener, audience);
    }

    /** The ring on which the objects are. */
    public Ring ring() {
        return running.get().ring();
    }

    /** Whether this member may change objects. Never blocks. */
    public PrimaryStatus status() {
        return running.get().status();
    }

    /** All that {@link #fills} tells of. */
    public static List<String> resources() {
        List<String> names = new ArrayList<>(StateResource.words());
        names.addAll(RunningObjects.RESOURCES);
        return names;
    }

    /** How full is what the objects of this member keep; {@code docs/resources.md} says what it is. Any thread. */
    public Map<String, Fill> fills() {
        return running.get().fills();
    }

    /**
     * An operator's word that the members that are here go on as the primary component, although others that are not
     * here may hold more: for when those are gone for good, and what they knew with them.
     *
     * <p><b>What it may cost.</b> The best state that is here goes on. What was acknowledged and is not in it is lost,
     * on members that come back too; if the others live and have gone on meanwhile, all that they did is given up when
     * they meet these here. Make sure that they are not running.
     *
     * @param expectedMembers how many members there are from now on, at most twice those that are here less one;
     *     whatever they were told when they were started. 0: nobody knows
     * @return done when this member has taken the word to spread it: {@link #status} tells what comes of it. Fails with
     *     {@link IllegalStateException} if the members that are here can go on by themselves, or do
     * @throws IllegalArgumentException if so many members cannot have a majority here
     */
    public CompletableFuture<@Nullable Void> bootstrap(int expectedMembers) {
        return running.get().bootstrap(expectedMembers);
    }

    /** The counter of this name, 0 where it has never been changed; its changes are safe. */
    public ReplicatedCounter counter(String name) {
        return counter(name, Guarantee.SAFE);
    }

    /** The counter of this name, changed under this guarantee. */
    public ReplicatedCounter counter(String name, Guarantee guarantee) {
        return new ReplicatedCounter(custom(name, CounterReplica.KIND, guarantee));
    }

    /** The map of this name, empty where nothing has been put into it; its changes are safe. */
    public <K, V> ReplicatedMap<K, V> map(String name, Codec<K> keys, Codec<V> values) {
        return map(name, keys, values, Guarantee.SAFE);
    }

    /** The map of this name, changed under this guarantee. */
    public <K, V> ReplicatedMap<K, V> map(String name, Codec<K> keys, Codec<V> values, Guarantee guarantee) {
        return new ReplicatedMap<>(custom(name, MapReplica.KIND, guarantee), new MapCodecs<>(name, keys, values), null);
    }

    /**
     * An object that there is, since it has been called.
     *
     * @param kind {@code map}, {@code counter}, {@code locks}, {@code elections}, or one of
     *     {@link ReplicationOptions#kinds}
     */
    public record Listed(String name, String kind) {}

    /**
     * What objects there are, as this member knows it at one place of the order. Asks nobody, so it works in a minority
     * too.
     *
     * @param max not more than so many are given, and always the same ones
     */
    public CompletableFuture<List<Listed>> listAsync(int max) {
        return running.get().list(max);
    }

    /** The locks of the ring. */
    public DistributedLocks locks() {
        return locks;
    }

    /** The election of this name. */
    public LeaderElection election(String name) {
        return new LeaderElection(name, audience);
    }

    /** An object of one's own kind, whose code is in {@link ReplicationOptions#kinds}. */
    public ReplicaHandle custom(String name, String kind, Guarantee guarantee) {
        return new ReplicaHandle(running, audience, callTimeout, name, kind, guarantee);
    }

    /**
     * Leaves: makes no more calls, waits until all that were made are answered and until those that stay hold the
     * state, if they cannot go on without this member before, gives its vote back, so that they go on however few they
     * are, and leaves the ring. What takes longer than the leave timeout is cut short.
     *
     * @return done when the ring has been left; never fails
     */
    public CompletableFuture<Void> leave() {
        return running.get().leave();
    }
}
