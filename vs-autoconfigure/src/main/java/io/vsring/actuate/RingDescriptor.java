package io.vsring.actuate;

import io.vsring.replicated.PrimaryStatus;
import io.vsring.spring.ListenerStatus;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a member sees of its ring, as {@link RingEndpoint} answers it. What there is only while a member runs is null
 * without one, and left out.
 *
 * @param cluster the name of the ring
 * @param state what the member is doing; {@code NOT_RUNNING} if there is none
 * @param primary whether it may change replicated objects
 * @param local this member
 * @param configuration the regular configuration that was delivered last
 * @param component the primary component that it is in, or was in last
 * @param messages how many there have been since the start
 * @param backlog what waits
 * @param token what the token does
 * @param frames what messages are packed into
 * @param network datagrams since the start
 * @param security who may join
 * @param changes how often the ring has changed since the start, and why
 * @param maps those that are beans
 * @param locks how many somebody holds or waits for
 * @param listeners of the application
 * @param history the last configurations, the youngest first
 */
public record RingDescriptor(
        String cluster,
        String state,
        boolean primary,
        @Nullable LocalMember local,
        @Nullable Configuration configuration,
        @Nullable Component component,
        @Nullable Messages messages,
        @Nullable Backlog backlog,
        @Nullable Token token,
        @Nullable Frames frames,
        @Nullable Network network,
        @Nullable Security security,
        @Nullable Changes changes,
        @Nullable List<MapSize> maps,
        @Nullable Integer locks,
        List<ListenerStatus> listeners,
        List<RingHistory.Entry> history) {

    /** This member. */
    public record LocalMember(String member, String address) {}

    /** A regular configuration, with its members in the order of the ring. */
    public record Configuration(String ring, String representative, List<OtherMember> members) {}

    /** A member of a configuration. */
    public record OtherMember(String member, String address, boolean local) {}

    /** A primary component. */
    public record Component(PrimaryStatus.State state, String label, List<String> members) {}

    /** Messages. */
    public record Messages(long accepted, long refused, long sent, long delivered, long handlerFailures) {}

    /** What waits now, and how many frames may be sent in one rotation. */
    public record Backlog(long sendQueueBytes, int deliveryQueueFrames, int windowFrames) {}

    /** The token. */
    public record Token(
            long visits, long retransmits, long holds, boolean seenWithinTokenLoss, long agreedTokenLossMillis) {}

    /** Frames. */
    public record Frames(long sent, long repaired, long requested, long recovered, long skipped, long delivered) {}

    /**
     * Datagrams.
     *
     * @param transport by what means they are carried: {@code epoll unicast UDP_SEGMENT UDP_GRO}
     * @param receiveDrops those that a full receive buffer did not take; null if the system does not tell
     */
    public record Network(
            String transport,
            long datagramsReceived,
            long bytesReceived,
            long datagramsSent,
            long bytesSent,
            long sendFailures,
            long sendDrops,
            long unreachable,
            long oversized,
            long receiveBufferBytes,
            @Nullable Long receiveDrops,
            Map<String, Long> ignored,
            Map<String, Long> malformed,
            Map<String, Long> rejected,
            Map<Integer, Long> openedByKey) {}

    /**
     * What protects the datagrams.
     *
     * @param mode "keys"; "loopback" without any, where nothing leaves this host; or "insecure-plaintext"
     * @param keys the ids of those that are in use
     * @param active the id of the one that this member seals with
     * @param refused why there are others that are not in use
     * @param twin where another living member is that has the id of one that is here
     */
    public record Security(
            String mode,
            List<Integer> keys,
            @Nullable Integer active,
            @Nullable String suite,
            @Nullable String refused,
            @Nullable String twin) {}

    /** Changes of the ring. */
    public record Changes(
            long configurations, Map<String, Long> reasons, long expulsions, long pauses, long pausedMillis) {}

    /** A map. */
    public record MapSize(String name, int size) {}

    /** While no member runs. */
    static RingDescriptor notRunning(String cluster, List<ListenerStatus> listeners, List<RingHistory.Entry> history) {
        return new RingDescriptor(
                cluster,
                "NOT_RUNNING",
                false,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                listeners,
                history);
    }
}
