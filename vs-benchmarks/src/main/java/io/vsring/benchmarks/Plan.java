package io.vsring.benchmarks;

import io.vsring.Guarantee;
import io.vsring.benchmarks.peer.Mode;
import io.vsring.benchmarks.peer.Peer;
import io.vsring.ring.RingOptions;
import io.vsring.ring.RingOptionsBuilder;
import io.vsring.wire.WireFormat;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * One run, as the command line describes it. Parent and members read the same words.
 *
 * @param mode what is measured
 * @param peer of what
 * @param members members of the ring
 * @param senders how many of them send: the last ones, so that a single one is not the representative
 * @param size bytes of a message
 * @param guarantee what is asked for each message
 * @param measuredNanos length of the measured window; of an idle run, of its silent part and of its other part each
 * @param warmNanos length of the same load before the window
 * @param inFlight messages of one sender, or calls of one member, that may wait
 * @param intervalNanos the time from one message of a sender to the next, where that is given
 * @param loss of a run that loses a member
 * @param objects what is done with replicated objects
 * @param tuning how the members are set up
 * @param placement where and how the members are started
 */
record Plan(
        Mode mode,
        Peer peer,
        int members,
        int senders,
        int size,
        Guarantee guarantee,
        long measuredNanos,
        long warmNanos,
        int inFlight,
        long intervalNanos,
        Loss loss,
        Objects objects,
        Tuning tuning,
        Placement placement) {

    private static final int AS_DEFAULT = -1;
    private static final int DEFAULT_VISIT_FRAMES = 64;
    private static final int PORT_MAX = 65_535;
    private static final int VISITS_IN_FLIGHT = 4;
    private static final int IN_FLIGHT_MIN = 64;
    private static final int IN_FLIGHT_MAX = 16_384;
    private static final int CALLS_IN_FLIGHT = 100;
    private static final int PEER_IN_FLIGHT_MIN = 16;
    private static final int PEER_IN_FLIGHT_MAX = 2_000;
    private static final int PEER_BYTES_IN_FLIGHT = 16 << 20;

    /** In 5 s three JVMs on two cores have compiled so little that locks are ten times slower than they become. */
    private static final String WARM_SECONDS = "5";

    private static final String WARM_SECONDS_OF_CALLS = "40";
    private static final int ENTRIES = 10_000;
    private static final int JOIN_ENTRIES = 1_000_000;
    private static final int IDLE_INTERVAL = 250;
    private static final int FAILOVER_IN_FLIGHT = 4_096;

    /** A call has to fit into the largest message of a ring that is not set up otherwise. */
    private static final int VALUE_BYTES_MAX = 1_000_000;

    /** What the ring calls our options. */
    private static final Map<String, Option> PROPERTIES = Map.of(
            "vs.transport.mtu", Option.MTU,
            "vs.transport.receive-buffer", Option.RECEIVE_BUFFER,
            "vs.transport.busy-poll", Option.BUSY_POLL,
            "vs.transport.multicast-group", Option.MULTICAST,
            "vs.ring.window-frames", Option.WINDOW_FRAMES,
            "vs.ring.visit-frames", Option.VISIT_FRAMES,
            "vs.ring.accelerated-frames", Option.ACCELERATED_FRAMES);

    /** What a message costs in a frame besides its bytes. */
    private static final int MESSAGE_OVERHEAD_BYTES = 4;

    /**
     * What is done with replicated objects.
     *
     * @param approach where the locks are
     * @param entries keys of the map
     * @param valueBytes bytes of each value
     */
    record Objects(Approach approach, int entries, int valueBytes) {}

    /**
     * How members are set up; 0 leaves a number to the ring's own default.
     *
     * @param frameBytes the largest datagram
     * @param windowFrames frames of all members in one rotation
     * @param visitFrames frames of one member at one visit
     * @param acceleratedFrames of these how many behind the token; -1: as many as by default
     * @param busyPoll for how long sockets are looked at before a wait
     * @param receiveBufferBytes the socket's buffer
     * @param nativeMode what carries the datagrams
     * @param envelope what they are in
     * @param multicastGroup the group that carries frames, or null
     */
    record Tuning(
            int frameBytes,
            int windowFrames,
            int visitFrames,
            int acceleratedFrames,
            Duration busyPoll,
            int receiveBufferBytes,
            RingOptions.NativeMode nativeMode,
            Envelope envelope,
            @Nullable String multicastGroup) {

        RingOptionsBuilder applyTo(RingOptionsBuilder builder) {
            builder.frameBytes(frameBytes).nativeMode(nativeMode).multicastGroup(multicastGroup);
            builder.keyring(envelope.keyring());
            if (windowFrames > 0) {
                builder.windowFrames(windowFrames);
            }
            if (visitFrames > 0) {
                builder.visitFrames(visitFrames);
            }
            if (acceleratedFrames != AS_DEFAULT) {
                builder.acceleratedFrames(acceleratedFrames);
            }
            builder.busyPoll(busyPoll);
            if (receiveBufferBytes > 0) {
                builder.receiveBufferBytes(receiveBufferBytes);
            }
            return builder;
        }
    }

    /**
     * Where members are started, and how.
     *
     * @param hosts the address of each member
     * @param port the first member's port, or 0
     * @param launch words before java
     * @param jvmFlags further flags
     * @param recordings directory for flight recordings, or null
     */
    record Placement(
            List<String> hosts,
            int port,
            String launch,
            String jvmFlags,
            @Nullable Path recordings) {}

    /** @throws IllegalArgumentException saying which option is wrong, and what was expected */
    static Plan parse(Mode mode, Arguments arguments) {
        int members = members(mode, arguments);
        boolean busy = mode == Mode.THROUGHPUT;
        int senders = arguments.number(Option.SENDERS, 0, busy || mode == Mode.FAILOVER ? members : 1);
        if (senders > members) {
            throw new IllegalArgumentException(
                    "--senders must be at most --members (" + members + "), not " + senders + "");
        }
        int size =
                atMost(Option.SIZE, RingOptions.MESSAGE_BYTES_CAP, arguments.number(Option.SIZE, 1, busy ? 1024 : 64));
        Tuning tuning = tuning(arguments);
        checkRing(tuning, size);
        Peer peer = peer(mode, arguments);
        int inFlight = arguments.number(Option.IN_FLIGHT, 1, inFlight(mode, peer, tuning, size));
        return new Plan(
                mode,
                peer,
                members,
                senders,
                size,
                guarantee(mode, arguments),
                arguments.nanosOfSeconds(Option.SECONDS, ""),
                arguments.nanosOfSeconds(
                        Option.WARM, isOfObjects(mode) && mode != Mode.JOIN ? WARM_SECONDS_OF_CALLS : WARM_SECONDS),
                inFlight,
                arguments.number(Option.INTERVAL, 1, mode == Mode.FAILOVER ? 1 : IDLE_INTERVAL) * 1_000_000L,
                loss(arguments, members),
                objects(mode, arguments),
                tuning,
                placement(arguments, members));
    }

    private static int members(Mode mode, Arguments arguments) {
        int members = atMost(Option.MEMBERS, WireFormat.MEMBERS_MAX, arguments.number(Option.MEMBERS, 1, 0));
        String alone = switch (mode) {
            case JOIN -> "the last one joins the others";
            case FAILOVER -> "one of them is lost";
            case RAW -> "the first one sends to the others";
            default -> "";
        };
        if (members == 1 && !alone.isEmpty()) {
            throw new IllegalArgumentException(
                    "--members must be at least 2 for " + mode.name().toLowerCase(Locale.ROOT) + ": " + alone);
        }
        return members;
    }

    private static Loss loss(Arguments arguments, int members) {
        return new Loss(
                arguments.word(Option.LOSS, Loss.Way.class),
                atMost(Option.LOST, members, arguments.number(Option.LOST, 1, members)));
    }

    private static Peer peer(Mode mode, Arguments arguments) {
        Peer peer = arguments.word(Option.PEER, Peer.class);
        if (peer != Peer.VS) {
            if (!peer.measures(mode)) {
                throw new IllegalArgumentException("--peer " + peer.word() + " has nothing to compare with "
                        + mode.name().toLowerCase(Locale.ROOT));
            }
            if (!arguments.text(Option.GUARANTEE, "agreed").equals("agreed")) {
                throw new IllegalArgumentException(
                        "--guarantee must be agreed for " + peer.word() + ": it has nothing else");
            }
        }
        return peer;
    }

    private static boolean isOfObjects(Mode mode) {
        return mode.subject() == Mode.Subject.OBJECTS;
    }

    private static Guarantee guarantee(Mode mode, Arguments arguments) {
        String otherwise = isOfObjects(mode) ? "safe" : "agreed";
        Guarantee guarantee = arguments.word(Option.GUARANTEE, Guarantee.class, otherwise);
        if (mode == Mode.LOCKS && guarantee != Guarantee.SAFE) {
            throw new IllegalArgumentException("--guarantee must be safe for locks: they are always so");
        }
        return guarantee;
    }

    private static Objects objects(Mode mode, Arguments arguments) {
        Approach approach = arguments.word(Option.APPROACH, Approach.class);
        if (approach == Approach.SERVER && mode != Mode.LOCKS) {
            throw new IllegalArgumentException("--approach must be ring but for locks: the server has nothing else");
        }
        return new Objects(
                approach,
                arguments.number(Option.ENTRIES, 1, mode == Mode.JOIN ? JOIN_ENTRIES : ENTRIES),
                atMost(Option.VALUE_BYTES, VALUE_BYTES_MAX, arguments.number(Option.VALUE_BYTES, 1, 0)));
    }

    private static int atMost(Option option, int largest, int value) {
        if (value > largest) {
            throw new IllegalArgumentException("--" + option.word() + " must be at most " + largest + ", not " + value);
        }
        return value;
    }

    /** Now, in one place, and not once in each member's process; in one line, and in our own words. */
    private static void checkRing(Tuning tuning, int size) {
        try {
            RingOptions unused = tuning.applyTo(
                            RingOptions.builder().port(1024).maxMessageBytes(Math.max(1 << 20, size)))
                    .build();
        } catch (IllegalArgumentException e) {
            String violations = String.valueOf(e.getMessage())
                    .lines()
                    .map(line -> line.startsWith("- ") ? line.substring(2) : line)
                    .collect(Collectors.joining("; "));
            throw new IllegalArgumentException(inOptions(violations), e);
        }
    }

    private static String inOptions(String violations) {
        String text = violations;
        for (Map.Entry<String, Option> property : PROPERTIES.entrySet()) {
            text = text.replace(property.getKey(), "--" + property.getValue().word());
        }
        return text;
    }

    private static Tuning tuning(Arguments arguments) {
        return new Tuning(
                arguments.number(Option.MTU, 512, 0),
                arguments.number(Option.WINDOW_FRAMES, 2, 0),
                arguments.number(Option.VISIT_FRAMES, 1, 0),
                arguments.number(Option.ACCELERATED_FRAMES, 0, AS_DEFAULT),
                Duration.ofNanos(1_000L * arguments.number(Option.BUSY_POLL, 0, 0)),
                arguments.number(Option.RECEIVE_BUFFER, 1024, 0),
                arguments.word(Option.NATIVE, RingOptions.NativeMode.class),
                arguments.word(Option.ENVELOPE, Envelope.class),
                arguments.text(Option.MULTICAST));
    }

    private static int inFlight(Mode mode, Peer peer, Tuning tuning, int size) {
        if (isOfObjects(mode)) {
            return CALLS_IN_FLIGHT;
        }
        if (mode == Mode.FAILOVER) {
            return FAILOVER_IN_FLIGHT;
        }
        if (mode != Mode.THROUGHPUT) {
            return 1;
        }
        return peer == Peer.VS ? inFlight(tuning, size) : peerInFlight(size);
    }

    /** Enough for the queue to be full when the token comes, little enough for the latency to mean something. */
    private static int inFlight(Tuning tuning, int size) {
        int visitFrames = tuning.visitFrames() > 0 ? tuning.visitFrames() : DEFAULT_VISIT_FRAMES;
        long visitBytes = (long) visitFrames * tuning.frameBytes();
        long messages = VISITS_IN_FLIGHT * visitBytes / (size + MESSAGE_OVERHEAD_BYTES);
        return (int) Math.max(IN_FLIGHT_MIN, Math.min(IN_FLIGHT_MAX, messages));
    }

    /** With more, JGroups stalls; with less it is slower. */
    private static int peerInFlight(int size) {
        return Math.max(PEER_IN_FLIGHT_MIN, Math.min(PEER_IN_FLIGHT_MAX, PEER_BYTES_IN_FLIGHT / size));
    }

    private static Placement placement(Arguments arguments, int members) {
        List<String> hosts = List.of(arguments.text(Option.HOSTS, "").split(",", -1));
        if (hosts.size() == 1) {
            hosts = Collections.nCopies(members, hosts.get(0));
        }
        if (hosts.size() != members) {
            throw new IllegalArgumentException(
                    "--hosts must name one host, or one for each of " + members + " members, not " + hosts.size());
        }
        int port = arguments.number(Option.PORT, 0, 0);
        if (port > PORT_MAX - members + 1) {
            throw new IllegalArgumentException("--port must be at most " + (PORT_MAX - members + 1)
                    + ", since the members follow one another, not " + port);
        }
        String recordings = arguments.text(Option.PROFILE);
        return new Placement(
                hosts,
                port,
                arguments.text(Option.LAUNCH, ""),
                arguments.text(Option.JVM, ""),
                recordings == null ? null : Path.of(recordings));
    }

    /** The command that this is a plan of. */
    String verb() {
        return mode.name().toLowerCase(Locale.ROOT);
    }

    /**
     * Whether members say what they end with, so that it can be compared. With peers, what a lost member has sent may
     * have come to some only.
     */
    boolean isCompared() {
        if (mode == Mode.RAW) {
            return false;
        }
        boolean isOurs = peer == Peer.VS;
        return isOfObjects(mode) ? isOurs && objects.approach == Approach.RING : isOurs || mode != Mode.FAILOVER;
    }

    /** Whether this member is lost in the run, and says nothing about it. */
    boolean isLost(int member) {
        return mode == Mode.FAILOVER && member == loss.member();
    }

    /** How many members say how it went. */
    int reporters() {
        return mode == Mode.FAILOVER ? members - 1 : members;
    }

    /** What the rate of calls is called. */
    String rate() {
        return mode == Mode.LOCKS ? "locks_per_s" : "ops_per_s";
    }

    /** Begins a line with what both a member's line and the last line say. */
    JsonLine describe(JsonLine line) {
        JsonLine begun = line.put("peer", peer.word()).put("mode", verb());
        if (isOfObjects(mode)) {
            begun.put("approach", objects.approach.name().toLowerCase(Locale.ROOT))
                    .put("members", members);
            if (mode == Mode.MAP || mode == Mode.JOIN) {
                begun.put("entries", objects.entries).put("value_bytes", objects.valueBytes);
            }
        } else {
            begun.put("members", members).put("senders", senders).put("size", size);
            if (mode == Mode.FAILOVER) {
                begun.put("loss", loss.way().name().toLowerCase(Locale.ROOT)).put("lost", loss.member());
            }
        }
        if (peer == Peer.VS) {
            begun.put("guarantee", guarantee.name().toLowerCase(Locale.ROOT))
                    .put("mtu", tuning.frameBytes())
                    .put("envelope", tuning.envelope().name().toLowerCase(Locale.ROOT));
        }
        return begun.put("in_flight", inFlight)
                .put("seconds", measuredNanos / 1e9)
                .put("warm_s", warmNanos / 1e9);
    }
}
