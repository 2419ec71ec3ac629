package io.vsring.replicated;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vsring.Guarantee;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Members that do not have the same code, or whose code does not do the same. */
@Timeout(60)
class UnlikeCodeTest {

    private static final String KIND = "lottery";

    @Test
    void anObjectThatIsNotDeterministicIsNamedAndStoppedAndTheOthersGoOn() throws Exception {
        try (LoopbackMembers members = new LoopbackMembers(3)) {
            for (int id = 1; id <= 3; id++) {
                byte drawn = (byte) (id == 2 ? 7 : 0);
                ReplicatedObjects unused = members.open(id, expecting(3, () -> new Lottery(drawn)));
            }
            members.startAll();
            ReplicaHandle lottery = members.get(0).custom("daily", KIND, Guarantee.SAFE);
            ReplicatedCounter counter = members.get(0).counter("visits");

            assertThatThrownBy(() -> {
                        while (true) {
                            byte[] unused = lottery.call(new byte[1]).get();
                        }
                    })
                    .isInstanceOf(ExecutionException.class)
                    .hasRootCauseInstanceOf(ReplicaException.class)
                    .hasMessageContaining("'daily' of kind 'lottery' has been stopped")
                    .hasMessageContaining("not deterministic");

            assertThat(members.warnings()).anyMatch(each -> each.contains("'daily'"));
            assertThat(counter.incrementAndGet()).isEqualTo(1);
        }
    }

    @Test
    void anObjectThatNotAllCanKeepIsRefusedAndNobodyFallsOut() throws Exception {
        try (LoopbackMembers members = new LoopbackMembers(2)) {
            ReplicatedObjects able = members.open(1, expecting(2, () -> new Lottery(0)));
            ReplicatedObjects unable =
                    members.open(2, ReplicationOptions.defaults().expecting(2));
            members.startAll();

            CompletableFuture<byte[]> call =
                    able.custom("daily", KIND, Guarantee.SAFE).call(new byte[1]);

            assertThatThrownBy(call::get)
                    .hasRootCauseInstanceOf(ReplicaException.class)
                    .hasMessageContaining("not every member has the code for objects of kind 'lottery'");
            assertThat(unable.counter("visits").incrementAndGet()).isEqualTo(1);
            assertThat(able.counter("visits").getOrdered()).isEqualTo(1);
        }
    }

    private static ReplicationOptions expecting(int members, Supplier<Replica> lottery) {
        Map<String, Supplier<Replica>> kinds = new TreeMap<>();
        kinds.put(KIND, lottery);
        return ReplicationOptions.defaults().expecting(members).withKinds(kinds);
    }

    /** Answers what this member has drawn, and not what all have. */
    private static final class Lottery implements Replica {

        private final byte drawn;

        Lottery(int drawn) {
            this.drawn = (byte) drawn;
        }

        @Override
        public byte[] apply(byte[] command, Circumstances circumstances) {
            return new byte[] {drawn};
        }

        @Override
        public StateSnapshot snapshot() {
            return StateSnapshot.of();
        }

        @Override
        public void restore(byte[] piece) {}
    }
}
