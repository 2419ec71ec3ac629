package io.vsring;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class MemberIdTest {

    private static final int[] SLOTS = {1, 2, Integer.MAX_VALUE, Integer.MIN_VALUE, -2, -1};
    private static final long[] INCARNATIONS = {1, 1L << 32, Long.MAX_VALUE, Long.MIN_VALUE, -1};

    /** In the order of unsigned numbers, first by slot: as all have to see it. */
    private final List<MemberId> ascending = new ArrayList<>();

    {
        for (int slot : SLOTS) {
            for (long incarnation : INCARNATIONS) {
                ascending.add(new MemberId(slot, incarnation));
            }
        }
    }

    @Test // [MEM-1] who is the lowest must not depend on who asks, nor on whom else it compares
    void allMembersHaveOneOrderWhateverTheirNumbersAre() {
        for (int one = 0; one < ascending.size(); one++) {
            for (int other = 0; other < ascending.size(); other++) {
                assertThat(Integer.signum(ascending.get(one).compareTo(ascending.get(other))))
                        .as("%s compared with %s", ascending.get(one), ascending.get(other))
                        .isEqualTo(Integer.compare(one, other));
            }
        }
    }

    @Test // [DEV-11]
    void twoIncarnationsOfASlotAreTwoMembers() {
        MemberId before = new MemberId(7, 1);
        MemberId after = new MemberId(7, 2);

        assertThat(after).isNotEqualTo(before);
        assertThat(after.isSameSlotAs(before)).isTrue();
        assertThat(MemberSet.of(before, after).size()).isEqualTo(2);
    }
}
