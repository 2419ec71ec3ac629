package io.vsring.test.transcript;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Every story comes out as it is written; {@code -Dtranscripts.rewrite} writes down how it comes out. */
class TranscriptsTest {
    private static final Path FOLDER = Path.of("src/test/resources/transcripts");

    @TestFactory
    Stream<DynamicTest> stories() throws IOException {
        try (Stream<Path> files = Files.list(FOLDER)) {
            List<Path> stories = files.sorted().toList();
            assertThat(stories).as("stories in %s", FOLDER.toAbsolutePath()).isNotEmpty();
            return stories.stream()
                    .map(file -> DynamicTest.dynamicTest(
                            file.getFileName().toString().replace(".txt", ""), file.toUri(), () -> tell(file)));
        }
    }

    private static void tell(Path file) throws IOException {
        Transcript written = Transcript.parse(Files.readString(file, UTF_8));
        Transcript happened = written.happen();
        if (Boolean.getBoolean("transcripts.rewrite") || "".equals(System.getProperty("transcripts.rewrite"))) {
            Files.writeString(file, happened.text(), UTF_8);
        } else {
            assertThat(happened.text()).isEqualTo(written.text());
        }
    }

    @Test
    void aLineThatIsNoCommandIsNamed() {
        assertThatThrownBy(Transcript.parse("ring 1\nsing 1\n")::happen)
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("line 2: sing 1: no such command");
    }
}
