package io.vsring.test.campaign;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;

/** Looks through the logs of members for what nobody would see otherwise. */
final class LogScan {

    /** Netty says so of a buffer that nobody gave back. */
    private static final String LEAK = "LEAK:";

    private LogScan() {}

    /** The lines that tell of a leak, with the file in which each is. */
    static List<String> wrongs(List<MemberSlot> members) throws IOException {
        List<String> wrongs = new ArrayList<>();
        for (MemberSlot member : members) {
            if (Files.exists(member.log())) {
                for (String line :
                        Files.readString(member.log(), StandardCharsets.UTF_8).split("\n", -1)) {
                    if (line.contains(LEAK)) {
                        wrongs.add(member.log() + ": " + line);
                    }
                }
            }
        }
        return wrongs;
    }
}
