package io.vsring.test.trace;

import static org.assertj.core.api.Assertions.assertThat;

import io.vsring.ConfigurationChange;
import io.vsring.Delivery;
import io.vsring.replicated.Codec;
import io.vsring.replicated.ReplicatedMap;
import io.vsring.replicated.ReplicatedObjects;
import io.vsring.replicated.ReplicationListener;
import io.vsring.replicated.ReplicationOptions;
import io.vsring.ring.RingHandler;
import io.vsring.ring.RingOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The trace of a real member with replicated objects says when it was primary, and what its state was. */
@Timeout(60)
class ReplicatedTraceTest {
    private static final RingHandler SILENT = new RingHandler() {
        @Override
        public void onMessage(Delivery delivery) {}

        @Override
        public void onConfigurationChange(ConfigurationChange change) {}
    };

    @TempDir
    private Path folder;

    @Test
    void saysWhenItIsPrimaryAndTheDigestOfEachFiveHundredthCommand() throws Exception {
        Path file = folder.resolve("trace.jsonl");
        RingOptions ring = RingOptions.builder().memberId(1).traceFile(file).build();

        ReplicatedObjects objects = ReplicatedObjects.open(
                ReplicationOptions.defaults(), SILENT, ReplicationListener.NONE, handler -> ring.open(handler));
        try {
            objects.ring().start().get(30, TimeUnit.SECONDS);
            put(objects.map("m", Codec.strings(), Codec.longs()), 1_100);
        } finally {
            objects.ring().close();
        }

        List<JsonLine> digests = linesOf(file, "digest");
        assertThat(digests.stream().map(line -> line.number("applied")))
                .as("when it became primary, and then at each 500th")
                .containsExactly(1L, 500L, 1000L);
        assertThat(digests.stream().map(line -> line.text("digest")).distinct()).hasSize(3);
        List<JsonLine> primary = linesOf(file, "primary");
        assertThat(primary.get(0).truth("primary")).isTrue();
        assertThat(primary.get(0).text("label")).startsWith(digests.get(0).text("configuration") + "@");
        assertThat(primary.get(0).texts("members"))
                .containsExactly(primary.get(0).text("member"));
        assertThat(new TraceJudge().left(file).judgeAtRest().violation()).isNull();
    }

    private static void put(ReplicatedMap<String, Long> map, int times) throws Exception {
        List<CompletableFuture<Long>> puts = new ArrayList<>();
        for (long i = 0; i < times; i++) {
            puts.add(map.putAsync("k" + i, i));
        }
        CompletableFuture.allOf(puts.toArray(new CompletableFuture<?>[0])).get(30, TimeUnit.SECONDS);
    }

    private static List<JsonLine> linesOf(Path file, String event) throws IOException {
        return Files.readAllLines(file).stream()
                .map(JsonLine::parse)
                .filter(line -> line.text("ev").equals(event))
                .toList();
    }
}
