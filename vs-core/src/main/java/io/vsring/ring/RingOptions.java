package io.vsring.ring;

import static java.util.Objects.requireNonNull;

import io.vsring.protocol.ProtocolOptions;
import io.vsring.security.Keyring;
import io.vsring.wire.RingSettings;
import io.vsring.wire.WireFormat;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How one member is set up: immutable, and valid as a whole.
 *
 * <p>Made by {@link #builder()}. The names of the {@code vs.*} properties in the texts of exceptions are those of the
 * Spring side; without Spring they stand for the builder's methods of the same meaning.
 *
 * @since 0.1
 */
public final class RingOptions {

    /** What carries the datagrams. */
    public enum NativeMode {
        /** Epoll where it can be had, else NIO. */
        AUTO,
        /** Linux epoll; the start fails where it cannot be had. */
        EPOLL,
        /** The JDK's own sockets. */
        NIO
    }

    /** The longest message that a member can be allowed to send: 64 MiB. */
    public static final int MESSAGE_BYTES_CAP = 64 << 20;

    /** Bytes of UTF-8 that the name of a group has at most. */
    public static final int GROUP_BYTES_MAX = WireFormat.GROUP_BYTES_MAX;

    /** The port of a member that has seeds and was not given a port. */
    public static final int DEFAULT_PORT = 7460;

    private static final long LANE_BYTES = 64L << 20;

    private final RingOptionsBuilder values;
    private final List<Seed> seeds;
    private final @Nullable MulticastGroup multicastGroup;

    RingOptions(RingOptionsBuilder values, List<Seed> seeds, @Nullable MulticastGroup multicastGroup) {
        this.values = values;
        this.seeds = List.copyOf(seeds);
        this.multicastGroup = multicastGroup;
    }

    /** A builder with the defaults: a ring on loopback, alone until it is given seeds. */
    public static RingOptionsBuilder builder() {
        return new RingOptionsBuilder();
    }

    /** A builder that starts with these options. */
    public RingOptionsBuilder toBuilder() {
        return values.copy();
    }

    /**
     * Opens a member with these options on a UDP socket. It does nothing until {@link Ring#start()}.
     *
     * <p>The socket is bound, the threads exist and the address is known when this returns. Whoever opens a ring has to
     * {@linkplain Ring#close() close} it, started or not.
     *
     * @param handler is told of messages and configurations, on the delivery thread
     * @param observers see what the member does, each before the handler does
     * @throws RingStartException if the socket cannot be bound, a seed is not where plain text may go, or the directory
     *     for the state cannot be used; the text says what to change
     */
    public Ring open(RingHandler handler, RingObserver... observers) {
        requireNonNull(handler, "handler");
        for (RingObserver observer : observers) {
            requireNonNull(observer, "observer");
        }
        return new RingOpening(this).open(handler, List.of(observers));
    }

    /** The cluster that the member belongs to; datagrams of other clusters are refused. */
    public String clusterName() {
        return values.clusterName;
    }

    /** The slot of this member, or 0 if it is derived from the advertised address. */
    public int memberId() {
        return values.memberId;
    }

    /** The longest message that this member may send, in bytes. */
    public int maxMessageBytes() {
        return values.maxMessageBytes;
    }

    /** The largest datagram, in bytes. */
    public int frameBytes() {
        return values.frameBytes;
    }

    /** Bytes of accepted messages, with {@value Mail#OVERHEAD_BYTES} added for each, that may wait to be sent. */
    public long sendQueueBytes() {
        return values.sendQueueBytes != 0 ? values.sendQueueBytes : (4L << 20) + values.maxMessageBytes;
    }

    /**
     * Frames that may wait for the handler before this member slows the ring down. Frames of together 64 MiB slow it
     * down as well, however few they are: with large frames their number alone would not bound the memory.
     */
    public int deliveryLaneFrames() {
        return values.deliveryLaneFrames;
    }

    /** Where to look for others, as it was given. */
    public List<String> seeds() {
        return seeds.stream().map(Seed::text).toList();
    }

    /** What is asked where to look for others, or null. */
    public @Nullable SeedProvider seedProvider() {
        return values.seedProvider;
    }

    /** Whether this member looks for others at all; if not, it stays alone unless somebody comes to it. */
    public boolean hasSeeds() {
        return !seeds.isEmpty() || values.seedProvider != null;
    }

    /** How often to ask where others are, if they are not at addresses that are given. */
    public Duration seedRefreshInterval() {
        return values.seedRefreshInterval;
    }

    /** How long to look for others, once it is known where, before the member is content with itself. */
    public Duration formationWait() {
        return values.formationWait;
    }

    /** How long a leave may take until it is cut short. */
    public Duration leaveTimeout() {
        return values.leaveTimeout;
    }

    /** How long the token may stay away before the ring is given up. */
    public Duration tokenLossTimeout() {
        return values.tokenLossTimeout;
    }

    /** Where the ring sequence is kept over restarts, or null. */
    public @Nullable Path stateDirectory() {
        return values.stateDirectory;
    }

    /** The file of the trace, or null. */
    public @Nullable Path traceFile() {
        return values.traceFile;
    }

    /** Whether datagrams may leave this host readable and unsigned. */
    public boolean isInsecurePlaintext() {
        return values.insecurePlaintext;
    }

    /** The secrets that this member shares with the others when it starts, or null if it has none. */
    public @Nullable Keyring keyring() {
        return values.keyring;
    }

    /** Whether datagrams may leave this host. */
    boolean mayLeaveHost() {
        return values.insecurePlaintext || values.keyring != null;
    }

    /**
     * Frames that all members together may send in one rotation, before it has been made to fit the receive buffer; of
     * a large ring {@link #windowFramesMax}.
     */
    public int windowFrames() {
        return values.windowFrames;
    }

    /** The same for the largest ring. */
    int windowFramesMax() {
        return values.windowFramesMax;
    }

    /** What the system is asked for as receive buffer. */
    int receiveBufferBytes() {
        return values.receiveBufferBytes;
    }

    /** Whether the port is one that the system chooses, and so means nothing to the next start. */
    boolean hasEphemeralPort() {
        return values.effectivePortTo() == 0 && values.advertisedPort == 0;
    }

    RingOptionsBuilder values() {
        return values;
    }

    List<Seed> parsedSeeds() {
        return seeds;
    }

    /** Whether nobody has to be asked where others are. */
    boolean hasFixedSeeds() {
        return values.seedProvider == null && seeds.stream().allMatch(Seed::isLiteral);
    }

    /** How much may wait for the handler. */
    DeliveryLane.Bounds laneBounds(int storeFrames) {
        return new DeliveryLane.Bounds(values.deliveryLaneFrames, LANE_BYTES, values.frameBytes, storeFrames);
    }

    @Nullable
    MulticastGroup multicastGroup() {
        return multicastGroup;
    }

    /** What the protocol needs to know. */
    ProtocolOptions protocolOptions(WindowFit window) {
        return protocolOptions(values, window.frames(), window.framesMax());
    }

    static ProtocolOptions protocolOptions(RingOptionsBuilder values, int windowFrames, int windowFramesMax) {
        ProtocolOptions defaults = ProtocolOptions.defaults();
        RingSettings settings = new RingSettings(
                defaults.settings().version(),
                values.frameBytes,
                windowFrames,
                values.tokenLossTimeout.toNanos(),
                values.tokenRetransmitTimeout.toNanos(),
                values.holdTimeout.toNanos());
        return new ProtocolOptions(
                settings,
                windowFramesMax,
                defaults.minVersion(),
                values.visitFrames,
                values.acceleratedFrames,
                Math.max(defaults.storeFrames(), 4 * windowFramesMax),
                values.consensusTimeout.toNanos(),
                values.commitLossTimeout.toNanos(),
                values.joinInterval.toNanos(),
                values.mergeInterval.toNanos(),
                values.slowMemberTimeout.toNanos(),
                values.backoffMax.toNanos(),
                defaults.stuckVisits(),
                defaults.missVisits(),
                defaults.maxMembers());
    }
}
