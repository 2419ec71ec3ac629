package io.vsring.test.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import io.vsring.test.linearizability.CounterModel;
import io.vsring.test.linearizability.Invocation;
import io.vsring.test.linearizability.MapEntryModel;
import io.vsring.test.linearizability.ObjectKey;
import io.vsring.test.linearizability.WholeMapModel;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Each claim about maps and counters can break. */
class ObjectClaimsTest {
    private static final int ONE = 1;

    private final SimulatedCluster cluster = new SimulatedCluster(new Seed(5), ClusterShape.of(2));
    private final LedgerClaims ledger = new LedgerClaims(cluster, 0);
    private final ObjectClaims claims = new ObjectClaims(cluster, ledger);

    @BeforeEach
    void start() {
        cluster.startAll();
        cluster.runFor(1_000_000);
    }

    @Test
    void anEntryThatWasPutAndIsNotThereIsSeen() {
        ObjectKey entry = MapEntryModel.object("map", "key");
        answered(entry, MapEntryModel.put("v1"), null);
        answered(entry, MapEntryModel.get(), null);

        claims.judge();

        assertThat(broken()).isEqualTo("M1");
    }

    @Test
    void halfOfAPutAllIsSeen() {
        ObjectKey map = WholeMapModel.object("map");
        answered(map, WholeMapModel.putAll(Map.of("a", "v1", "b", "v2")), null);
        answered(map, WholeMapModel.size(), 1);

        claims.judge();

        assertThat(broken()).isEqualTo("M2");
    }

    @Test
    void anAdditionThatCountsTwiceIsSeen() {
        ObjectKey counter = CounterModel.object("counter");
        answered(counter, CounterModel.add(1), 1);
        answered(counter, CounterModel.get(), 2);

        claims.judge();

        assertThat(broken()).isEqualTo("M3");
    }

    @Test
    void whatIsAnsweredAfterAllWasLostDoesNotCount() {
        ObjectKey counter = CounterModel.object("counter");
        answered(counter, CounterModel.add(1), 1);
        ledger.lost();

        assertThat(claims.losses()).isEqualTo(1);
        answered(counter, CounterModel.get(), 0);
        claims.judge();

        assertThat(cluster.violation()).isNull();
        assertThat(claims.judged()).isEqualTo(2);
    }

    private void answered(ObjectKey object, Invocation invocation, Object answer) {
        claims.begin(cluster.member(ONE), object, invocation).returned(answer);
        cluster.runFor(1_000);
    }

    private String broken() {
        return cluster.violation() == null ? "none" : cluster.violation().predicate();
    }
}
