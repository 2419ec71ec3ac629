package io.vsring.ring;

import io.vsring.protocol.DropReason;
import io.vsring.protocol.GatherReason;
import io.vsring.security.Rejection;
import io.vsring.wire.MalformedDatagramException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/**
 * Counters of one member since its start, and a few sizes as of now. Each number is true of its own moment; together
 * they are not one moment's picture.
 *
 * @param messagesAccepted messages of this member that were accepted
 * @param bytesAccepted their bytes
 * @param messagesRefused offers that were refused: too large, not the name of a group, no room, or closed
 * @param messagesSent messages of this member that got their place in the order
 * @param messagesDelivered messages handed to the handler
 * @param bytesDelivered their bytes
 * @param handlerFailures exceptions that came out of the handler, of an observer or of an outcome
 * @param framesSent frames that this member numbered
 * @param framesRepaired frames that this member sent again because another one missed them
 * @param framesRequested frames that this member missed and asked for
 * @param framesRecovered frames of an old ring that this member passed on to a new one
 * @param framesSkipped frames that were not delivered because one before them is lost for good
 * @param framesDelivered frames handed to the handler
 * @param tokenVisits visits of the token
 * @param tokensRetransmitted tokens that this member sent again
 * @param tokensHeld times that this member held the token of a silent ring
 * @param datagramsReceived datagrams that came out of the socket
 * @param bytesReceived their bytes
 * @param datagramsSent datagrams given to the transport; one for a broadcast
 * @param bytesSent their bytes
 * @param configurations regular configurations that were installed
 * @param expulsions members that were given up on
 * @param pauses how often this process did not run for longer than the token-loss timeout
 * @param pausedNanos how long it did not run, all pauses together
 * @param droppedAfterPause tokens and membership datagrams dropped because they had waited out a pause
 * @param unreachable hints that nobody listens at a member's port
 * @param sendFailures datagrams that the system did not take, such as for want of a route
 * @param sendDrops datagrams that were dropped because too many waited for the send buffer
 * @param segmentationRefusals how often the system refused to cut a run of datagrams, so that they were sent singly
 * @param oversized datagrams that arrived longer than any member's can be, and were dropped
 * @param withoutSource datagrams that were dropped because they came from port 0
 * @param deliveredSequence the number of the last frame that was handed on in order, on the ring that was installed
 *     last
 * @param safeSequence all members of that ring are known to hold every frame up to this number
 * @param sendQueueBytes bytes that wait to be sent now, with the overhead that the send queue's bound counts
 * @param deliveryLaneFrames frames that wait for the handler now
 * @param windowFrames frames that all members together may send in one rotation, as far as this member is concerned;
 *     more in a large ring that has its windows by default
 * @param receiveBufferBytes the receive buffer that the system granted
 * @param transport by what means datagrams are carried, as was found out at the start: {@code epoll unicast UDP_SEGMENT
 *     UDP_GRO}, where the last two say that the system cuts and joins runs of datagrams
 * @param fills how full each of the {@linkplain #resources() resources} is; {@code docs/resources.md} says what they
 *     are
 * @param gathers how often the ring was given up, by reason; reasons that did not occur are left out
 * @param drops well-formed datagrams that were ignored, by reason; likewise
 * @param malformed datagrams that were not understood, by reason; likewise
 * @param rejected datagrams that the envelope did not let in, by reason; likewise
 * @param openedByKey datagrams that were sealed with a key and let in, by the id of the key; likewise
 * @since 0.1
 */
public record RingStatistics(
        long messagesAccepted,
        long bytesAccepted,
        long messagesRefused,
        long messagesSent,
        long messagesDelivered,
        long bytesDelivered,
        long handlerFailures,
        long framesSent,
        long framesRepaired,
        long framesRequested,
        long framesRecovered,
        long framesSkipped,
        long framesDelivered,
        long tokenVisits,
        long tokensRetransmitted,
        long tokensHeld,
        long datagramsReceived,
        long bytesReceived,
        long datagramsSent,
        long bytesSent,
        long configurations,
        long expulsions,
        long pauses,
        long pausedNanos,
        long droppedAfterPause,
        long unreachable,
        long sendFailures,
        long sendDrops,
        long segmentationRefusals,
        long oversized,
        long withoutSource,
        long deliveredSequence,
        long safeSequence,
        long sendQueueBytes,
        int deliveryLaneFrames,
        int windowFrames,
        long receiveBufferBytes,
        String transport,
        Map<String, Fill> fills,
        Map<String, Long> gathers,
        Map<String, Long> drops,
        Map<String, Long> malformed,
        Map<String, Long> rejected,
        Map<Integer, Long> openedByKey) {

    public RingStatistics {
        fills = Map.copyOf(fills);
        gathers = Map.copyOf(gathers);
        drops = Map.copyOf(drops);
        malformed = Map.copyOf(malformed);
        rejected = Map.copyOf(rejected);
        openedByKey = Map.copyOf(openedByKey);
    }

    /** All that {@link #fills} tells of, always. */
    public static List<String> resources() {
        return Arrays.stream(Resource.values()).map(Resource::word).toList();
    }

    /** All reasons that {@link #gathers} may name; those that have not been are not in it. */
    public static List<String> gatherReasons() {
        return names(GatherReason.values());
    }

    /** All reasons that {@link #drops} may name. */
    public static List<String> dropReasons() {
        return names(DropReason.values());
    }

    /** All reasons that {@link #malformed} may name. */
    public static List<String> malformedReasons() {
        return names(MalformedDatagramException.Reason.values());
    }

    /** All reasons that {@link #rejected} may name. */
    public static List<String> rejectedReasons() {
        return names(Rejection.values());
    }

    private static List<String> names(Enum<?>[] reasons) {
        return Arrays.stream(reasons).map(Enum::name).toList();
    }
}
