package io.vsring.wire;

import io.vsring.MemberId;
import io.vsring.RingId;
import org.jspecify.annotations.Nullable;

/**
 * The member and ring ids seen last, so that the frames of a known ring make no new ones. One thread.
 *
 * <p>Direct-mapped: whoever lands on a taken place takes it over. So a flood of made-up ids costs no more than making
 * them, and what is kept is bounded.
 */
final class IdCache {

    /** Where many are to be expected. */
    static final int PLACES = 256;

    private static final long GOLDEN_RATIO = 0x9E37_79B9_7F4A_7C15L;

    private final int places;
    private final @Nullable MemberId[] members;
    private final @Nullable RingId[] rings;

    /** @param places how many ids of each kind it keeps; a power of 2 */
    IdCache(int places) {
        this.places = places;
        this.members = new MemberId[places];
        this.rings = new RingId[places];
    }

    /** The member id of these two parts, neither of them 0. */
    MemberId member(int id, long incarnation) {
        int place = place(incarnation ^ id);
        MemberId known = members[place];
        if (known != null && known.id() == id && known.incarnation() == incarnation) {
            return known;
        }
        MemberId member = new MemberId(id, incarnation);
        members[place] = member;
        return member;
    }

    /** The ring id of these two parts. */
    RingId ring(MemberId representative, long sequence) {
        int place = place(representative.incarnation() ^ sequence);
        RingId known = rings[place];
        if (known != null
                && known.sequence() == sequence
                && known.representative().equals(representative)) {
            return known;
        }
        RingId ring = new RingId(representative, sequence);
        rings[place] = ring;
        return ring;
    }

    private int place(long bits) {
        return (int) ((bits * GOLDEN_RATIO) >>> 40) & (places - 1);
    }
}
