package io.vsring.test.campaign;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A control group whose processes get a small part of a processor. Version 1 or 2, whichever is here. */
final class CpuGroup {

    private static final String NAME = Namespaces.PREFIX + "campaign";
    private static final Path VERSION_1 = Path.of("/sys/fs/cgroup/cpu");
    private static final Path VERSION_2 = Path.of("/sys/fs/cgroup");
    private static final int PERIOD_MICROS = 100_000;
    private static final String PROCESSES = "cgroup.procs";

    private final Path group;
    private final Path home;

    private CpuGroup(Path group, Path home) {
        this.group = group;
        this.home = home;
    }

    /**
     * Makes the group.
     *
     * @param percent of one processor
     * @return null where control groups cannot be made
     */
    static @Nullable CpuGroup make(int percent) {
        int quota = PERIOD_MICROS * percent / 100;
        try {
            if (Files.exists(VERSION_1.resolve(PROCESSES))) {
                Path group = Files.createDirectories(VERSION_1.resolve(NAME));
                Files.writeString(group.resolve("cpu.cfs_period_us"), Integer.toString(PERIOD_MICROS));
                Files.writeString(group.resolve("cpu.cfs_quota_us"), Integer.toString(quota));
                return new CpuGroup(group, VERSION_1.resolve(own("cpu").substring(1)));
            }
            if (!Files.exists(VERSION_2.resolve(PROCESSES))) {
                return null;
            }
            Files.writeString(VERSION_2.resolve("cgroup.subtree_control"), "+cpu");
            Path group = Files.createDirectories(VERSION_2.resolve(NAME));
            Files.writeString(group.resolve("cpu.max"), quota + " " + PERIOD_MICROS);
            return new CpuGroup(group, VERSION_2.resolve(own("").substring(1)));
        } catch (IOException notHere) {
            removeLeftovers();
            return null;
        }
    }

    /** The group that this process is in, beginning with a slash. */
    private static String own(String controller) throws IOException {
        for (String line : Files.readAllLines(Path.of("/proc/self/cgroup"))) {
            String[] parts = line.split(":", 3);
            if (List.of(parts[1].split(",", -1)).contains(controller)) {
                return parts[2];
            }
        }
        return "/";
    }

    void enter(long pid) {
        write(group.resolve(PROCESSES), Long.toString(pid));
    }

    /** Puts all its processes back to where this one is. */
    void leave() {
        try {
            for (String pid : Files.readAllLines(group.resolve(PROCESSES))) {
                write(home.resolve(PROCESSES), pid);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** In how many periods its processes had to wait. */
    long throttled() {
        try {
            for (String line : Files.readAllLines(group.resolve("cpu.stat"))) {
                if (line.startsWith("nr_throttled ")) {
                    return Long.parseLong(line.substring("nr_throttled ".length()));
                }
            }
            return 0;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void write(Path file, String text) {
        try {
            Files.writeString(file, text);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write " + text + " to " + file, e);
        }
    }

    /** Removes what is left of the group, if its processes are gone. */
    static void removeLeftovers() {
        for (Path each : List.of(VERSION_1.resolve(NAME), VERSION_2.resolve(NAME))) {
            try {
                Files.deleteIfExists(each);
            } catch (IOException inUse) {
                throw new UncheckedIOException("cannot remove the control group " + each, inUse);
            }
        }
    }
}
