package io.vsring.replicated;

import static io.vsring.replicated.Members.A;
import static io.vsring.replicated.Members.B;
import static io.vsring.replicated.Members.C;
import static io.vsring.replicated.Members.label;
import static io.vsring.replicated.Members.set;
import static org.assertj.core.api.Assertions.assertThat;

import io.vsring.MemberId;
import io.vsring.MemberSet;
import io.vsring.replicated.Standing.Attempt;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class AttemptsTest {

    private static final int MEMBERS = 8;

    private final Attempts attempts = new Attempts();

    @Test // [REP-7]
    void anAttemptWithTheVotersOfAnEarlierOneTakesItsPlace() {
        attempts.add(attempt(1, set(A, B)));
        attempts.add(attempt(2, set(B, C)));
        attempts.add(attempt(3, set(A, B)));

        assertThat(attempts.toList()).containsExactly(attempt(2, set(B, C)), attempt(3, set(A, B)));
    }

    @Test // [REP-7]
    void ofTooManyTheOldestBecomeOneThatAllowsNothingThatTheyForbade() {
        List<Attempt> all = new ArrayList<>();
        for (int bits = 1; bits < 1 << MEMBERS; bits++) {
            all.add(attempt(bits, members(bits)));
        }

        attempts.addAll(all);

        List<Attempt> kept = attempts.toList();
        assertThat(kept).hasSize(Attempts.REMEMBERED_MAX).endsWith(all.get(all.size() - 1));
        assertThat(kept.get(0).label())
                .isEqualTo(all.get(all.size() - kept.size()).label());
        for (int bits = 0; bits < 1 << MEMBERS; bits++) {
            MemberSet present = members(bits);
            if (all.stream().anyMatch(each -> !each.electorate().isQuorum(present))) {
                assertThat(kept)
                        .as("%s", present)
                        .anyMatch(each -> !each.electorate().isQuorum(present));
            }
        }
    }

    private static Attempt attempt(long ringSequence, MemberSet voters) {
        return new Attempt(label(ringSequence), Electorate.of(voters));
    }

    private static MemberSet members(int bits) {
        List<MemberId> members = new ArrayList<>();
        for (int slot = 1; slot <= MEMBERS; slot++) {
            if (((bits >> (slot - 1)) & 1) == 1) {
                members.add(new MemberId(slot, slot));
            }
        }
        return MemberSet.of(members);
    }
}
