package io.vsring.wire;

import io.vsring.MemberId;
import io.vsring.RingId;
import java.util.Arrays;

/**
 * The right to send, passed from member to member, with what all need to know of each other (Totem's regular token).
 *
 * @param ringId the ring on which it turns
 * @param destination who is to have it now; nobody else takes it
 * @param visit grows by one with each hop; a token that is not newer than the last one is a copy
 * @param sequence the highest sequence number given out
 * @param aru all received up to: every member is believed to hold every frame up to here
 * @param aruHolder the place in ring order of the member that holds the aru down, or {@link #NOBODY}
 * @param framesSent frames sent by all in the last rotation (the paper's fcc)
 * @param backlog frames that wait at all members together
 * @param recovering whether a member still has frames of an old ring to pass on
 * @param holding whether the member that spoke last will hold the token when it comes back, because the ring is silent
 * @param limit no frame beyond this sequence number may be given out: the slowest application's room, a rotation ago
 * @param limitHolder the place in ring order of the member that set the limit, or {@link #NOBODY}
 * @param nextLimit the limit as it is being collected in this rotation
 * @param nextLimitHolder the place in ring order of the member that set it, or {@link #NOBODY}
 * @param requests ascending sequence numbers of frames that somebody misses
 */
public record Token(
        RingId ringId,
        MemberId destination,
        long visit,
        long sequence,
        long aru,
        int aruHolder,
        int framesSent,
        int backlog,
        boolean recovering,
        boolean holding,
        long limit,
        int limitHolder,
        long nextLimit,
        int nextLimitHolder,
        long[] requests)
        implements Datagram {

    /** No member: as holder of the aru or of the limit. */
    public static final int NOBODY = -1;

    /**
     * The next hop of this token, to this member, whichever members lie between: the same, but that it no longer says
     * that it will be held, and that the limit in force is not passed by the one that is being collected.
     */
    public Token handedTo(MemberId receiver) {
        boolean tighter = limit < nextLimit;
        return new Token(
                ringId,
                receiver,
                visit + 1,
                sequence,
                aru,
                aruHolder,
                framesSent,
                backlog,
                recovering,
                false,
                limit,
                limitHolder,
                tighter ? limit : nextLimit,
                tighter ? limitHolder : nextLimitHolder,
                requests);
    }

    @Override
    public void handle(DatagramHandler handler) {
        handler.onToken(this);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Token token && toString().equals(token.toString());
    }

    @Override
    public int hashCode() {
        return Long.hashCode(visit) * 31 + ringId.hashCode();
    }

    @Override
    public String toString() {
        return "token ring=" + ringId + " to=" + destination + " visit=" + visit + " sequence=" + sequence + " aru="
                + aru
                + " aruHolder=" + aruHolder + " framesSent=" + framesSent + " backlog=" + backlog
                + (recovering ? " recovering" : "") + (holding ? " holding" : "") + " limit=" + limit + "/"
                + limitHolder
                + " nextLimit=" + nextLimit + "/" + nextLimitHolder + " requests=" + Arrays.toString(requests);
    }
}
