package io.vsring.test.simulation;

import io.vsring.protocol.ProtocolOptions;
import io.vsring.ring.RingAssembly;
import io.vsring.ring.RingOptions;
import io.vsring.ring.RingOptionsBuilder;
import io.vsring.security.Keyring;
import io.vsring.wire.DatagramCodec;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How large a simulated cluster is, and how its members are set up. Times follow from the token-loss time, in the
 * proportions of the defaults.
 *
 * @param slots how many members there can be, 1 to 64
 * @param tokenLossMillis the token-loss time in milliseconds
 * @param frameBytes the largest datagram
 * @param windowFrames frames that all may send in one rotation
 * @param visitFrames new frames that one may send at one visit
 * @param acceleratedFrames how many of these are sent behind the token
 * @param laneFrames frames that may wait for a handler
 * @param receiveBufferBytes what a socket holds
 */
public record ClusterShape(
        int slots,
        int tokenLossMillis,
        int frameBytes,
        int windowFrames,
        int visitFrames,
        int acceleratedFrames,
        int laneFrames,
        int receiveBufferBytes) {
    static final String CLUSTER = "simulated";

    /** The longest message that a member may send. */
    static final int MESSAGE_BYTES_MAX = 1 << 20;

    /** So small that a burst of large messages finds it full. */
    private static final long SEND_QUEUE_BYTES = (1 << 20) + (128 << 10);

    /**
     * Shorter than in life, where it is 75: an error that only the longest back-off mends would else look like
     * patience.
     */
    private static final long BACKOFF_MAX_TOKEN_LOSSES = 20;

    private static final long STUCK_VISITS = ProtocolOptions.defaults().stuckVisits();

    /** So many members with the default options. */
    public static ClusterShape of(int slots) {
        return new ClusterShape(slots, 800, 1_400, 2, 1, 0, 4_096, 4 << 20).withDefaultWindows();
    }

    /** The same with windows as wide as they are by default; a member makes them fit its socket. */
    ClusterShape withDefaultWindows() {
        ProtocolOptions defaults = ProtocolOptions.defaults();
        return new ClusterShape(
                slots,
                tokenLossMillis,
                frameBytes,
                defaults.settings().windowFrames(),
                defaults.visitFrames(),
                defaults.acceleratedFrames(),
                laneFrames,
                receiveBufferBytes);
    }

    /** Reads what the members of such a cluster say to each other. */
    public DatagramCodec codec() {
        return new DatagramCodec(CLUSTER, frameBytes);
    }

    long tokenLossNanos() {
        return tokenLossMillis * 1_000_000L;
    }

    /** How long members that can talk to each other may need until they are together and owe each other nothing. */
    long progressBoundNanos() {
        return 10 * (tokenLossNanos() + consensusNanos()) + 2 * backoffMaxNanos();
    }

    /** How long members that gather wait for those who are silent. */
    long consensusNanos() {
        return tokenLossMillis * 875L * 1_000;
    }

    /** The longest time for which members that failed to come together leave each other alone. */
    long backoffMaxNanos() {
        return BACKOFF_MAX_TOKEN_LOSSES * tokenLossNanos();
    }

    /** How long a member may hold the others up before they leave it out, if a datagram takes so long at most. */
    long patienceNanos(long delayNanos) {
        long rotation = slots * delayNanos;
        return Math.max(slowMemberNanos(), 2 * tokenLossNanos() + STUCK_VISITS * rotation);
    }

    private long slowMemberNanos() {
        return 4 * tokenLossNanos();
    }

    /** How long a member that leaves waits for what it has accepted to be safe. */
    long leaveTimeoutNanos() {
        return tokenLossNanos() * 25 / 4;
    }

    RingOptions options(int slot, int memberId, @Nullable Keyring keyring) {
        List<String> seeds = new ArrayList<>();
        for (int other = 1; other <= slots; other++) {
            if (other != slot) {
                seeds.add(SimulatedNetwork.addressOf(other).toString());
            }
        }
        RingOptionsBuilder builder = RingOptions.builder()
                .clusterName(CLUSTER)
                .memberId(memberId)
                .seeds(seeds)
                .frameBytes(frameBytes)
                .receiveBufferBytes(receiveBufferBytes)
                .maxMessageBytes(MESSAGE_BYTES_MAX)
                .visitFrames(visitFrames)
                .acceleratedFrames(acceleratedFrames)
                .deliveryLaneFrames(laneFrames)
                .sendQueueBytes(SEND_QUEUE_BYTES)
                .tokenLossTimeout(micros(1_000))
                .tokenRetransmitTimeout(micros(100))
                .holdTimeout(micros(250))
                .consensusTimeout(micros(875))
                .commitLossTimeout(micros(312))
                .joinInterval(micros(38))
                .mergeInterval(micros(250))
                .slowMemberTimeout(micros(4_000))
                .leaveTimeout(Duration.ofNanos(leaveTimeoutNanos()));
        if (windowFrames != ProtocolOptions.defaults().settings().windowFrames()) {
            builder.windowFrames(windowFrames); // otherwise as large as the ring needs
        }
        if (keyring == null) {
            builder.insecurePlaintext();
        } else {
            builder.keyring(keyring);
        }
        return RingAssembly.backoffMax(builder, micros(BACKOFF_MAX_TOKEN_LOSSES * 1_000))
                .build();
    }

    private Duration micros(long microsPerTokenLossMilli) {
        return Duration.ofNanos(tokenLossMillis * microsPerTokenLossMilli * 1_000L);
    }
}
