package io.vsring.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.vsring.benchmarks.peer.Mode;
import io.vsring.benchmarks.peer.Peer;
import io.vsring.benchmarks.scoreboard.Scoreboard;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class ScoreboardRunsTest {

    @Test
    void everyRunOfTheScoreboardIsOneThatCanBeMade() {
        List<Plan> plans = Scoreboard.runs().stream()
                .map(run -> Plan.parse(BenchmarksMain.mode(run.get(0)), new Arguments(run.subList(1, run.size()))))
                .toList();

        assertThat(plans).extracting(Plan::members).containsOnly(1, 2, 3, 4, 5, 8, 9, 16);
        assertThat(plans).extracting(Plan::peer).contains(Peer.values());
        assertThat(plans).extracting(plan -> plan.tuning().envelope()).contains(Envelope.values());
    }

    @Test
    void aChartThatThereIsNotIsRefusedWithTheOnesThatThereAre() {
        Scoreboard.Order order =
                new Scoreboard.Order(Path.of("nowhere"), "abc", 3, "latencies", Path.of(""), List.of());

        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Scoreboard(order, (verb, options) -> ""))
                .withMessageContaining("not 'latencies'")
                .withMessageContaining("latency-loopback-p50");
    }

    @Test
    void aPeerIsNotAskedForWhatItHasNot() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Plan.parse(Mode.LOCKS, new Arguments(List.of("--peer", "infinispan"))))
                .withMessage("--peer infinispan has nothing to compare with locks");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Plan.parse(
                        Mode.THROUGHPUT, new Arguments(List.of("--peer", "jgroups_udp", "--guarantee", "safe"))))
                .withMessage("--guarantee must be agreed for jgroups_udp: it has nothing else");
    }
}
