package io.vsring.actuate;

import static org.assertj.core.api.Assertions.assertThat;

import io.vsring.ConfigurationChange;
import io.vsring.MemberId;
import io.vsring.MemberSet;
import io.vsring.RingConfiguration;
import io.vsring.RingId;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Set;
import org.junit.jupiter.api.Test;

class RingHistoryTest {

    @Test
    void theLastConfigurationsAreKeptTheYoungestFirst() {
        RingHistory history = new RingHistory(InstantSource.fixed(Instant.EPOCH));
        MemberId member = new MemberId(1, 1);
        MemberSet members = MemberSet.of(member);
        for (int sequence = 1; sequence <= 3 * RingHistory.SIZE; sequence++) {
            RingConfiguration configuration = RingConfiguration.regular(new RingId(member, sequence), members);
            history.onInstall(ConfigurationChange.between(members, configuration), Set.of());
        }

        assertThat(history.entries()).hasSize(RingHistory.SIZE);
        assertThat(history.entries().get(0).configuration())
                .isEqualTo(RingConfiguration.regular(new RingId(member, 3L * RingHistory.SIZE), members)
                        .id());
    }
}
