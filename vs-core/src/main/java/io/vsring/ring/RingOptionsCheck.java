package io.vsring.ring;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Looks at the options of a member as a whole, and finds everything that is wrong with them. */
final class RingOptionsCheck {

    private static final int FRAME_BYTES_MAX = 65_507;
    private static final int WINDOW_FRAMES_MAX = 1 << 16;
    private static final int LANE_FRAMES_MAX = 1 << 20;
    private static final Duration BUSY_POLL_MAX = Duration.ofMillis(10);
    private static final Duration TIME_MAX = Duration.ofDays(1);

    /** What the protocol calls its options, and how an operator writes them. */
    private static final Map<String, String> PROPERTIES = properties();

    private final RingOptionsBuilder values;
    private final List<Seed> seeds = new ArrayList<>();
    private final List<String> violations = new ArrayList<>();
    private @Nullable MulticastGroup multicastGroup;

    RingOptionsCheck(RingOptionsBuilder values) {
        this.values = values;
        names();
        ports();
        parseSeeds();
        parseMulticastGroup();
        advertised();
        sizes();
        times();
        plaintext();
    }

    List<String> violations() {
        return violations;
    }

    /** The seeds, as far as they could be read. */
    List<Seed> seeds() {
        return seeds;
    }

    /** Where to send what is meant for all, or null. */
    @Nullable
    MulticastGroup multicastGroup() {
        return multicastGroup;
    }

    private void names() {
        int bytes = values.clusterName.getBytes(StandardCharsets.UTF_8).length;
        require(bytes >= 1 && bytes <= 64, "vs.cluster-name must be 1 to 64 bytes of UTF-8, not " + bytes);
        require(
                values.multicastTtl >= 0 && values.multicastTtl <= 255,
                "vs.transport.multicast-ttl must be 0 to 255, not " + values.multicastTtl);
        String bind = values.bindAddress;
        require(bind == null || !bind.isBlank(), "vs.transport.bind-address must not be blank");
        require(
                !LocalAddress.ANY.equals(bind) || values.advertisedHost != null,
                "vs.transport.advertised-address must be set if vs.transport.bind-address is 'any':"
                        + " nobody can send to the address 0.0.0.0");
    }

    private void ports() {
        int from = values.effectivePortFrom();
        int to = values.effectivePortTo();
        require(
                from >= 0 && to >= from && to <= 65535 && (from > 0 || to == 0),
                "vs.transport.port must be a port, a range of ports that goes up, or 0 for any free one, not "
                        + (from == to ? String.valueOf(from) : from + "-" + to));
        require(
                values.advertisedPort >= 0 && values.advertisedPort <= 65535,
                "vs.transport.advertised-port must be 1 to 65535, or 0 for the port that is bound, not "
                        + values.advertisedPort);
    }

    private void parseSeeds() {
        for (String seed : values.seeds) {
            try {
                seeds.add(Seed.parse(seed, values.effectivePortFrom(), values.effectivePortTo()));
            } catch (IllegalArgumentException e) {
                violations.add("vs.discovery.seeds: " + e.getMessage());
            }
        }
        require(
                values.seedProvider == null || values.seeds.isEmpty(),
                "vs.discovery.seeds " + values.seeds + " and what is asked for seeds, " + values.seedProvider
                        + ", cannot both say where others are: leave one of them out");
    }

    private void parseMulticastGroup() {
        String text = values.multicastGroup;
        if (text == null) {
            return;
        }
        try {
            MulticastGroup group = MulticastGroup.parse(text);
            int port = values.effectivePortFrom();
            require(
                    group.port() != 0 || (port != 0 && port == values.effectivePortTo()),
                    "vs.transport.multicast-group '" + text + "' needs a port, as address:port, because"
                            + " vs.transport.port is a range or any free port, and all members of a group need the"
                            + " same one");
            multicastGroup = group;
        } catch (IllegalArgumentException e) {
            violations.add(String.valueOf(e.getMessage()));
        }
    }

