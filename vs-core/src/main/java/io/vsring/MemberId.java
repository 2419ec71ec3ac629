package io.vsring;

/**
 * Who a member is: a slot that survives restarts, and an incarnation that does not.
 *
 * <p>Two ids are equal only if both parts are: a restarted process is a different member, which leaves and joins like
 * any other, however fast it came back.
 *
 * @param id the slot, an unsigned 32-bit number, never 0; order on the ring is by this number
 * @param incarnation a number drawn anew at each start, never 0
 */
public record MemberId(int id, long incarnation) implements Comparable<MemberId> {

    public MemberId {
        if (id == 0 || incarnation == 0) {
            throw new IllegalArgumentException(
                    "a member id and its incarnation are never 0: id=" + id + " incarnation=" + incarnation);
        }
    }

    /** Whether both are incarnations of one slot (or the same member). */
    public boolean isSameSlotAs(MemberId other) {
        return id == other.id;
    }

    /** Written out, since members are compared for each frame: what a record brings along is called indirectly. */
    @Override
    public boolean equals(Object other) {
        return this == other
                || (other instanceof MemberId member && id == member.id && incarnation == member.incarnation);
    }

    @Override
    public int hashCode() {
        return 31 * id + Long.hashCode(incarnation);
    }

    @Override
    public int compareTo(MemberId other) {
        int byId = Integer.compareUnsigned(id, other.id);
        return byId != 0 ? byId : Long.compareUnsigned(incarnation, other.incarnation);
    }

    /** The slot as a decimal number and the incarnation in hexadecimal digits: {@code 3#9f2c…}. */
    @Override
    public String toString() {
        return Integer.toUnsignedString(id) + "#" + Long.toHexString(incarnation);
    }
}
