package io.vsring;

/**
 * The name of one ring, never used twice: who proposed it, and a number that only grows.
 *
 * @param representative the member that proposed the ring, with its incarnation: a restarted representative that has
 *     forgotten its numbers still cannot name a ring that was there before
 * @param sequence greater than that of any ring which one of its members has been in
 */
public record RingId(MemberId representative, long sequence) {

    /** Written out, since rings are compared for each datagram: what a record brings along is called indirectly. */
    @Override
    public boolean equals(Object other) {
        return this == other
                || (other instanceof RingId ring
                        && sequence == ring.sequence
                        && representative.equals(ring.representative));
    }

    @Override
    public int hashCode() {
        return 31 * representative.hashCode() + Long.hashCode(sequence);
    }

    /** {@code 3.42.9f2c…}: the representative's slot, the ring sequence, its incarnation in hexadecimal digits. */
    @Override
    public String toString() {
        return Integer.toUnsignedString(representative.id()) + "." + sequence + "."
                + Long.toHexString(representative.incarnation());
    }
}
