package io.vsring.test.campaign;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/** Looks through the logs of members for what nobody would see otherwise. */
public final class LogScan {

    /**
     * With these options a JVM watches each buffer of Netty, and logs those that nobody gave back with the place where
     * they were made. What was done with them since is not recorded: that takes much of the throughput.
     */
    public static final List<String> LEAK_DETECTION =
            List.of("-Dio.netty.leakDetection.level=paranoid", "-Dio.netty.leakDetection.targetRecords=0");

    /** What such a line has. */
    private static final String LEAK = "LEAK:";

    private LogScan() {}

    /** The lines that tell of a leak, with the file in which each is; files that are not there tell of none. */
    public static List<String> wrongs(Collection<Path> logs) throws IOException {
        List<String> wrongs = new ArrayList<>();
        for (Path log : logs) {
            if (Files.exists(log)) {
                for (String line : Files.readString(log, StandardCharsets.UTF_8).split("\n", -1)) {
                    if (line.contains(LEAK)) {
                        wrongs.add(log + ": " + line);
                    }
                }
            }
        }
        return wrongs;
    }
}
