package io.vsring.transport;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.PooledByteBufAllocator;
import io.netty.util.ResourceLeakDetector;
import io.netty.util.ResourceLeakDetectorFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(120)
class LeakAlarmTest {

    /** Leaks a buffer as its last act if it is told to. */
    static final class Careless {

        public static void main(String[] words) {
            ByteBuf buffer = PooledByteBufAllocator.DEFAULT.directBuffer(16);
            if (!words[0].equals("leak")) {
                buffer.release();
            }
        }
    }

    @Test
    void theTestsOfThisBuildAreWatched() {
        assertThat(ResourceLeakDetector.getLevel()).isEqualTo(ResourceLeakDetector.Level.PARANOID);
        assertThat(ResourceLeakDetectorFactory.instance().newResourceLeakDetector(String.class))
                .isInstanceOf(LeakAlarm.class);
    }

    @Test
    void aProcessThatLeaksSaysSoAndEndsWithAnErrorAndNoOther() throws Exception {
        Ended leaked = run("leak");
        Ended clean = run("release");

        assertThat(leaked.output()).contains("LEAK: ByteBuf was not released before it was collected");
        assertThat(leaked.exitCode()).isEqualTo(LeakAlarm.EXIT_CODE);
        assertThat(clean.exitCode()).as(clean.output()).isZero();
        assertThat(clean.output()).doesNotContain("LEAK:").doesNotContain("Could not load");
    }

    private record Ended(int exitCode, String output) {}

    private static Ended run(String word) throws Exception {
        Process process = new ProcessBuilder(List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Dio.netty.leakDetection.level=paranoid",
                        "-Dio.netty.customResourceLeakDetector=" + LeakAlarm.class.getName(),
                        "-cp",
                        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                        Careless.class.getName(),
                        word))
                .redirectErrorStream(true)
                .start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return new Ended(process.waitFor(), output);
    }
}
