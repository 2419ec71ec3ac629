package io.vsring.test.campaign;

import static org.assertj.core.api.Assertions.assertThat;

import io.vsring.test.trace.TraceJudge;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.AbstractList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two members that speak once more while their traces are read. */
class CampaignJudgeTest {

    private static final String RING = "1.4.a";

    @TempDir
    Path folder;

    private Path one;
    private Path other;

    @BeforeEach
    void begin() throws IOException {
        one = begin("1#a");
        other = begin("2#b");
    }

    private Path begin(String member) throws IOException {
        Path file = Files.createFile(folder.resolve(member));
        String alone = member.replace("#", ".1.");
        append(file, configuration("regular", alone, '"' + member + '"'));
        append(file, configuration("transitional", alone + ">" + RING, '"' + member + '"'));
        append(file, configuration("regular", RING, "\"1#a\",\"2#b\""));
        return file;
    }

    private static String configuration(String kind, String id, String members) {
        return "\"ev\":\"configuration\",\"kind\":\"" + kind + "\",\"id\":\"" + id + "\",\"members\":[" + members + "]";
    }

    private void speak() {
        try {
            String message = "\"group\":\"g\",\"guarantee\":\"safe\",\"bytes\":3,\"sha256\":\"00ff\"";
            String place = "\"configuration\":\"" + RING + "\",\"seq\":1,\"index\":0";
            String deliver = "\"ev\":\"deliver\"," + place + ",\"sender\":\"1#a\",\"n\":1," + message;
            append(one, "\"ev\":\"submit\",\"n\":1," + message);
            append(one, "\"ev\":\"sent\",\"n\":1," + place);
            append(one, deliver);
            append(one, "\"ev\":\"outcome\",\"n\":1,\"result\":\"delivered\"");
            append(other, deliver);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void append(Path file, String entry) throws IOException {
        String line = "{\"at\":\"2026-01-01T00:00:00Z\",\"member\":\"" + file.getFileName() + "\"," + entry + "}\n";
        Files.writeString(file, line, StandardOpenOption.APPEND);
    }

    /** What a judge would find that took what it read for a moment of the run; so seed 305 is on record. */
    @Test
    void aTraceThatIsReadBeforeAMessageWasSentAndOneThatIsReadAfterItLookLikeAMessageOfNobody() throws IOException {
        TraceJudge judge = new TraceJudge().running(one);
        speak();

        assertThat(judge.running(other).judgeAtRest().violation().toString())
                .startsWith("B1 violated")
                .contains("2#b delivered message 1 of 1#a at 1/0 of ring 1.4.a, where nobody sent a message");
    }

    @Test
    void aRoundIsNotJudgedByTracesThatGrewWhileTheyWereRead() throws IOException {
        CampaignJudge judge = new CampaignJudge(folder);

        assertThat(judge.traces(new SpeakingMeanwhile())).isFalse();
        assertThat(judge.wrongs()).isEmpty();

        assertThat(judge.traces(List.of(one, other)))
                .as("when they are at rest")
                .isTrue();
        assertThat(judge.wrongs()).isEmpty();
    }

    /** The files, of which the second one is asked for once for its size, and then to be read. */
    private final class SpeakingMeanwhile extends AbstractList<Path> {
        private int timesAsked;

        @Override
        public Path get(int index) {
            if (index == 1 && ++timesAsked == 2) {
                speak();
            }
            return index == 0 ? one : other;
        }

        @Override
        public int size() {
            return 2;
        }
    }

    @Test
    void whatIsWrongAtRestIsSaid() throws IOException {
        speak();
        append(
                other,
                "\"ev\":\"deliver\",\"configuration\":\"" + RING + "\",\"seq\":2,\"index\":0,\"sender\":\"1#a\","
                        + "\"n\":2,\"group\":\"g\",\"guarantee\":\"safe\",\"bytes\":3,\"sha256\":\"00ff\"");
        CampaignJudge judge = new CampaignJudge(folder);

        assertThat(judge.traces(List.of(one, other))).isTrue();
        assertThat(judge.wrongs()).singleElement().asString().startsWith("B1 violated");
    }
}
