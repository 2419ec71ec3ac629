package io.vsring.replicated;

import static io.vsring.replicated.Members.A;
import static io.vsring.replicated.Members.A2;
import static io.vsring.replicated.Members.B;
import static io.vsring.replicated.Members.B2;
import static io.vsring.replicated.Members.C;
import static io.vsring.replicated.Members.D;
import static io.vsring.replicated.Members.E;
import static io.vsring.replicated.Members.set;
import static org.assertj.core.api.Assertions.assertThat;

import io.vsring.MemberId;
import io.vsring.MemberSet;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ElectorateTest {

    @Test
    void moreThanHalfOfTheVotersMayGoOn() {
        Electorate three = Electorate.of(set(A, B, C));

        assertThat(three.isQuorum(set(A, B))).isTrue();
        assertThat(three.isQuorum(set(B, C, D))).isTrue();
        assertThat(three.isQuorum(set(C))).isFalse();
        assertThat(three.isQuorum(set(C, D, E))).isFalse();
    }

    @Test
    void ofTwoHalvesTheOneWithTheLowestVoterGoesOn() {
        Electorate two = Electorate.of(set(A, B));

        assertThat(two.isQuorum(set(A))).isTrue();
        assertThat(two.isQuorum(set(B))).isFalse();
        assertThat(two.isQuorum(set(B, C, D))).isFalse();
    }

    @Test
    void nobodyDecidesForNobody() {
        assertThat(Electorate.NOBODY.isQuorum(set(A))).isFalse();
    }

    @Test
    void aVoterThatWasStartedAgainDoesNotVote() {
        assertThat(Electorate.of(set(A, B, C)).isQuorum(set(A2, B2, C))).isFalse();
    }

    @Test
    void whoMayOrMayNotVoteCountsWhicheverIsWorse() {
        Electorate doubtful = Electorate.of(set(A, B)).doubting(C);

        assertThat(doubtful.isQuorum(set(A))).as("C may vote, and is not here").isFalse();
        assertThat(doubtful.isQuorum(set(A, C)))
                .as("C may not vote, then A is half with the lowest")
                .isTrue();
        assertThat(doubtful.isQuorum(set(B, C)))
                .as("C may not vote, then B is half without the lowest")
                .isFalse();
        assertThat(doubtful.isQuorum(set(A, B))).isTrue();
    }

    /** The promise itself: however many of the last steps each of two sides has seen, they never both go on. */
    @Test
    void twoSidesThatSawDifferentEndsOfOneComponentNeverBothGoOn() {
        List<MemberId> all = List.of(A, B, C, D);
        for (int voters = 1; voters < 16; voters++) {
            for (int joiner = 0; joiner < 4; joiner++) {
                MemberSet before = subset(all, voters);
                if (before.contains(all.get(joiner))) {
                    continue;
                }
                Electorate sawIt = Electorate.of(before).with(all.get(joiner));
                Electorate mayHaveMissedIt = Electorate.of(before).doubting(all.get(joiner));
                for (int side = 0; side < 16; side++) {
                    MemberSet one = subset(all, side);
                    MemberSet other = MemberSet.of(all).minus(one);
                    assertThat(sawIt.isQuorum(one) && mayHaveMissedIt.isQuorum(other))
                            .as("%s against %s of %s", one, other, sawIt)
                            .isFalse();
                }
            }
        }
    }

    @Test
    void itIsCompleteWhenSomeIncarnationOfEachSlotIsThere() {
        Electorate electorate = Electorate.of(set(A, B)).doubting(C);

        assertThat(electorate.isComplete(set(A2, B, C))).isTrue();
        assertThat(electorate.isComplete(set(A2, B))).isFalse();
    }

    @Test
    void twoTogetherSayYesOnlyWhereBothDo() {
        List<Electorate> all = electorates(List.of(A, B, C, D));
        for (Electorate one : all) {
            for (Electorate other : all) {
                Electorate both = one.and(other);
                for (int bits = 0; bits < 16; bits++) {
                    MemberSet present = subset(List.of(A, B, C, D), bits);
                    boolean allowed = one.isQuorum(present) && other.isQuorum(present);
                    assertThat(allowed || !both.isQuorum(present))
                            .as("%s of %s and %s", present, one, other)
                            .isTrue();
                    assertThat(both.isComplete(present))
                            .isEqualTo(one.isComplete(present) && other.isComplete(present));
                }
            }
        }
    }

    /** Each of the members votes, may vote, or does not. */
    private static List<Electorate> electorates(List<MemberId> all) {
        List<Electorate> electorates = new ArrayList<>();
        for (int voters = 0; voters < 1 << all.size(); voters++) {
            for (int doubtful = 0; doubtful < 1 << all.size(); doubtful++) {
                if ((voters & doubtful) == 0) {
                    electorates.add(new Electorate(subset(all, voters), subset(all, doubtful)));
                }
            }
        }
        return electorates;
    }

    private static MemberSet subset(List<MemberId> all, int bits) {
        List<MemberId> members = new ArrayList<>();
        for (int i = 0; i < all.size(); i++) {
            if ((bits >> i & 1) == 1) {
                members.add(all.get(i));
            }
        }
        return MemberSet.of(members);
    }
}
