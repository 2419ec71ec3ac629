package io.vsring.benchmarks;

import io.vsring.benchmarks.peer.Mode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The command line of a member's process: the same Java, the same class path, the same options. */
final class MemberCommand {

    /** Enough for any size of message here, and no more than a service would give it. */
    static final List<String> JVM_FLAGS = List.of(
            "-Xms256m", "-Xmx256m", "-XX:+UseParallelGC", "-XX:-UsePerfData", "-Djava.net.preferIPv4Stack=true");

    /** For a large state; the collector that stops everybody for a short time only. */
    private static final List<String> JOIN_FLAGS =
            List.of("-Xms2g", "-Xmx2g", "-XX:-UseParallelGC", "-XX:+UseG1GC", "-XX:MaxGCPauseMillis=50");

    /** From JDK 24 on, what Netty does is only allowed, or only silent, with these. */
    private static final List<String> NEWER_JVM_FLAGS =
            List.of("--enable-native-access=ALL-UNNAMED", "--sun-misc-unsafe-memory-access=allow");

    private final Plan plan;
    private final List<String> words;

    MemberCommand(Plan plan, List<String> words) {
        this.plan = plan;
        this.words = words;
    }

    List<String> forMember(int member, String ports) {
        List<String> command = new ArrayList<>();
        String launch = plan.placement().launch().strip();
        if (!launch.isEmpty()) {
            command.addAll(List.of(launch.replace("{}", String.valueOf(member)).split("\\s+")));
        }
        command.add(Path.of(System.getProperty("java.home", ""), "bin", "java").toString());
        command.addAll(JVM_FLAGS);
        command.addAll(plan.peer().jvmFlags());
        if (plan.mode() == Mode.JOIN) {
            command.addAll(JOIN_FLAGS);
        }
        if (Runtime.version().feature() >= 24) {
            command.addAll(NEWER_JVM_FLAGS);
        }
        Path recordings = plan.placement().recordings();
        if (recordings != null) {
            command.add("-XX:StartFlightRecording=settings=profile,filename="
                    + recordings.resolve("member-" + member + ".jfr"));
        }
        String flags = plan.placement().jvmFlags().strip();
        if (!flags.isEmpty()) {
            command.addAll(List.of(flags.split("\\s+")));
        }
        command.addAll(List.of("-cp", System.getProperty("java.class.path", ""), BenchmarksMain.class.getName()));
        command.addAll(List.of(BenchmarksMain.MEMBER, plan.verb()));
        command.addAll(words);
        command.addAll(List.of("--" + Option.MEMBER.word(), String.valueOf(member)));
        command.addAll(List.of("--" + Option.PORTS.word(), ports));
        return command;
    }
}
