package io.vsring.wire;

import io.vsring.Member;
import io.vsring.MemberId;
import io.vsring.MemberSet;
import io.vsring.RingId;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The proposal of a new ring. On its first rotation each member adds what it holds of its old ring; on the second each
 * learns what all hold.
 *
 * @param ringId the new ring
 * @param destination who is to have it now; nobody else takes it
 * @param hop how many members have had it, the representative included: up to n on the first rotation, beyond on the
 *     second
 * @param settings what suits all that have had it
 * @param entries one for each member, in ring order
 */
public record CommitToken(RingId ringId, MemberId destination, int hop, RingSettings settings, List<Entry> entries)
        implements Datagram {

    /**
     * What one member brings along.
     *
     * @param member who it is
     * @param old what it holds of its old ring; null as long as the token has not been there
     */
    public record Entry(Member member, @Nullable OldRing old) {}

    /**
     * A member's share of the ring it was last installed on.
     *
     * @param ringId that ring
     * @param aru it holds every frame of that ring up to here
     * @param highest the highest sequence number that it has seen there
     * @param safeLine everything up to here is known by it to be held by every member of that ring
     * @param obligations whose messages it must deliver even after a gap: bit i stands for the i-th member of the old
     *     ring
     */
    public record OldRing(RingId ringId, long aru, long highest, long safeLine, long obligations) {}

    /** All members of the proposed ring. */
    public MemberSet members() {
        return MemberSet.of(entries.stream().map(entry -> entry.member().id()).toList());
    }

    @Override
    public void handle(DatagramHandler handler) {
        handler.onCommitToken(this);
    }
}
