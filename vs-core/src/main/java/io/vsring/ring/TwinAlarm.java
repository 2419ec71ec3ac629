package io.vsring.ring;

import io.vsring.Member;
import io.vsring.wire.Datagram;
import io.vsring.wire.Join;
import io.vsring.wire.MergeProbe;
import org.jspecify.annotations.Nullable;

/**
 * Notices another member with this member's slot. One datagram proves nothing, since it may be old or a replay: the
 * alarm wants several sightings over more than the token-loss time. Loop thread only.
 */
final class TwinAlarm {

    private static final int SIGHTINGS_MIN = 3;
    private static final long FORGET_NANOS = 30_000_000_000L;

    private final RingBoard board;
    private final RingLog log;
    private final WarningPace pace = new WarningPace();
    private long firstNanos;
    private long lastNanos;
    private int sightings;

    TwinAlarm(RingBoard board, RingLog log) {
        this.board = board;
        this.log = log;
    }

    /** A datagram came from somebody else with this member's slot. */
    void sighted(Datagram datagram, long nowNanos, long tokenLossNanos) {
        if (sightings == 0 || nowNanos - lastNanos > FORGET_NANOS) {
            firstNanos = nowNanos;
            sightings = 0;
        }
        lastNanos = nowNanos;
        sightings++;
        Member twin = sender(datagram);
        boolean sure = sightings >= SIGHTINGS_MIN && nowNanos - firstNanos > tokenLossNanos;
        if (twin == null || !sure) {
            return;
        }
        board.sighted(twin, nowNanos);
        if (pace.admits(nowNanos)) {
            log.twin(twin, sightings);
        }
    }

    private static @Nullable Member sender(Datagram datagram) {
        if (datagram instanceof Join join) {
            return join.sender();
        }
        return datagram instanceof MergeProbe probe ? probe.sender() : null;
    }
}
