package io.vsring.test.trace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vsring.test.check.History;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Traces of two members, written by hand: sound ones, and such as break a claim. */
class TraceJudgeTest {
    private static final String RING = "1.4.a";

    @TempDir
    private Path folder;

    @Test
    void aSoundRunIsSound() throws IOException {
        History history = new TraceJudge()
                .left(file("1#a", RING, submit(1), sent(1, 1), deliver("1#a", 1, 1), outcome(1, "delivered")))
                .left(file("2#b", RING, deliver("1#a", 1, 1)))
                .requireSound();

        assertThat(history.deliveries()).isEqualTo(2);
    }

    @Test
    void aMessageIsDeliveredAfterItWasSentWhateverTheOrderOfTheFiles() throws IOException {
        History history = new TraceJudge()
                .running(file("2#b", RING, deliver("1#a", 1, 1)))
                .running(file("1#a", RING, submit(1), sent(1, 1), deliver("1#a", 1, 1), outcome(1, "delivered")))
                .judgeAtRest();

        assertThat(history.violation()).isNull();
    }

    @Test
    void whatTheKilledHadNotWrittenDownIsTakenFromTheOthers() throws IOException {
        History history = new TraceJudge()
                .killed(file("1#a", RING))
                .running(file("2#b", RING, deliver("1#a", 1, 1)))
                .judge();

        assertThat(history.violation()).isNull();
        assertThat(history.deliveries()).isEqualTo(1);
    }

    @Test
    void otherContentThanWasSentIsFound() throws IOException {
        String other = deliver("1#a", 1, 1).replace("00ff", "11ff");

        assertThat(verdict(file("1#a", RING, submit(1), sent(1, 1)), file("2#b", RING, other)))
                .isEqualTo("B1");
    }

    @Test
    void atRestNothingIsOwed() throws IOException {
        TraceJudge judge = new TraceJudge()
                .running(file("1#a", RING, submit(1), sent(1, 1), deliver("1#a", 1, 1), outcome(1, "delivered")))
                .running(file("2#b", RING));

        assertThat(judge.judge().violation()).isNull();
        assertThat(judge.judgeAtRest().violation().predicate()).isEqualTo("SF5");
    }

    @Test
    void anOutcomeBeforeTheDeliveryIsFound() throws IOException {
        Path file = file("1#a", RING, submit(1), sent(1, 1), outcome(1, "delivered"), deliver("1#a", 1, 1));

        assertThat(verdict(file, file("2#b", RING))).isEqualTo("O1");
    }

    @Test
    void twoOutcomesOfOneMessageAreFound() throws IOException {
        Path file = file(
                "1#a",
                RING,
                submit(1),
                sent(1, 1),
                deliver("1#a", 1, 1),
                outcome(1, "delivered"),
                outcome(1, "unknown"));

        assertThat(verdict(file, file("2#b", RING))).isEqualTo("O1");
    }

    @Test
    void whoLeavesIsToldWhatBecameOfEachMessage() throws IOException {
        TraceJudge judge = new TraceJudge()
                .left(file("1#a", RING, submit(1), sent(1, 1), deliver("1#a", 1, 1)))
                .left(file("2#b", RING, deliver("1#a", 1, 1)));

        assertThatThrownBy(judge::requireSound)
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("O1 violated");
    }

    @Test
    void aMessageOfNobodyIsFound() throws IOException {
        assertThat(verdict(file("1#a", RING), file("2#b", RING, deliver("1#a", 1, 1))))
                .isEqualTo("B1");
    }

    @Test
    void aTraceThatEndedBeforeItsMemberIsRefused() throws IOException {
        Path file = file("1#a", RING, "\"ev\":\"trace-ended\",\"reason\":\"disk full\"");

        assertThatThrownBy(() -> new TraceJudge().left(file))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("not the whole trace");
    }

    @Test
    void halfALineAtTheEndIsPassedOver() throws IOException {
        Path file = file("1#a", RING);
        Files.writeString(file, Files.readString(file) + "{\"ev\":\"sub");

        assertThat(new TraceJudge().killed(file).judge().violation()).isNull();
    }

