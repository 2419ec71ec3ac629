package io.vsring.wire;

import io.vsring.Member;
import io.vsring.MemberSet;
import java.util.List;

/**
 * Who I think should be on the next ring: said again and again during gather, until all who live say the same.
 *
 * <p>Its layout is frozen: members of every version can read it. Padded to the frame size when sent, so that a path
 * which drops full frames is not taken for a path.
 *
 * @param sender who says so
 * @param leaving whether the sender says goodbye: it is itself among the failed then
 * @param ringSequence the highest ring sequence that the sender has seen anywhere
 * @param minVersion the oldest wire version that the sender speaks
 * @param maxVersion the newest wire version that the sender speaks
 * @param candidates members with their addresses, at least all those that it wants on the next ring (the paper's proc
 *     set)
 * @param failed who is to be left out (the paper's fail set), whether among the candidates or not
 */
public record Join(
        Member sender,
        boolean leaving,
        long ringSequence,
        int minVersion,
        int maxVersion,
        List<Member> candidates,
        MemberSet failed)
        implements Datagram {

    /** The candidates that have not failed. */
    public MemberSet living() {
        return MemberSet.of(candidates.stream().map(Member::id).toList()).minus(failed);
    }

    @Override
    public void handle(DatagramHandler handler) {
        handler.onJoin(this);
    }
}
