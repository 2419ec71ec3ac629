package io.vsring.test.campaign;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * What the system says of a process. Any thread.
 *
 * @param folder of the process in {@code /proc}
 */
public record ProcessView(Path folder) {

    /** Of the process of this id. */
    public ProcessView(long pid) {
        this(Path.of("/proc", Long.toString(pid)));
    }

    /** What a process has taken. */
    record Resources(long memoryKilobytes, long threads, long descriptors) {}

    long pid() {
        return Long.parseLong(folder.getFileName().toString());
    }

    /** The letter of its state: {@code T} for one that is stopped; {@code -} if there is none. */
    char state() {
        String stat = read("stat");
        int name = stat.lastIndexOf(')'); // which may have any characters
        return name < 0 || name + 2 >= stat.length() ? '-' : stat.charAt(name + 2);
    }

    /** What it has taken now; zeros if it is gone. */
    Resources resources() {
        String status = read("status");
        return new Resources(number(status, "VmRSS:"), number(status, "Threads:"), descriptors());
    }

    private long descriptors() {
        try (Stream<Path> all = Files.list(folder.resolve("fd"))) {
            return all.count();
        } catch (IOException gone) {
            return 0;
        }
    }

    private static long number(String status, String name) {
        for (String line : status.split("\n", -1)) {
            if (line.startsWith(name)) {
                return Long.parseLong(line.substring(name.length()).strip().split(" ", -1)[0]);
            }
        }
        return 0;
    }

    /** How many datagrams its network namespace has dropped because a receive buffer was full. */
    public long receiveBufferErrors() {
        List<String[]> lines = new ArrayList<>();
        for (String line : read("net/snmp").split("\n", -1)) {
            if (line.startsWith("Udp: ")) {
                lines.add(line.split(" ", -1));
            }
        }
        for (int index = 0; lines.size() == 2 && index < lines.get(0).length; index++) {
            if (lines.get(0)[index].equals("RcvbufErrors")) {
                return Long.parseLong(lines.get(1)[index]);
            }
        }
        return 0;
    }

    private String read(String file) {
        try {
            return Files.readString(folder.resolve(file));
        } catch (IOException gone) {
            if (Files.exists(folder.resolve(file))) {
                throw new UncheckedIOException(gone);
            }
            return "";
        }
    }
}
