package io.vsring.ring;

import io.vsring.security.Keyring;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Collects the options of a member; {@link #build()} looks at them as a whole.
 *
 * <p>Not for several threads at once.
 *
 * @since 0.1
 */
public final class RingOptionsBuilder {

    /** As {@link #portFrom}: no port was given. */
    static final int NO_PORT = -1;

    String clusterName = "vs";
    int memberId;

    @Nullable
    String bindAddress;

    int portFrom = NO_PORT;
    int portTo = NO_PORT;

    @Nullable
    String advertisedHost;

    int advertisedPort;

    @Nullable
    String multicastGroup;

    @Nullable
    String multicastInterface;

    int multicastTtl = 1;
    RingOptions.NativeMode nativeMode = RingOptions.NativeMode.AUTO;
    int frameBytes = 1400;
    Duration busyPoll = Duration.ZERO;
    int receiveBufferBytes = 4 << 20;
    int sendBufferBytes = 1 << 20;
    int maxMessageBytes = 1 << 20;
    List<String> seeds = List.of();

    @Nullable
    SeedProvider seedProvider;

    Duration seedRefreshInterval = Duration.ofSeconds(5);
    Duration formationWait = Duration.ofSeconds(1);
    Duration leaveTimeout = Duration.ofSeconds(5);
    Duration tokenLossTimeout = Duration.ofMillis(800);
    Duration tokenRetransmitTimeout = Duration.ofMillis(80);
    Duration holdTimeout = Duration.ofMillis(200);
    Duration consensusTimeout = Duration.ofMillis(700);
    Duration commitLossTimeout = Duration.ofMillis(250);
    Duration joinInterval = Duration.ofMillis(30);
    Duration mergeInterval = Duration.ofMillis(200);
    Duration slowMemberTimeout = Duration.ofSeconds(30);
    Duration backoffMax = Duration.ofSeconds(60); // no option yet; see RingAssembly
    int windowFrames = 256;
    int windowFramesMax = 1024;
    int visitFrames = 64;
    int acceleratedFrames = 64;
    long sendQueueBytes;
    int deliveryLaneFrames = 4096;

    @Nullable
    Path stateDirectory;

    @Nullable
    Path traceFile;

    boolean insecurePlaintext;

    @Nullable
    Keyring keyring;

    RingOptionsBuilder() {}

    /** The cluster that the member belongs to. Members of clusters with other names do not see each other. */
    public RingOptionsBuilder clusterName(String name) {
        this.clusterName = name;
        return this;
    }

    /**
     * The slot of this member, an unsigned number that no other member of the cluster has. 0, the default, derives it
     * from the advertised host and port, or draws it if the port is an ephemeral one.
     */
    public RingOptionsBuilder memberId(int slot) {
        this.memberId = slot;
        return this;
    }

    /**
     * The local address: an IP address or host name, {@code loopback}, {@code any}, {@code site-local},
     * {@code if:eth0}, or a network such as {@code 10.0.0.0/8}. Default: loopback, or site-local if there are seeds on
     * other hosts, or may be.
     */
    public RingOptionsBuilder bindAddress(@Nullable String address) {
        this.bindAddress = address;
        return this;
    }

    /** The local port; 0 takes any free one. Default: {@value RingOptions#DEFAULT_PORT}, without seeds 0. */
    public RingOptionsBuilder port(int port) {
        return ports(port, port);
    }

    /** The local port: the first free one of these, both included. */
    public RingOptionsBuilder ports(int from, int to) {
        this.portFrom = from;
        this.portTo = to;
        return this;
    }

    /** The host under which others reach this member. Default: the address that it is bound to. */
    public RingOptionsBuilder advertisedHost(@Nullable String host) {
        this.advertisedHost = host;
        return this;
    }

    /** The port under which others reach this member. Default 0: the port that it is bound to. */
    public RingOptionsBuilder advertisedPort(int port) {
        this.advertisedPort = port;
        return this;
    }

    /** The multicast group, as {@code address} or {@code address:port}, that carries data frames. Default: none. */
    public RingOptionsBuilder multicastGroup(@Nullable String group) {
        this.multicastGroup = group;
        return this;
    }

    /** The network interface for multicast, by name. Default: the one of the local address. */
    public RingOptionsBuilder multicastInterface(@Nullable String name) {
        this.multicastInterface = name;
        return this;
    }

    /** How many routers a multicast datagram may pass, plus one. Default 1: none. */
    public RingOptionsBuilder multicastTtl(int ttl) {
        this.multicastTtl = ttl;
        return this;
    }

    /** What carries the datagrams. */
    public RingOptionsBuilder nativeMode(RingOptions.NativeMode mode) {
        this.nativeMode = mode;
        return this;
    }

    /**
     * The largest datagram, in bytes. Default 1,400. Over the path's MTU less 28 bytes it is fragmented, so that one
     * lost piece loses all of it; small ones cost more calls of the system for the same bytes.
     */
    public RingOptionsBuilder frameBytes(int bytes) {
        this.frameBytes = bytes;
        return this;
    }

    /**
     * What to ask the system for as receive buffer, in bytes. Default 4 MiB. Too small a one loses frames under load.
     */
    public RingOptionsBuilder receiveBufferBytes(int bytes) {
        this.receiveBufferBytes = bytes;
        return this;
    }

    /** What to ask the system for as send buffer, in bytes. Default 1 MiB. Too small a one loses frames of a burst. */
    public RingOptionsBuilder sendBufferBytes(int bytes) {
        this.sendBufferBytes = bytes;
        return this;
    }

    /** The longest message that this member may send, in bytes. Default 1 MiB. A large one holds up all behind it. */
    public RingOptionsBuilder maxMessageBytes(int bytes) {
        this.maxMessageBytes = bytes;
        return this;
    }

    /**
     * Where to look for others: {@code host}, {@code host:port} or {@code host:from-to}. They need not all be up. Names
     * are looked up again and again, as far as this JVM does not remember them ({@code networkaddress.cache.ttl}).
     */
    public RingOptionsBuilder seeds(List<String> seeds) {
        this.seeds = List.copyOf(seeds);
        return this;
    }

    /** As {@link #seeds(List)}. */
    public RingOptionsBuilder seeds(String... seeds) {
        return seeds(List.of(seeds));
    }

    /** Says, in place of {@link #seeds(List)}, where to look for others, again and again. Default: none. */
    public RingOptionsBuilder seedProvider(@Nullable SeedProvider provider) {
        this.seedProvider = provider;
        return this;
    }

    /**
     * How often to ask where others are, if they are not at addresses that are given. Default 5 s. Longer finds members
     * at new addresses later, shorter costs questions.
     */
    public RingOptionsBuilder seedRefreshInterval(Duration interval) {
        this.seedRefreshInterval = interval;
        return this;
    }

    /** How long to look for others, once it is known where, before the member is content with itself. Default 1 s. */
    public RingOptionsBuilder formationWait(Duration wait) {
        this.formationWait = wait;
        return this;
    }

    /** How long a leave may take until it is cut short, with unknown outcomes for what is on its way. Default 5 s. */
    public RingOptionsBuilder leaveTimeout(Duration timeout) {
        this.leaveTimeout = timeout;
        return this;
    }

    /**
     * How long the token may stay away before the ring is given up. Default 800 ms. Too short: pauses of a JVM break
     * rings. Too long: a host that died is noticed late.
     */
    public RingOptionsBuilder tokenLossTimeout(Duration timeout) {
        this.tokenLossTimeout = timeout;
        return this;
    }

    /**
     * How long to wait for a sign of the token that was sent before it is sent again. Default 80 ms. Too short: tokens
     * are sent twice for nothing. Too long: a lost one holds up the ring.
     */
    public RingOptionsBuilder tokenRetransmitTimeout(Duration timeout) {
        this.tokenRetransmitTimeout = timeout;
        return this;
    }

    /**
     * How long the token rests while nobody has anything to say. Default 200 ms. Shorter costs CPU on a silent ring;
     * with a longer one the death of a member of a silent ring is noticed later.
     */
    public RingOptionsBuilder holdTimeout(Duration timeout) {
        this.holdTimeout = timeout;
        return this;
    }

    /**
     * How long members that do not agree on a new ring are waited for. Default 700 ms. Too short: members that are only
     * slow are left out. Too long: a host that died holds up the others.
     */
    public RingOptionsBuilder consensusTimeout(Duration timeout) {
        this.consensusTimeout = timeout;
        return this;
    }

    /**
     * How long a proposed ring may take to come about. Default 250 ms; long enough for the largest ring to agree twice.
     */
    public RingOptionsBuilder commitLossTimeout(Duration timeout) {
        this.commitLossTimeout = timeout;
        return this;
    }

    /** How often a Join is said again. Default 30 ms. Longer makes up for a lost one later, shorter costs datagrams. */
    public RingOptionsBuilder joinInterval(Duration interval) {
        this.joinInterval = interval;
        return this;
    }

    /** How often other rings are looked for. Default 200 ms. Longer finds them later, shorter costs datagrams. */
    public RingOptionsBuilder mergeInterval(Duration interval) {
        this.mergeInterval = interval;
        return this;
    }

    /** How long a handler may not return, while the ring waits, before the ring goes on without it. Default 30 s. */
    public RingOptionsBuilder slowMemberTimeout(Duration timeout) {
        this.slowMemberTimeout = timeout;
        return this;
    }

    /**
     * Frames that all members together may send in one rotation, however many they are. By default 256, and 16 for each
     * member where these are more. Made smaller if the receive buffer does not hold them. Too few leave the network
     * idle, too many overrun slow members.
     */
    public RingOptionsBuilder windowFrames(int frames) {
        this.windowFrames = frames;
        this.windowFramesMax = frames;
        return this;
    }

    /**
     * New frames that this member sends at one visit of the token, at most: fewer for a while when many are lost.
     * Default 64. More lets the others wait longer.
     */
    public RingOptionsBuilder visitFrames(int frames) {
        this.visitFrames = frames;
        return this;
    }

    /**
     * For how long the loop thread looks at its sockets again and again before it waits to be woken. It does so only if
     * its last wait was no longer than that, so a ring at rest costs no more. Default 0, never: some 100 us shorten
     * what a message takes on a ring with little to do, at the price of processor time, and only where every member has
     * processors to spare: who looks for others to go first may wait for milliseconds where there are not enough.
     */
    public RingOptionsBuilder busyPoll(Duration limit) {
        this.busyPoll = limit;
        return this;
    }

    /**
     * How many of the frames of a visit, the last ones, are sent behind the token, so that the next member begins while
     * they are on their way (the Accelerated Ring; Babay and Amir, 2016). Default 64; 0: all go before it.
     */
    public RingOptionsBuilder acceleratedFrames(int frames) {
        this.acceleratedFrames = frames;
        return this;
    }

    /** Bytes of accepted messages that may wait to be sent. Default 0: 4 MiB and one message of the largest size. */
    public RingOptionsBuilder sendQueueBytes(long bytes) {
        this.sendQueueBytes = bytes;
        return this;
    }

    /**
     * Frames that may wait for the handler before this member slows the ring down. Default 4,096, or 64 MiB of them.
     */
    public RingOptionsBuilder deliveryLaneFrames(int frames) {
        this.deliveryLaneFrames = frames;
        return this;
    }

    /**
     * A directory in which the ring sequence survives restarts. Default: none, the clock sees to it that it grows.
     * Members may share it if their slots differ; a second one with the same slot does not start.
     */
    public RingOptionsBuilder stateDirectory(@Nullable Path directory) {
        this.stateDirectory = directory;
        return this;
    }

    /**
     * A file that gets one JSON line for each thing that this member submits, sends, delivers or installs. It goes on
     * behind what is in it. While a member writes it, no other one with the same file starts.
     */
    public RingOptionsBuilder traceFile(@Nullable Path file) {
        this.traceFile = file;
        return this;
    }

    /** Allows datagrams to leave this host readable and unsigned: whoever can send to the port can join the ring. */
    public RingOptionsBuilder insecurePlaintext() {
        this.insecurePlaintext = true;
        return this;
    }

    /**
     * The secrets that this member shares with the others: each datagram is encrypted and authenticated with a key that
     * is derived from the active one. Default: none, and then nothing leaves this host.
     */
    public RingOptionsBuilder keyring(@Nullable Keyring keys) {
        this.keyring = keys;
        return this;
    }

    /**
     * The options, if they are in order.
     *
     * @throws IllegalArgumentException naming everything that is not, each with the property to change
     */
    public RingOptions build() {
        RingOptionsBuilder values = copy();
        RingOptionsCheck check = new RingOptionsCheck(values);
        List<String> violations = check.violations();
        if (!violations.isEmpty()) {
            throw new IllegalArgumentException(
                    violations.size() == 1 ? violations.get(0) : "- " + String.join("\n- ", violations));
        }
        return new RingOptions(values, check.seeds(), check.multicastGroup());
    }

    int effectivePortFrom() {
        if (portFrom == NO_PORT) {
            return seeds.isEmpty() && seedProvider == null ? 0 : RingOptions.DEFAULT_PORT;
        }
        return portFrom;
    }

    int effectivePortTo() {
        return portFrom == NO_PORT ? effectivePortFrom() : portTo;
    }

    RingOptionsBuilder copy() {
        RingOptionsBuilder copy = new RingOptionsBuilder();
        copy.clusterName = clusterName;
        copy.memberId = memberId;
        copy.bindAddress = bindAddress;
        copy.portFrom = portFrom;
        copy.portTo = portTo;
        copy.advertisedHost = advertisedHost;
        copy.advertisedPort = advertisedPort;
        copy.multicastGroup = multicastGroup;
        copy.multicastInterface = multicastInterface;
        copy.multicastTtl = multicastTtl;
        copy.nativeMode = nativeMode;
        copy.frameBytes = frameBytes;
        copy.receiveBufferBytes = receiveBufferBytes;
        copy.sendBufferBytes = sendBufferBytes;
        copy.maxMessageBytes = maxMessageBytes;
        copy.busyPoll = busyPoll;
        copy.seeds = seeds;
        copy.seedProvider = seedProvider;
        copy.seedRefreshInterval = seedRefreshInterval;
        copy.formationWait = formationWait;
        copy.leaveTimeout = leaveTimeout;
        copy.tokenLossTimeout = tokenLossTimeout;
        copy.tokenRetransmitTimeout = tokenRetransmitTimeout;
        copy.holdTimeout = holdTimeout;
        copy.consensusTimeout = consensusTimeout;
        copy.commitLossTimeout = commitLossTimeout;
        copy.joinInterval = joinInterval;
        copy.mergeInterval = mergeInterval;
        copy.slowMemberTimeout = slowMemberTimeout;
        copy.backoffMax = backoffMax;
        copy.windowFrames = windowFrames;
        copy.windowFramesMax = windowFramesMax;
        copy.visitFrames = visitFrames;
        copy.acceleratedFrames = acceleratedFrames;
        copy.sendQueueBytes = sendQueueBytes;
        copy.deliveryLaneFrames = deliveryLaneFrames;
        copy.stateDirectory = stateDirectory;
        copy.traceFile = traceFile;
        copy.insecurePlaintext = insecurePlaintext;
        copy.keyring = keyring;
        return copy;
    }
}
