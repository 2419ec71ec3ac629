package io.vsring.wire;

import static org.assertj.core.api.Assertions.assertThat;

import io.vsring.MemberId;
import io.vsring.RingId;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class IdCacheTest {

    private static final int MANY = 40 * IdCache.PLACES;

    private final IdCache ids = new IdCache(IdCache.PLACES);

    @Test
    void whoIsKnownIsNotMadeAnew() {
        MemberId member = ids.member(1, 7);

        assertThat(ids.member(1, 7)).isSameAs(member);
        assertThat(ids.ring(member, 3)).isSameAs(ids.ring(member, 3));
    }

    @Test
    void howeverManyIdsAreMadeUpNoMoreAreKeptThanThereArePlacesAndNoneIsMixedUp() {
        List<MemberId> members = new ArrayList<>();
        List<RingId> rings = new ArrayList<>();
        for (int i = 1; i <= MANY; i++) {
            MemberId member = ids.member(i, incarnation(i));
            assertThat(member).isEqualTo(new MemberId(i, incarnation(i)));
            RingId ring = ids.ring(member, i);
            assertThat(ring).isEqualTo(new RingId(member, i));
            members.add(member);
            rings.add(ring);
        }

        // From the last one backwards: whoever has lost its place takes it from one that was looked at before.
        int keptMembers = 0;
        int keptRings = 0;
        for (int i = MANY; i >= 1; i--) {
            keptMembers += isSame(ids.member(i, incarnation(i)), members.get(i - 1)) ? 1 : 0;
            keptRings += isSame(ids.ring(members.get(i - 1), i), rings.get(i - 1)) ? 1 : 0;
        }
        assertThat(keptMembers).isBetween(IdCache.PLACES / 2, IdCache.PLACES);
        assertThat(keptRings).isBetween(IdCache.PLACES / 2, IdCache.PLACES);
    }

    private static long incarnation(int number) {
        return new Random(number).nextLong() | 1;
    }

    @SuppressWarnings("ReferenceEquality") // whether it was made anew
    private static boolean isSame(Object one, Object other) {
        return one == other;
    }
}
