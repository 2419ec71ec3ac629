package io.vsring.test.campaign;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LogScanTest {

    @TempDir
    Path folder;

    @Test
    void aLineThatTellsOfALeakIsFoundWithItsFile() throws IOException {
        Path clean = Files.write(folder.resolve("member-1.log"), List.of("member=1 ring=1.7 starts", ""));
        Path leaking = Files.write(
                folder.resolve("member-2.log"),
                List.of(
                        "member=2 ring=1.7 starts",
                        "ERROR LEAK: ByteBuf.release() was not called before it's garbage-collected.",
                        "Recent access records: "));
        Path gone = folder.resolve("member-3.log");

        assertThat(LogScan.wrongs(List.of(clean, leaking, gone)))
                .containsExactly(
                        leaking + ": ERROR LEAK: ByteBuf.release() was not called before it's garbage-collected.");
    }
}
