package io.vsring.benchmarks.scoreboard;

import static org.assertj.core.api.Assertions.assertThat;

import io.vsring.benchmarks.scoreboard.Chart.Contestant;
import io.vsring.benchmarks.scoreboard.Chart.Role;
import io.vsring.benchmarks.scoreboard.Chart.Row;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PageTest {

    private static final Row ROW = new Row("64 bytes", List.of("throughput"));
    private static final Contestant OURS = new Contestant("vs", Role.OURS, List.of());
    private static final Contestant TOO = new Contestant("vs, safe", Role.OURS_TOO, List.of("--guarantee", "safe"));
    private static final Contestant PEER = new Contestant("one", Role.PEER, List.of("--peer", "one"));
    private static final Contestant BETTER = new Contestant("two", Role.PEER, List.of("--peer", "two"));
    private static final List<Contestant> ALL = List.of(OURS, TOO, PEER, BETTER);

    @TempDir
    private Path folder;

    @Test
    void oursIsComparedWithTheBestPeerAndNothingElse() throws IOException {
        Chart chart = new Chart("rate", "messages <per> second", Net.LOOPBACK, "rate", true, List.of(ROW), ALL);
        Results results = results(chart, "rate", 3_000, 9_000, 1_000, 2_000);

        assertThat(new Page(results).ratio(chart, ROW)).hasValue(1.5);
        assertThat(new Page(results).markdown(List.of(chart), Map.of()))
                .contains("| 64 bytes | 3,000 | 9,000 | 1,000 | 2,000 | **1.50** |");
        assertThat(new Plot(results).svg(chart)).contains("messages &lt;per> second", ">9,000<");
    }

    @Test
    void ofLatenciesTheSmallerOneIsBetter() throws IOException {
        Chart chart = new Chart("us", "microseconds", Net.LOOPBACK, "p50", false, List.of(ROW), ALL);

        assertThat(new Page(results(chart, "p50", 50, 10, 200, 100)).ratio(chart, ROW))
                .hasValue(2);
    }

    @Test
    void whatHasNotBeenRunIsNotShown() throws IOException {
        Chart chart = new Chart("rate", "messages", Net.LOOPBACK, "rate", true, List.of(ROW), ALL);
        Results results = results(chart, "rate", 3_000);

        assertThat(new Page(results).ratio(chart, ROW)).isEmpty();
        assertThat(new Page(results).markdown(List.of(chart), Map.of()))
                .contains("| 64 bytes | 3,000 | - | - | - | - |");
    }

    @Test
    void numbersHaveThreeDigitsThatMeanSomething() {
        assertThat(Page.number(6_596_123)).isEqualTo("6,600,000");
        assertThat(Page.number(43_949)).isEqualTo("43,900");
        assertThat(Page.number(155.4)).isEqualTo("155");
        assertThat(Page.number(12.34)).isEqualTo("12.3");
        assertThat(Page.number(1.234)).isEqualTo("1.23");
    }

    private Results results(Chart chart, String key, double... values) throws IOException {
        Results results = Results.read(folder.resolve("results.jsonl"), "abc");
        for (int at = 0; at < values.length; at++) {
            results.add(
                    Map.of("code", "abc"),
                    chart.run(ROW, chart.contestants().get(at)),
                    "{\"" + key + "\":" + values[at] + "}");
        }
        return results;
    }
}