    @Test
    void whoIsPrimaryAgreesWithTheOthers() throws IOException {
        String primary = primary(RING + "@0.7", "\"1#a\",\"2#b\"");

        assertThat(verdict(file("1#a", RING, primary, digest(RING, 1, "aa")), file("2#b", RING, primary)))
                .isEqualTo("none");
        assertThat(verdict(file("1#a", RING, primary), file("2#b", RING, primary.replace("@0.7", "@0.8"))))
                .as("two histories on one ring")
                .isEqualTo("T1");
        assertThat(verdict(file("1#a", RING, primary), file("2#b", RING, primary.replace(",\"2#b\"", ""))))
                .as("other members than the configuration has")
                .isEqualTo("T1");
        assertThat(verdict(file("1#a", RING, primary.replace(RING, "1.1.a")), file("2#b", RING)))
                .as("in a configuration that is over")
                .isEqualTo("T1");
    }

    @Test
    void twoDigestsAtOnePositionAreFound() throws IOException {
        Path one = file("1#a", RING, digest(RING, 500, "aa"));

        assertThat(verdict(one, file("2#b", RING, digest(RING, 500, "ab")))).isEqualTo("T2");
        assertThat(verdict(one, file("2#b", RING, digest(RING, 501, "ab")))).isEqualTo("none");
        assertThat(verdict(one, file("2#b", RING, digest("1.1.a", 500, "ab")))).isEqualTo("none");
    }

    @Test
    void twoPrimaryComponentsWithNobodyInCommonAreFound() throws IOException {
        Path one = alone("1#a", primary("1.1.a@0.7", "\"1#a\""));
        Path other = alone("2#b", primary("2.1.b@0.7", "\"2#b\""));

        assertThat(verdict(one, other)).isEqualTo("T3");
        assertThat(new TraceJudge().killed(one).running(other).judge().violation())
                .as("the state of the first one died with it")
                .isNull();
    }

    private static String primary(String label, String members) {
        return "\"ev\":\"primary\",\"primary\":true,\"label\":\"" + label + "\",\"members\":[" + members + "]";
    }

    private static String digest(String configuration, int applied, String digest) {
        return "\"ev\":\"digest\",\"configuration\":\"" + configuration + "\",\"applied\":" + applied + ",\"digest\":\""
                + digest + "\"";
    }

    private static String verdict(Path one, Path other) throws IOException {
        History history = new TraceJudge().running(one).running(other).judge();
        return history.violation() == null ? "none" : history.violation().predicate();
    }

    private static String submit(int number) {
        return "\"ev\":\"submit\",\"n\":" + number
                + ",\"group\":\"g\",\"guarantee\":\"safe\",\"bytes\":3,\"sha256\":\"00ff\"";
    }

    private static String sent(int number, int sequence) {
        return "\"ev\":\"sent\",\"n\":" + number + ",\"configuration\":\"" + RING + "\",\"seq\":" + sequence
                + ",\"index\":0";
    }

    private static String deliver(String sender, int number, int sequence) {
        return "\"ev\":\"deliver\",\"configuration\":\"" + RING + "\",\"seq\":" + sequence
                + ",\"index\":0,\"sender\":\""
                + sender + "\",\"n\":" + number
                + ",\"group\":\"g\",\"guarantee\":\"safe\",\"bytes\":3,\"sha256\":\"00ff\"";
    }

    private static String outcome(int number, String result) {
        return "\"ev\":\"outcome\",\"n\":" + number + ",\"result\":\"" + result + "\"";
    }

    private static String configuration(String kind, String id, String members) {
        return "\"ev\":\"configuration\",\"kind\":\"" + kind + "\",\"id\":\"" + id + "\",\"members\":[" + members + "]";
    }

    /** The trace of a member that began alone and then came to the ring of both. */
    private Path file(String member, String ring, String... entries) throws IOException {
        String alone = member.replace("#", ".1.");
        List<String> lines = new ArrayList<>(List.of(
                configuration("regular", alone, '"' + member + '"'),
                configuration("transitional", alone + ">" + ring, '"' + member + '"'),
                configuration("regular", ring, "\"1#a\",\"2#b\"")));
        lines.addAll(List.of(entries));
        return write(member, lines);
    }

    /** The trace of a member that stays alone. */
    private Path alone(String member, String entry) throws IOException {
        return write(member, List.of(configuration("regular", member.replace("#", ".1."), '"' + member + '"'), entry));
    }

    private Path write(String member, List<String> lines) throws IOException {
        StringBuilder text = new StringBuilder();
        for (String line : lines) {
            text.append("{\"at\":\"2026-01-01T00:00:00Z\",\"member\":\"")
                    .append(member)
                    .append("\",")
                    .append(line)
                    .append("}\n");
        }
        return Files.writeString(Files.createTempFile(folder, "trace", ".jsonl"), text);
    }
}
