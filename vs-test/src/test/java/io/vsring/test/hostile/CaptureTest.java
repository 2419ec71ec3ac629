package io.vsring.test.hostile;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CaptureTest {

    @TempDir
    Path folder;

    @Test
    void whatWasWrittenIsReadInThatOrder() throws IOException {
        Path file = folder.resolve("capture");
        byte[] longest = new byte[65_507];
        try (Capture.Writer writer = new Capture.Writer(file, 1 << 20)) {
            writer.add(new Captured(1, 2, new byte[] {7}));
            writer.add(new Captured(3, 1, longest));
        }

        try (Capture.Reader reader = new Capture.Reader(file)) {
            Captured first = reader.next();
            Captured second = reader.next();
            assertThat(first.from()).isEqualTo(1);
            assertThat(first.to()).isEqualTo(2);
            assertThat(first.bytes()).containsExactly(7);
            assertThat(second.from()).isEqualTo(3);
            assertThat(second.bytes()).isEqualTo(longest);
            assertThat(reader.next()).isNull();
        }
    }

    @Test
    void theFileGrowsNoFurtherThanItMay() throws IOException {
        Path file = folder.resolve("capture");
        try (Capture.Writer writer = new Capture.Writer(file, 30)) {
            for (int i = 0; i < 5; i++) {
                writer.add(new Captured(1, 2, new byte[10]));
            }
            assertThat(writer.toString()).startsWith("2 datagrams in 28 bytes, 3 more");
        }

        assertThat(file).hasSize(28);
    }

    @Test
    void aFileThatWasCutOffEndsBeforeTheCut() throws IOException {
        Path file = folder.resolve("capture");
        try (Capture.Writer writer = new Capture.Writer(file, 1 << 20)) {
            writer.add(new Captured(1, 2, new byte[10]));
            writer.add(new Captured(1, 2, new byte[10]));
        }
        Files.write(file, Arrays.copyOf(Files.readAllBytes(file), 20));

        try (Capture.Reader reader = new Capture.Reader(file)) {
            assertThat(reader.next()).isNotNull();
            assertThat(reader.next()).isNull();
        }
    }
}
