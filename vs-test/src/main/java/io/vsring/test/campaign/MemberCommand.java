package io.vsring.test.campaign;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** How a member is started: the one place where the properties of members are said. */
final class MemberCommand {

    private static final String SMALL_BUFFER = "64KB";
    private static final List<Path> FAKETIME = List.of(
            Path.of("/usr/lib/x86_64-linux-gnu/faketime/libfaketimeMT.so.1"),
            Path.of("/usr/lib/aarch64-linux-gnu/faketime/libfaketimeMT.so.1"));

    private MemberCommand() {}

    static List<String> of(CampaignOptions options, int number) {
        MemberNetwork network = options.network();
        List<String> command = new ArrayList<>(network.prefix(number));
        command.addAll(clock(options, number));
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of("-Xmx256m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"));
        command.addAll(LogScan.LEAK_DETECTION);
        command.addAll(options.app());
        command.add("--members=1");
        command.add("--server.port=" + network.webPort(number));
        command.add("--vs.transport.port=" + network.ringPort(number));
        command.add("--vs.discovery.seeds="
                + IntStream.rangeClosed(1, options.members())
                        .mapToObj(other -> network.host(other) + ":" + network.ringPort(other))
                        .collect(Collectors.joining(",")));
        command.add("--vs.quorum.expected-members=" + options.members());
        command.addAll(KeyDirectory.options(options));
        if (options.isNamespaced()) {
            command.add("--vs.member-id=" + number);
            command.add("--vs.transport.bind-address=" + network.host(number));
            command.add("--vs.trace.file=" + trace(options, number));
            command.add("--vs.ring.state-dir=" + state(options, number));
            command.add("--vs.startup-timeout=2m"); // it may start while it is cut off
            if (number == Roles.of(options).smallBuffer()) {
                command.add("--vs.transport.receive-buffer=" + SMALL_BUFFER);
            }
        }
        return command;
    }

    static Path log(CampaignOptions options, int number) {
        return options.folder().resolve("member-" + number + ".log");
    }

    static Path trace(CampaignOptions options, int number) {
        return options.folder().resolve("trace-" + number + ".jsonl");
    }

    /** A small disk of its own. */
    static Path state(CampaignOptions options, int number) {
        return options.folder().resolve("state-" + number);
    }

    /** What the clock of the member with {@link Roles#clock()} is off by, in seconds. */
    static Path clockFile(CampaignOptions options) {
        return options.folder().resolve("clock");
    }

    /** The library that makes clocks jump; null if it is not installed. */
    static @Nullable Path faketime() {
        return FAKETIME.stream().filter(Files::exists).findFirst().orElse(null);
    }

    /**
     * The monotonic clock stays as it is: no real one jumps. The JVM waits on that clock, and with the library's
     * "monotonic fix" such waits end at once.
     */
    private static List<String> clock(CampaignOptions options, int number) {
        Path library = faketime();
        if (library == null
                || !options.faults().contains(FaultKind.CLOCK)
                || number != Roles.of(options).clock()) {
            return List.of();
        }
        return List.of(
                "env",
                "LD_PRELOAD=" + library,
                "FAKETIME_TIMESTAMP_FILE=" + clockFile(options).toAbsolutePath(),
                "FAKETIME_CACHE_DURATION=1",
                "FAKETIME_DONT_FAKE_MONOTONIC=1",
                "FAKETIME_FORCE_MONOTONIC_FIX=0");
    }
}
