package io.vsring.ring;

import io.vsring.Member;
import io.vsring.RingConfiguration;
import java.util.List;

/**
 * What a member is doing, as of a moment ago.
 *
 * @param state where it is between start and end
 * @param configuration the last regular configuration that was delivered to the application
 * @param members that configuration's members with their addresses, in ring order
 * @param local this member
 */
public record RingStatus(State state, RingConfiguration configuration, List<Member> members, Member local) {

    /** Where a member is between start and end. */
    public enum State {
        /** Its ring is at work. */
        OPERATIONAL,
        /** It agrees with others on the next ring; messages wait. */
        JOINING,
        /** It leaves: nothing more is accepted. */
        LEAVING,
        /** It has left, or has failed. */
        CLOSED
    }
}
