package io.vsring.replicated;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vsring.Guarantee;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What docs/replication.md says about one's own objects works. */
@Timeout(60)
class BallotReplicaTest {

    private static final ReplicationOptions OPTIONS =
            ReplicationOptions.defaults().withKinds(Map.of("ballot", BallotReplica::new));

    @Test
    void anObjectOfOnesOwnIsTheSameOnAllMembersAndReachesNewcomers() throws Exception {
        try (LoopbackMembers members = new LoopbackMembers(2)) {
            ReplicatedObjects first = members.start(1, OPTIONS, unused -> {});
            assertThat(vote(first, "tea")).isEqualTo("1");
            assertThat(vote(first, "coffee")).as("it has voted").isEqualTo("0");
            assertThatThrownBy(() -> vote(first, "")).hasRootCauseInstanceOf(ReplicaException.class);

            ReplicatedObjects second = members.start(2, OPTIONS, unused -> {});

            assertThat(vote(second, "tea")).isEqualTo("2");
            assertThat(vote(first, "tea")).as("both have one ballot").isEqualTo("2");
        }
    }

    private static String vote(ReplicatedObjects member, String choice) throws Exception {
        return new String(
                member.custom("lunch", "ballot", Guarantee.SAFE)
                        .call(choice.getBytes(UTF_8))
                        .get(10, TimeUnit.SECONDS),
                UTF_8);
    }
}