    /** What needs no name server to be judged; the rest is judged when the socket is opened. */
    private void advertised() {
        String advertised = values.advertisedHost;
        if (advertised == null) {
            return;
        }
        String bind = values.bindAddress != null || values.insecurePlaintext || values.keyring != null
                ? values.bindAddress
                : LocalAddress.LOOPBACK;
        require(!advertised.isBlank(), "vs.transport.advertised-address must not be blank");
        require(
                !LocalAddress.isWildcard(advertised),
                "vs.transport.advertised-address '" + advertised
                        + "' stands for all addresses of a host: the other members need one of them");
        require(
                bind == null || LocalAddress.mayReach(bind, advertised),
                "vs.transport.advertised-address '" + advertised + "' and vs.transport.bind-address '" + bind
                        + "' must both be IPv4 or both be IPv6: what is sent to the one does not get to the other");
    }

    private void sizes() {
        require(
                values.frameBytes <= FRAME_BYTES_MAX,
                "vs.transport.mtu must be at most " + FRAME_BYTES_MAX + " bytes, the largest UDP datagram, not "
                        + values.frameBytes);
        require(
                values.maxMessageBytes >= 1 && values.maxMessageBytes <= RingOptions.MESSAGE_BYTES_CAP,
                "vs.transport.max-message-size must be 1 to " + RingOptions.MESSAGE_BYTES_CAP + " bytes, not "
                        + values.maxMessageBytes);
        require(
                values.receiveBufferBytes >= 4L * values.frameBytes,
                "vs.transport.receive-buffer (" + values.receiveBufferBytes
                        + " bytes) must hold at least 4 frames of vs.transport.mtu (" + values.frameBytes + " bytes)");
        require(
                values.sendBufferBytes >= values.frameBytes,
                "vs.transport.send-buffer (" + values.sendBufferBytes
                        + " bytes) must hold at least one frame of vs.transport.mtu (" + values.frameBytes + " bytes)");
        require(
                values.sendQueueBytes >= 0 && values.sendQueueBytes <= Mailbox.BYTES_MAX,
                "vs.ring.send-queue-size must be positive and at most " + Mailbox.BYTES_MAX + " bytes, not "
                        + values.sendQueueBytes);
        require(
                values.deliveryLaneFrames >= 16 && values.deliveryLaneFrames <= LANE_FRAMES_MAX,
                "vs.ring.delivery-lane-frames must be 16 to " + LANE_FRAMES_MAX + ", not " + values.deliveryLaneFrames);
        require(
                values.windowFrames <= WINDOW_FRAMES_MAX,
                "vs.ring.window-frames must be at most " + WINDOW_FRAMES_MAX + ", not " + values.windowFrames);
    }

    private void times() {
        require(
                !values.formationWait.isNegative() && values.formationWait.compareTo(TIME_MAX) <= 0,
                "vs.ring.formation-wait must be 0 to 1 day, not " + asWritten(values.formationWait));
        require(
                !values.busyPoll.isNegative() && values.busyPoll.compareTo(BUSY_POLL_MAX) <= 0,
                "vs.transport.busy-poll must be 0 to 10ms, not " + asWritten(values.busyPoll));
        Map<String, Duration> times = new LinkedHashMap<>();
        times.put("vs.discovery.refresh-interval", values.seedRefreshInterval);
        times.put("vs.ring.leave-timeout", values.leaveTimeout);
        times.put("vs.ring.token-loss-timeout", values.tokenLossTimeout);
        times.put("vs.ring.token-retransmit-timeout", values.tokenRetransmitTimeout);
        times.put("vs.ring.hold-timeout", values.holdTimeout);
        times.put("vs.ring.consensus-timeout", values.consensusTimeout);
        times.put("vs.ring.commit-loss-timeout", values.commitLossTimeout);
        times.put("vs.ring.join-interval", values.joinInterval);
        times.put("vs.ring.merge-interval", values.mergeInterval);
        times.put("vs.ring.slow-member-timeout", values.slowMemberTimeout);
        int before = violations.size();
        times.forEach((property, time) -> require(
                time.compareTo(Duration.ofMillis(1)) >= 0 && time.compareTo(TIME_MAX) <= 0,
                property + " must be 1ms to 1 day, not " + asWritten(time)));
        if (violations.size() > before) {
            return; // the relations between them would only repeat it
        }
        for (String violation : RingOptions.protocolOptions(values, values.windowFrames, values.windowFramesMax)
                .violations()) {
            violations.add(inProperties(violation));
        }
    }

