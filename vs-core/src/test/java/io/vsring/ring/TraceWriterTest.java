package io.vsring.ring;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vsring.ConfigurationChange;
import io.vsring.Guarantee;
import io.vsring.MemberId;
import io.vsring.MemberSet;
import io.vsring.Receipt;
import io.vsring.RingConfiguration;
import io.vsring.RingId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class TraceWriterTest {

    private static final MemberId SELF = new MemberId(1, 0xab);
    private static final RingId RING = new RingId(SELF, 42);
    private static final RingConfiguration REGULAR = RingConfiguration.regular(RING, MemberSet.of(SELF));
    /** One member of a flat object, whose values are strings, numbers, truths or lists of strings. */
    private static final Pattern FIELD = Pattern.compile(
            "\"(\\w+)\":(\"(?:[^\"\\\\]|\\\\.)*\"|-?\\d+|true|false|\\[(?:\"[^\"]*\"(?:,\"[^\"]*\")*)?])(,|}$)");

    @TempDir
    Path directory;

    private Path file;

    @BeforeEach
    void nameFile() {
        file = directory.resolve("trace.jsonl");
    }

    @Test
    void writesEachEventAsTheDocumentationSays() throws IOException {
        TraceWriter trace = TraceWriter.open(file, SELF);
        trace.onConfigurationChange(ConfigurationChange.between(MemberSet.of(), REGULAR));
        trace.onSubmit(1, "g", Guarantee.SAFE, "abc".getBytes(UTF_8));
        trace.onSent(1, RING, 7, 0);
        trace.onDeliver(new KeptDelivery(
                new KeptDelivery.Position(REGULAR, 7, 0), SELF, 1, "g", Guarantee.SAFE, "abc".getBytes(UTF_8)));
        trace.onDelivered(new Receipt(1, Guarantee.SAFE, REGULAR, 7, 0));
        trace.onConfigurationChange(ConfigurationChange.between(
                MemberSet.of(),
                RingConfiguration.transitional(RING, new RingId(SELF, 43), MemberSet.of(SELF, new MemberId(2, 1)))));
        trace.onUnknown(2);
        trace.onRefused("no \"room\"\n");
        trace.onPrimary(true, "1.42.ab@0.7", MemberSet.of(SELF));
        trace.onDigest(500, 0xfedc_ba98_7654_3210L);
        trace.onClosed();

        assertThat(lines())
                .containsExactly(
                        "configuration kind=regular id=1.42.ab members=[1#ab]",
                        "submit n=1 group=g guarantee=safe bytes=3 sha256=ba7816bf8f01cfea",
                        "sent n=1 configuration=1.42.ab seq=7 index=0",
                        "deliver configuration=1.42.ab seq=7 index=0 sender=1#ab n=1 group=g guarantee=safe bytes=3"
                                + " sha256=ba7816bf8f01cfea",
                        "outcome n=1 result=delivered",
                        "configuration kind=transitional id=1.42.ab>1.43.ab members=[1#ab,2#1]",
                        "outcome n=2 result=unknown",
                        "refused reason=no \\\"room\\\"\\u000a",
                        "primary primary=true label=1.42.ab@0.7 members=[1#ab]",
                        "digest configuration=1.42.ab>1.43.ab applied=500 digest=fedcba9876543210");
    }

    @Test
    void isInTheFileSoonWithoutBeingClosed() throws Exception {
        TraceWriter trace = TraceWriter.open(file, SELF);
        trace.onUnknown(1);

        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(10);
        while (Files.size(file) == 0 && System.nanoTime() < deadline) {
            Thread.onSpinWait();
        }

        assertThat(lines()).containsExactly("outcome n=1 result=unknown");
        trace.onClosed();
    }

    @Test
    void goesOnBehindWhatAKilledProcessLeft() throws IOException {
        Files.writeString(file, "{\"ev\":\"sub");

        TraceWriter trace = TraceWriter.open(file, SELF);
        trace.onUnknown(1);
        trace.onClosed();

        List<String> raw = Files.readAllLines(file);
        assertThat(raw).hasSize(2);
        assertThat(raw.get(0)).isEqualTo("{\"ev\":\"sub");
        assertThat(parsed(raw.get(1))).isEqualTo("outcome n=1 result=unknown");
    }

    @Test
    void whatCannotBeWrittenInTimeEndsTheTraceWithALineThatSaysSo() throws IOException {
        TraceQueue queue = new TraceQueue(10L * TraceEvent.OVERHEAD_BYTES);
        for (int number = 1; number <= 20; number++) {
            queue.put(new TraceEvent.Known(0, number, "unknown"));
        }

        TraceWriter trace = TraceWriter.start(file, TraceFile.open(file, SELF, System::nanoTime), SELF, queue);
        trace.onClosed();
        trace.onUnknown(21);

        List<String> lines = lines();
        assertThat(lines).hasSize(11);
        for (int number = 1; number <= 10; number++) {
            assertThat(lines.get(number - 1)).isEqualTo("outcome n=" + number + " result=unknown");
        }
        assertThat(lines.get(10)).startsWith("trace-ended reason=the file could not follow");
    }

    @Test
    void whatHappenedIsInTheFileAlsoWhileMoreAndMoreHappens() throws IOException {
        AtomicLong now = new AtomicLong();
        try (TraceFile trace = TraceFile.open(file, SELF, now::get)) {
            trace.append(new TraceEvent.Known(0, 1, "unknown"));
            assertThat(Files.size(file)).isZero();

            now.addAndGet(TraceFile.WAIT_NANOS_MAX);
            trace.append(new TraceEvent.Known(0, 2, "unknown"));
            now.addAndGet(TraceFile.WAIT_NANOS_MAX - 1);
            trace.append(new TraceEvent.Known(0, 3, "unknown"));

            assertThat(lines()).containsExactly("outcome n=1 result=unknown", "outcome n=2 result=unknown");
        }
    }

    @Test
    void aThreadThatBreaksEndsTheTraceAndNotTheMembersMemory() throws IOException {
        TraceQueue queue = new TraceQueue(1 << 20);
        AtomicInteger calls = new AtomicInteger();
        TraceFile broken = TraceFile.open(file, SELF, () -> {
            if (calls.incrementAndGet() > 1) {
                throw new StackOverflowError("made up");
            }
            return 0;
        });

        TraceWriter trace = TraceWriter.start(file, broken, SELF, queue);
        for (int number = 1; number <= 10; number++) {
            trace.onUnknown(number);
        }
        trace.onClosed();

        assertThat(queue.isCut()).isTrue();
        assertThat(queue.poll()).isNull();
    }

    @Test
    void twoMembersThatAreGivenOneFileDoNotWriteOverEachOther() throws IOException {
        TraceWriter first = TraceWriter.open(file, SELF);
        first.onUnknown(1);

        assertThatThrownBy(() -> TraceWriter.open(file, new MemberId(2, 2)))
                .isInstanceOf(RingStartException.class)
                .hasMessageContaining("vs.trace.file")
                .hasMessageContaining("a file of its own for each member");
        first.onClosed();
        TraceWriter next = TraceWriter.open(file, new MemberId(1, 2));
        next.onUnknown(1);
        next.onClosed();

        assertThat(lines()).containsExactly("outcome n=1 result=unknown", "outcome n=1 result=unknown");
    }

    @Test
    void aFileThatCannotBeOpenedIsNamedWithItsProperty() {
        assertThatThrownBy(() -> TraceWriter.open(directory, SELF))
                .isInstanceOf(RingStartException.class)
                .hasMessageContaining("vs.trace.file");
    }

    @Test
    void aRunningMemberTracesWhatItDoesAndTheFileIsWholeWhenItIsClosed() throws Exception {
        Ring ring = RingOptions.builder().memberId(1).traceFile(file).build().open(new RecordingHandler());
        ring.start().get(10, TimeUnit.SECONDS);
        ring.awaitFormation(Duration.ofSeconds(10));
        for (int i = 0; i < 100; i++) {
            ring.offer("g", new byte[i], Guarantee.AGREED, new RecordingOutcome());
        }
        ring.close();

        List<String> lines = lines();
        for (String kind : List.of("submit", "sent", "deliver", "outcome")) {
            assertThat(lines.stream().filter(line -> line.startsWith(kind + " ")))
                    .hasSize(100);
        }
        for (int n = 1; n <= 100; n++) {
            String number = " n=" + n + " ";
            assertThat(lines.stream()
                            .filter(line -> (line + " ").contains(number))
                            .map(line -> line.substring(0, line.indexOf(' ')))
                            .toList())
                    .containsExactly("submit", "sent", "deliver", "outcome");
        }
    }

    private List<String> lines() throws IOException {
        return Files.readAllLines(file).stream().map(TraceWriterTest::parsed).toList();
    }

    /** The event and its own fields; what every line carries is checked and left out. */
    private static String parsed(String line) {
        assertThat(line).startsWith("{").endsWith("}");
        StringBuilder text = new StringBuilder();
        Matcher field = FIELD.matcher(line);
        int at = 1;
        while (field.find()) {
            assertThat(field.start()).as("nothing between fields in %s", line).isEqualTo(at);
            at = field.end();
            String value = field.group(2).replace("\",\"", ",").replaceAll("^\\[\"|\"]$", "");
            value = field.group(2).startsWith("[") ? "[" + value + "]" : value.replaceAll("^\"|\"$", "");
            switch (field.group(1)) {
                case "ev" -> text.append(value);
                case "at" ->
                    assertThat(Instant.parse(value)).isBefore(Instant.now().plusSeconds(1));
                case "member" -> assertThat(value).startsWith("1#");
                default -> text.append(' ').append(field.group(1)).append('=').append(value);
            }
        }
        assertThat(at).as("all of %s is fields", line).isEqualTo(line.length());
        return text.toString();
    }
}
