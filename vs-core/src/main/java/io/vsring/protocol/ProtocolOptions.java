package io.vsring.protocol;

import io.vsring.wire.RingSettings;
import io.vsring.wire.WireFormat;
import java.util.ArrayList;
import java.util.List;

/**
 * How one member takes part. Times are in nanoseconds, sizes in bytes or frames as their names say.
 *
 * @param settings what this member asks of its ring; the members of a ring agree on one
 * @param windowFramesMax the window that it asks of the largest ring, if that is more: {@link #settings(int)}
 * @param minVersion the oldest wire version that this member speaks
 * @param visitFrames new frames that this member sends at one visit of the token, at most
 * @param acceleratedFrames how many of these, the last ones, are sent behind the token; 0: none
 * @param storeFrames frames that a member keeps because not all are known to have them
 * @param consensusNanos how long gather waits for those who do not agree
 * @param commitLossNanos how long a proposed ring may take to come about
 * @param joinNanos how often a Join is said again
 * @param mergeNanos how often the representative looks for other rings
 * @param slowMemberNanos how long an application may hold the whole ring back
 * @param backoffMaxNanos the longest time for which a failed merge is not tried again
 * @param stuckVisits visits with an unmoved aru after which its holder is taken for deaf
 * @param missVisits visits at which a frame must be missing before it is asked for
 * @param maxMembers members that a ring may have, 64 at most
 */
public record ProtocolOptions(
        RingSettings settings,
        int windowFramesMax,
        int minVersion,
        int visitFrames,
        int acceleratedFrames,
        int storeFrames,
        long consensusNanos,
        long commitLossNanos,
        long joinNanos,
        long mergeNanos,
        long slowMemberNanos,
        long backoffMaxNanos,
        int stuckVisits,
        int missVisits,
        int maxMembers) {

    private static final long MILLI = 1_000_000;
    private static final int WINDOW_FRAMES_PER_MEMBER = 16;

    /** The defaults: safe for an ordinary JVM on an ordinary network. */
    public static ProtocolOptions defaults() {
        return new ProtocolOptions(
                new RingSettings(1, 1400, 256, 800 * MILLI, 80 * MILLI, 200 * MILLI),
                WINDOW_FRAMES_PER_MEMBER * WireFormat.MEMBERS_MAX,
                1,
                64,
                64,
                8192,
                700 * MILLI,
                250 * MILLI,
                30 * MILLI,
                200 * MILLI,
                30_000 * MILLI,
                60_000 * MILLI,
                1000,
                2,
                WireFormat.MEMBERS_MAX);
    }

    /**
     * What this member asks of a ring of so many members. In a large one a window that suits three is too small: the
     * token is on its way for longer than it takes to send what the window allows.
     */
    RingSettings settings(int members) {
        int large = Math.min(WINDOW_FRAMES_PER_MEMBER * members, windowFramesMax);
        return settings.withWindowFrames(Math.max(settings.windowFrames(), large));
    }

    /** What is wrong with these options, all of it; empty if nothing is. Names are those of the components. */
    public List<String> violations() {
        List<String> wrong = new ArrayList<>();
        require(
                wrong,
                settings.frameBytes() >= WireFormat.FRAME_BYTES_MIN
                        && settings.frameBytes() <= WireFormat.FRAME_BYTES_MAX,
                "frameBytes must be " + WireFormat.FRAME_BYTES_MIN + " to " + WireFormat.FRAME_BYTES_MAX + ", not "
                        + settings.frameBytes());
        require(
                wrong,
                settings.tokenLossNanos() > settings.holdNanos() + 3 * settings.tokenRetransmitNanos(),
                "tokenLoss (" + millis(settings.tokenLossNanos()) + ") must be longer than hold + 3 x tokenRetransmit ("
                        + millis(settings.holdNanos() + 3 * settings.tokenRetransmitNanos())
                        + "): a few lost tokens would break the ring");
        require(
                wrong,
                consensusNanos > commitLossNanos + 2 * joinNanos,
                "consensus (" + millis(consensusNanos) + ") must be longer than commitLoss + 2 x join ("
                        + millis(commitLossNanos + 2 * joinNanos) + "): a member that still commits would be left out");
        require(wrong, settings.windowFrames() >= 2, "windowFrames must be at least 2, not " + settings.windowFrames());
        require(wrong, visitFrames >= 1, "visitFrames must be at least 1, not " + visitFrames);
        require(wrong, acceleratedFrames >= 0, "acceleratedFrames must be 0 or more, not " + acceleratedFrames);
        require(
                wrong,
                storeFrames >= 4 * Math.max(settings.windowFrames(), windowFramesMax),
                "storeFrames (" + storeFrames + ") must be at least 4 x windowFrames ("
                        + Math.max(settings.windowFrames(), windowFramesMax) + ")");
        require(
                wrong,
                maxMembers >= 1 && maxMembers <= WireFormat.MEMBERS_MAX,
                "maxMembers must be 1 to " + WireFormat.MEMBERS_MAX + ", not " + maxMembers);
        require(wrong, joinNanos > 0 && mergeNanos > 0, "join and merge intervals must be positive");
        return wrong;
    }

    private static void require(List<String> wrong, boolean holds, String otherwise) {
        if (!holds) {
            wrong.add(otherwise);
        }
    }

    private static String millis(long nanos) {
        return nanos / MILLI + "ms";
    }
}
