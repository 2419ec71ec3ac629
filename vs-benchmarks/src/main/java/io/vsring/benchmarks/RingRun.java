package io.vsring.benchmarks;

import io.vsring.benchmarks.peer.Mode;
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
        return tell(measure());
    }

    /** Runs, and prints nothing. */
    Verdict measure() throws IOException, InterruptedException {
        Runtime.getRuntime().addShutdownHook(new Thread(() -> processes.forEach(MemberProcess::destroy)));
        Path recordings = plan.placement().recordings();
        if (recordings != null) {
            Files.createDirectories(recordings);
        }
        try {
            return carryOut();
        } finally {
            processes.forEach(MemberProcess::destroy); // if one failed, the others still wait for it
        }
    }

    private Verdict carryOut() throws IOException, InterruptedException {
        String ports = ports().stream().map(String::valueOf).collect(Collectors.joining(","));
        if (hasServer()) {
            start(MemberSeat.SERVER, ports);
            List<String> unused = processes.get(0).readUntil(ParentTalk.READY); // before anybody asks it
        }
        for (int member = 1; member <= plan.members(); member++) {
            start(member, ports);
        }
        for (MemberProcess process : members()) {
            List<String> unused = process.readUntil(ParentTalk.READY);
        }
        long start = System.nanoTime() + START_AHEAD_NANOS;
        for (MemberProcess process : processes) {
            process.write(ParentTalk.START + " " + start);
        }
        if (plan.mode() == Mode.FAILOVER) {
            Schedule.await(Schedule.of(plan, start).from());
            members().get(plan.loss().member() - 1).lose(plan.loss().way());
        }
        Verdict verdict = new Verdict(plan);
        for (int index = 0; index < plan.members(); index++) {
            if (plan.isLost(index + 1)) {
                continue;
            }
            verdict.hear(index + 1, members().get(index).readUntil(ParentTalk.DONE));
        }
        if (plan.mode() == Mode.FAILOVER) {
            members().get(plan.loss().member() - 1).destroy(); // if it was stopped it does not end by itself
        }
        for (MemberProcess process : processes) {
            process.close();
        }
        for (MemberProcess process : processes) {
            process.awaitEnd();
        }
        return verdict;
    }

    private void start(int member, String ports) throws IOException {
        processes.add(MemberProcess.start(member, new MemberCommand(plan, words).forMember(member, ports)));
    }

    private boolean hasServer() {
        return plan.objects().approach() == Approach.SERVER;
    }

    /** All processes but the server's. */
    private List<MemberProcess> members() {
        return processes.subList(hasServer() ? 1 : 0, processes.size());
    }

    private int tell(Verdict verdict) {
        if (plan.mode() != Mode.JOIN) {
            verdict.results().forEach(System.out::println);
        }
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
            for (int member = 0; member < plan.members() + (hasServer() ? 1 : 0); member++) {
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
