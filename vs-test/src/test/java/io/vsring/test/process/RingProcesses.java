package io.vsring.test.process;

import io.vsring.test.trace.JsonLine;
import io.vsring.transport.LeakAlarm;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Starts members in processes of their own, and ends every one of them after the test. When the test has failed, what
 * the processes said goes to the log.
 *
 * <p>A time in the events and here is {@link System#nanoTime}, which all processes of a Linux host share.
 */
final class RingProcesses implements BeforeEachCallback, AfterEachCallback {

    /** Whether the suite runs at its full size, and not at the one that fits into continuous integration. */
    static final boolean FULL = System.getProperty("processes.full") != null;

    private static final Logger LOG = LoggerFactory.getLogger(RingProcesses.class);
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final int PORTS_FROM = 15_000; // below those that the system gives away
    private static final int PORTS_TO = 30_000;
    private static final int PORTS_AT_ONCE = 8;

    private final List<RunningMember> members = new ArrayList<>();
    private Path directory;
    private int firstPort;
    private Relay relay;
    private boolean traced;
    private int seedSlots;
    private String memory = "-Xmx128m";
    private String tier = "-XX:TieredStopAtLevel=1";
    private final List<String> memberOptions = new ArrayList<>();
    private int starts;

    @Override
    public void beforeEach(ExtensionContext context) throws Exception {
        directory = Files.createTempDirectory("ring-processes");
        firstPort = freePorts();
    }

    @Override
    public void afterEach(ExtensionContext context) throws IOException {
        if (context.getExecutionException().isPresent()) {
            LOG.error("{} failed; what the members said:\n{}", context.getDisplayName(), story());
        }
        endAll();
        if (relay != null) {
            relay.close();
        }
        deleteDirectory();
    }

    // --- what the processes are like, before they are started

    /** From now on members write traces. */
    RingProcesses traced() {
        traced = true;
        return this;
    }

    /** From now on members run hot: with the optimizing compiler, and more memory. */
    RingProcesses optimized() {
        tier = "-XX:+TieredCompilation";
        memory = "-Xmx256m";
        return this;
    }

    /** From now on members have this option of {@link MemberProcess}. */
    RingProcesses with(String option) {
        memberOptions.add(option);
        return this;
    }

    /** From now on all datagrams go through a relay. */
    Relay relayed(int slots) throws IOException {
        relay = new Relay(slots, firstPort);
        return relay;
    }

    // --- starting

    /** Starts the processes of the slots from 1, all at once, and waits until they are ready to start their rings. */
    List<RunningMember> launch(int count) {
        seedSlots = count;
        List<RunningMember> launched = new ArrayList<>();
        for (int slot = 1; slot <= count; slot++) {
            launched.add(launchOne(slot));
        }
        launched.forEach(member -> member.await("ready"));
        return launched;
    }

    /**
     * Starts members whose rings start at once, and waits until they are together; the last one's start is the start.
     */
    List<RunningMember> ring(int count) {
        List<RunningMember> launched = launch(count);
        launched.forEach(member -> member.tell("start"));
        awaitTogether(launched);
        return launched;
    }

    private RunningMember launchOne(int slot) {
        try {
            Path trace = directory.resolve("trace-" + slot + "-" + ++starts + ".jsonl");
            Process process = new ProcessBuilder(command(slot, trace)).start();
            RunningMember member = new RunningMember(this, slot, trace, process);
            synchronized (this) {
                members.add(member);
            }
            process.onExit().thenRun(this::wake);
            return member;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private synchronized void wake() {
        notifyAll();
    }

    private List<String> command(int slot, Path trace) {
        String classPath = System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
        List<String> command = new ArrayList<>(List.of(
                System.getProperty("java.home") + File.separator + "bin" + File.separator + "java",
                memory,
                tier,
                "-Xshare:auto",
                "-XX:+UseSerialGC",
                "-XX:-UsePerfData",
                "-XX:+ExitOnOutOfMemoryError",
                "-Dio.netty.leakDetection.level=paranoid",
                "-Dio.netty.leakDetection.targetRecords=0", // what was done with a buffer takes time
                "-Dio.netty.customResourceLeakDetector=" + LeakAlarm.class.getName(),
                "-Dlogback.configurationFile=io/vsring/test/process/member-log.xml",
                "-Dmember.log=" + System.getProperty("member.log", "info")));
        if (Runtime.version().feature() >= 24) {
            command.addAll(List.of("--enable-native-access=ALL-UNNAMED", "--sun-misc-unsafe-memory-access=allow"));
        }
        command.addAll(List.of("-cp", classPath, MemberProcess.class.getName(), "slot=" + slot));
        if (relay == null) {
            command.add("port=" + (firstPort + slot - 1));
            command.add("seeds=127.0.0.1:" + firstPort + "-" + (firstPort + seedSlots - 1));
        } else {
            command.add("port=" + firstPort);
            command.add("bind=" + Relay.bound(slot));
            command.add("advertise=" + Relay.advertised(slot));
            command.add("seeds="
                    + String.join(
                            ",",
                            Stream.iterate(1, each -> each + 1)
                                    .limit(seedSlots)
                                    .map(each -> Relay.advertised(each) + ":" + firstPort)
                                    .toList()));
        }
        if (traced) {
            command.add("trace=" + trace);
        }
        command.addAll(memberOptions);
        return command;
    }

    /** Ends all processes, and forgets them. */
    void endAll() {
        List<RunningMember> all;
        synchronized (this) {
            all = List.copyOf(members);
            members.clear();
        }
        all.forEach(member -> member.process().destroyForcibly());
        all.forEach(RunningMember::end);
    }

    // --- waiting

    /** Waits until something is so; it is looked at whenever a process says something. */
    synchronized void await(String what, BooleanSupplier condition) {
        await(what, PATIENCE, condition);
    }

    /** As the other, for so long. */
    synchronized void await(String what, Duration patience, BooleanSupplier condition) {
        long deadline = System.nanoTime() + patience.toNanos();
        while (!condition.getAsBoolean()) {
            long left = deadline - System.nanoTime();
            if (left <= 0) {
                throw new AssertionError("waited in vain for " + patience + " until " + what + "; " + summary());
            }
            try {
                TimeUnit.NANOSECONDS.timedWait(this, left);
            } catch (InterruptedException e) {
                throw new AssertionError(e);
            }
        }
    }

    /**
     * Waits until these members, and no others, have one regular configuration.
     *
     * @return when the last of them was told of it
     */
    long awaitTogether(List<RunningMember> together) {
        await(together + " are together", () -> areTogether(together));
        return together.stream()
                .mapToLong(member -> member.configuration().number("nanos"))
                .max()
                .orElseThrow();
    }

    /**
     * Waits until these members have delivered the same in their present configuration, in which nobody sends any more.
     *
     * @return what one of them says of itself
     */
    JsonLine awaitSameDelivered(List<RunningMember> together) {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (true) {
            List<JsonLine> answers = together.stream()
                    .map(member -> member.ask("status", "status"))
                    .toList();
            JsonLine first = answers.get(0);
            boolean sameCount = answers.stream()
                    .allMatch(each -> each.text("regular").equals(first.text("regular"))
                            && each.number("countHere") == first.number("countHere"));
            if (sameCount
                    && answers.stream().allMatch(each -> each.number("digestHere") == first.number("digestHere"))) {
                return first;
            }
            if (sameCount || System.nanoTime() > deadline) {
                throw new AssertionError("members have not delivered the same: " + answers);
            }
        }
    }

    /** Lets time pass, because that is what is to be tried. */
    void letPass(Duration time) {
        long end = System.nanoTime() + time.toNanos();
        long left;
        while ((left = end - System.nanoTime()) > 0) {
            LockSupport.parkNanos(this, left);
        }
    }

    private static boolean areTogether(List<RunningMember> together) {
        JsonLine first = together.get(0).configuration();
        if (first == null
                || !first.text("kind").equals("regular")
                || first.texts("members").size() != together.size()) {
            return false;
        }
        return together.stream()
                .map(RunningMember::configuration)
                .allMatch(each -> each != null && each.text("id").equals(first.text("id")));
    }

    /** When the last of these rings was started. */
    static long lastStart(List<RunningMember> started) {
        return started.stream()
                .mapToLong(member -> member.await("starts").number("nanos"))
                .max()
                .orElseThrow();
    }

    static long millis(long nanos) {
        return TimeUnit.NANOSECONDS.toMillis(nanos);
    }

    /** Everything that the members said lately. */
    String story() {
        StringBuilder text = new StringBuilder();
        if (relay != null) {
            text.append("relay: ").append(relay.counts()).append('\n');
        }
        synchronized (this) {
            for (RunningMember member : members) {
                text.append(member.tail());
            }
        }
        return text.toString();
    }

    private String summary() {
        StringBuilder text = new StringBuilder();
        for (RunningMember member : members) {
            text.append("\n  ").append(member).append(" in ").append(member.configuration());
        }
        return text.toString();
    }

    private void deleteDirectory() throws IOException {
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }

    /** The first of some ports that nobody has, neither where members are bound nor where a relay would be. */
    private static int freePorts() {
        while (true) {
            int first = ThreadLocalRandom.current().nextInt(PORTS_FROM, PORTS_TO);
            boolean free = true;
            for (int i = 0; i < PORTS_AT_ONCE && free; i++) {
                free = isFree(first + i);
            }
            if (free) {
                return first;
            }
        }
    }

    private static boolean isFree(int port) {
        try (DatagramSocket probe = new DatagramSocket(null)) {
            probe.bind(new InetSocketAddress((InetAddress) null, port));
            return true;
        } catch (SocketException taken) {
            return false;
        }
    }
}