    /** As somebody would write it into a property: what is too long in hours, what is too short in milliseconds. */
    private static String asWritten(Duration time) {
        if (time.compareTo(Duration.ofHours(1)) >= 0) {
            return time.toHours() + "h";
        }
        BigDecimal millis = BigDecimal.valueOf(time.toSeconds() * 1_000).add(BigDecimal.valueOf(time.toNanosPart(), 6));
        return millis.stripTrailingZeros().toPlainString() + "ms";
    }

    private void plaintext() {
        require(
                !values.insecurePlaintext || values.keyring == null,
                "vs.security.mode=insecure-plaintext and vs.security.keys contradict each other: leave one out");
        if (values.insecurePlaintext || values.keyring != null) {
            return;
        }
        String bind = values.bindAddress;
        if (bind != null && LocalAddress.isKnownNotToBeLoopback(bind)) {
            violations.add(refusal("vs.transport.bind-address '" + bind + "'"));
        }
        for (Seed seed : seeds) {
            if (seed.isLiteral() && !Seed.isLoopback(seed.host())) {
                violations.add(refusal("the seed '" + seed.text() + "' (vs.discovery.seeds)"));
            }
        }
        if (values.multicastGroup != null && bind != null && !LocalAddress.isLoopback(bind)) {
            violations.add(refusal("vs.transport.multicast-group '" + values.multicastGroup + "'"));
        }
    }

    /** Why something that would leave this host is not done in plain text. */
    static String refusal(String what) {
        return what
                + " is not on the loopback interface, and without a key datagrams are neither encrypted nor signed:"
                + " whoever can send to the port could join. Make a key with 'openssl rand -base64 32' and give it to"
                + " every member (vs.security.keys); or, if the network between the members is trusted, say so with"
                + " vs.security.mode=insecure-plaintext";
    }

    private void require(boolean holds, String otherwise) {
        if (!holds) {
            violations.add(otherwise);
        }
    }

    /** The protocol speaks of its options by their own names. */
    static String inProperties(String violation) {
        String text = violation;
        for (Map.Entry<String, String> name : PROPERTIES.entrySet()) {
            text = text.replaceAll("(?<![\\w.-])" + name.getKey() + "(?![\\w-])", name.getValue());
        }
        return text;
    }

    private static Map<String, String> properties() {
        Map<String, String> names = new LinkedHashMap<>();
        names.put("join and merge intervals", "vs.ring.join-interval and vs.ring.merge-interval");
        names.put("frameBytes", "vs.transport.mtu");
        names.put("tokenLoss", "vs.ring.token-loss-timeout");
        names.put("tokenRetransmit", "vs.ring.token-retransmit-timeout");
        names.put("hold", "vs.ring.hold-timeout");
        names.put("consensus", "vs.ring.consensus-timeout");
        names.put("commitLoss", "vs.ring.commit-loss-timeout");
        names.put("join", "vs.ring.join-interval");
        names.put("windowFrames", "vs.ring.window-frames");
        names.put("visitFrames", "vs.ring.visit-frames");
        names.put("acceleratedFrames", "vs.ring.accelerated-frames");
        return names;
    }
}
