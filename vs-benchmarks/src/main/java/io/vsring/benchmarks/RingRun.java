package io.vsring.benchmarks;

import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** A whole run, in the parent's process: starts the members, gives them one instant to start at, and judges. */
final class RingRun {

    /** For the members to have read it before it comes. */
    private static final long START_AHEAD_NANOS = 300_000_000;

    private final Plan plan;
    private final List<String> words;
    private final List<MemberProcess> processes = new ArrayList<>();

    /** @param words the options as they were given, for the members to read them too */
    RingRun(Plan plan, List<String> words) {
        this.plan = plan;
        this.words = words;
    }

    /**
     * Runs, and prints a line for each member and one for the ring.
     *
     * @return the exit code: 0 if all members delivered the same in the same order
     */
    int run() throws IOException, InterruptedException {
        Runtime.getRuntime().addShutdownHook(new Thread(() -> processes.forEach(MemberProcess::destroy)));
        Path recordings = plan.placement().recordings();
        if (recordings != null) {
            Files.createDirectories(recordings);
        }
        String ports = ports().stream().map(String::valueOf).collect(Collectors.joining(","));
        for (int member = 1; member <= plan.members(); member++) {
            processes.add(MemberProcess.start(member, new MemberCommand(plan, words).forMember(member, ports)));
        }
        for (MemberProcess process : processes) {
            List<String> unused = process.readUntil(MemberRun.READY);
        }
        long start = System.nanoTime() + START_AHEAD_NANOS;
        for (MemberProcess process : processes) {
            process.write(MemberRun.START + " " + start);
        }
        Verdict verdict = new Verdict(plan);
        for (int index = 0; index < processes.size(); index++) {
            verdict.hear(index + 1, processes.get(index).readUntil(MemberRun.DONE));
        }
        for (MemberProcess process : processes) {
            process.close();
        }
        for (MemberProcess process : processes) {
            process.awaitEnd();
        }
        return tell(verdict);
    }

    private static int tell(Verdict verdict) {
        verdict.results().forEach(System.out::println);
        System.out.println(verdict.summary());
        List<String> contradictions = verdict.contradictions();
        contradictions.forEach(System.err::println);
        return contradictions.isEmpty() ? 0 : 1;
    }

    /** Free ports are found by binding them all at once. */
    private List<Integer> ports() throws IOException {
        List<Integer> ports = new ArrayList<>();
        int first = plan.placement().port();
        List<DatagramSocket> sockets = new ArrayList<>();
        try {
            for (int member = 0; member < plan.members(); member++) {
                if (first > 0) {
                    ports.add(first + member);
                } else {
                    DatagramSocket socket = new DatagramSocket(0, InetAddress.getLoopbackAddress());
                    sockets.add(socket);
                    ports.add(socket.getLocalPort());
                }
            }
        } finally {
            sockets.forEach(DatagramSocket::close);
        }
        return ports;
    }
}
