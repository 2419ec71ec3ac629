package io.vsring.autoconfigure;

import static org.mockito.AdditionalAnswers.delegatesTo;
import static org.mockito.Mockito.mock;

import io.vsring.replicated.ReplicatedObjects;
import io.vsring.ring.Ring;
import io.vsring.ring.RingStartException;
import io.vsring.ring.RingStatistics;
import io.vsring.spring.MemoryOrder;
import io.vsring.spring.MemoryRing;
import io.vsring.spring.RingTemplate;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import java.util.zip.CRC32C;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.ApplicationContext;
import org.springframework.util.FileSystemUtils;

/** Members that cannot start, do not find others, or do not run any more; on real sockets where these matter. */
final class StartTroubles {

    private StartTroubles() {}

    static List<Trouble> sockets() {
        return List.of(
                new Trouble(
                        "The port is in use",
                        "Another process has the UDP port, often another member of the same application.",
                        whileTaken(port -> start("vs.transport.port=" + port))),
                new Trouble(
                        "All ports of a range are in use",
                        "There are more members on this machine than ports.",
                        allTaken()),
                new Trouble(
                        "The bind address is not one of this machine",
                        "`vs.transport.bind-address` is an address that no interface here has.",
                        start("vs.transport.bind-address=192.0.2.7", "vs.security.mode=insecure-plaintext")),
                new Trouble(
                        "The bind address is not known",
                        "`vs.transport.bind-address` is a name that nobody knows here.",
                        start("vs.transport.bind-address=nowhere.invalid", "vs.security.mode=insecure-plaintext")),
                new Trouble(
                        "No address of this machine is in the network, or of the interface",
                        "`vs.transport.bind-address` names a network or an interface that is not here.",
                        start("vs.transport.bind-address=if:none7", "vs.security.mode=insecure-plaintext")),
                new Trouble(
                        "The advertised address cannot be resolved",
                        "`vs.transport.advertised-address` is a name that nobody knows here.",
                        start(
                                "vs.transport.advertised-address=nowhere.invalid",
                                "vs.security.mode=insecure-plaintext",
                                "vs.transport.bind-address=127.0.0.1",
                                "vs.transport.port=0")),
                new Trouble(
                        "The interface for multicast is not here",
                        "`vs.transport.multicast-interface` is the name of no interface.",
                        start(
                                "vs.transport.multicast-group=239.192.74.60:7460",
                                "vs.transport.multicast-interface=none7",
                                "vs.transport.port=0",
                                "vs.transport.bind-address=127.0.0.1",
                                "vs.security.mode=insecure-plaintext")),
                new Trouble(
                        "Not one of the seeds is known",
                        "The hosts in `vs.discovery.seeds` cannot be resolved until `vs.startup-timeout` is over.",
                        start(
                                "vs.discovery.seeds=nowhere.invalid:7460",
                                "vs.transport.port=0",
                                "vs.member-id=7",
                                "vs.startup-timeout=3s")));
    }

    static List<Trouble> files() {
        return List.of(
                new Trouble(
                        "Another member uses the state directory",
                        "Two members have one `vs.ring.state-dir` and one `vs.member-id`.",
                        whileAnother(directory -> "vs.ring.state-dir=" + directory)),
                new Trouble(
                        "The file of ring sequences is broken",
                        "A disk lost a part of the file, or somebody changed it.",
                        withState("half a line")),
                new Trouble(
                        "The ring sequences are used up",
                        "Somebody wrote the file of ring sequences by hand.",
                        withState("vs-ring-sequence 1\nreserved 9223372036854775807\ncrc32c "
                                + checksum("9223372036854775807") + "\n")),
                new Trouble(
                        "The state directory cannot be used",
                        "`vs.ring.state-dir` is a file, or this process may not write there.",
                        inDirectory(directory -> start(
                                "vs.transport.port=0", "vs.member-id=7", "vs.ring.state-dir=" + file(directory)))),
                new Trouble(
                        "Another member writes the trace file",
                        "Two members have one `vs.trace.file`.",
                        whileAnother(directory -> "vs.trace.file=" + directory + "/trace.jsonl")),
                new Trouble(
                        "The trace file cannot be written",
                        "`vs.trace.file` is in a directory that does not exist, or this process may not write there.",
                        inDirectory(directory ->
                                start("vs.transport.port=0", "vs.trace.file=" + directory + "/none/trace.jsonl"))));
    }

    static List<Trouble> formation() {
        return List.of(
                new Trouble(
                        "No ring came about, and nothing was received",
                        "`vs.startup-timeout` is over, and no seed has sent anything.",
                        whileTaken(port -> start(
                                "vs.transport.port=0",
                                "vs.member-id=7",
                                "vs.discovery.seeds=127.0.0.1:" + port,
                                "vs.ring.formation-wait=1m",
                                "vs.startup-timeout=3s"))),
                dropped("Another member has the same id", "DUPLICATE_ID", "drops"),
                dropped("The others have another cluster name", "OTHER_CLUSTER", "malformed"),
                dropped("The others speak no common version", "INCOMPATIBLE_VERSION", "drops"),
                dropped("The others have another version of the protocol", "OTHER_VERSION", "malformed"),
                dropped("Something else sends to the port", "BAD_MAGIC", "malformed"),
                dropped("The others have no keys", "PLAINTEXT", "rejected"),
                dropped("The others have keys that this member does not have", "UNKNOWN_KEY", "rejected"),
                dropped("The others have another key of the same id", "FORGED", "rejected"),
                dropped("The ring is full", "RING_FULL", "drops"),
                dropped("The others do not hear this member", "NOT_TWO_WAY", "drops"),
                dropped("No ring came about, for a reason that no datagram tells", "NOTHING", "drops"),
                new Trouble(
                        "The member did not start in time",
                        "The threads of the ring got no time to run within `vs.startup-timeout`.",
                        Seen.atStart(faking("start", new CompletableFuture<>()), "vs.startup-timeout=50ms")),
                new Trouble(
                        "The member failed while it started",
                        "Something unexpected was thrown; what it was is at the end of the text.",
                        Seen.atStart(faking(
                                "start",
                                CompletableFuture.failedFuture(new IllegalStateException("what was thrown"))))),
                new Trouble(
                        "The application was stopped while its member started",
                        "Somebody closed the context, or interrupted the thread that started it.",
                        interrupted()),
                new Trouble("The member ended while it started", "The member has failed; its log says why.", crashed()),
                new Trouble(
                        "The state of the replicated objects did not come in time",
                        "The members that have the state are busy, or it takes longer than `vs.startup-timeout`.",
                        Seen.atStart(faking("offer", true), "vs.startup-timeout=2s")),
                new Trouble(
                        "The template is used before the ring starts",
                        "It is called in a constructor, in `@PostConstruct`, or while `vs.auto-startup` is false.",
                        notStarted(context -> Seen.of(
                                () -> context.getBean(RingTemplate.class).send("text")))),
                new Trouble(
                        "A replicated object is used before the ring starts",
                        "As for the template.",
                        notStarted(context -> Seen.of(() -> context.getBean(ReplicatedObjects.class)
                                .counter("visits")
                                .get()))));
    }

    /** Whichever sign it is, the text of the failure is the same but for what was counted. */
    private static Trouble dropped(String title, String reason, String counter) {
        RingStatistics seen = MemoryRing.statistics(
                Map.of("datagramsReceived", 3L, counter, reason.equals("NOTHING") ? Map.of() : Map.of(reason, 3L)));
        ApplicationContextRunner runner = Seen.onUdp()
                .withBean(RingOpener.class, () -> (options, handler, observers) -> {
                    Ring opened = new MemoryOrder().open(options, handler, observers);
                    return mock(Ring.class, call -> switch (call.getMethod().getName()) {
                        case "awaitFormation" -> throw new RingStartException("late");
                        case "statistics" -> seen;
                        default -> delegatesTo(opened).answer(call);
                    });
                });
        return new Trouble(
                title,
                reason.equals("NOTHING")
                        ? "Datagrams came in, and none of them says what is wrong."
                        : "Datagrams were counted as `" + reason + "`, as in `/actuator/ring`.",
                Seen.atStart(runner, "vs.member-id=7", "vs.discovery.seeds=127.0.0.1:7460"));
    }

    /** A member one of whose methods gives this. */
    private static ApplicationContextRunner faking(String method, Object result) {
        return Seen.onUdp()
                .withBean(RingOpener.class, () -> (options, handler, observers) -> {
                    Ring opened = new MemoryOrder().open(options, handler, observers);
                    return mock(
                            Ring.class,
                            call -> call.getMethod().getName().equals(method)
                                    ? result
                                    : delegatesTo(opened).answer(call));
                })
                .withPropertyValues("vs.member-id=7");
    }

    private static String interrupted() {
        ApplicationContextRunner runner = Seen.onUdp()
                .withBean(RingOpener.class, () -> (options, handler, observers) -> {
                    Thread.currentThread().interrupt();
                    return new MemoryOrder().open(options, handler, observers);
                });
        try {
            return Seen.atStart(runner);
        } finally {
            boolean unused = Thread.interrupted();
        }
    }

    private static String crashed() {
        MemoryOrder order = new MemoryOrder();
        return Seen.atStart(
                Seen.onUdp().withBean(RingOpener.class, () -> (options, handler, observers) -> {
                    Ring opened = order.open(options, handler, observers);
                    return mock(Ring.class, call -> {
                        Object result = delegatesTo(opened).answer(call);
                        if (call.getMethod().getName().equals("start")) {
                            order.crash(order.members().get(0));
                        }
                        return result;
                    });
                }),
                "vs.member-id=7");
    }

    private static String notStarted(Function<ApplicationContext, String> use) {
        AtomicReference<String> seen = new AtomicReference<>();
        Seen.application().withPropertyValues("vs.auto-startup=false").run(context -> seen.set(use.apply(context)));
        return seen.get();
    }

    private static String start(String... properties) {
        return Seen.atStart(Seen.onUdp(), properties);
    }

    private static String allTaken() {
        int first = FreePorts.first(2);
        try (DatagramSocket one = new DatagramSocket(first, InetAddress.getLoopbackAddress());
                DatagramSocket other = new DatagramSocket(first + 1, InetAddress.getLoopbackAddress())) {
            return start("vs.transport.port=" + one.getLocalPort() + "-" + other.getLocalPort());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String whileTaken(Function<Integer, String> start) {
        try (DatagramSocket taken = new DatagramSocket(FreePorts.first(1), InetAddress.getLoopbackAddress())) {
            return start.apply(taken.getLocalPort());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String whileAnother(Function<Path, String> property) {
        AtomicReference<String> seen = new AtomicReference<>();
        return inDirectory(directory -> {
            String[] properties = {"vs.transport.port=0", "vs.member-id=7", property.apply(directory)};
            Seen.onUdp().withPropertyValues(properties).run(one -> seen.set(start(properties)));
            return seen.get();
        });
    }

    private static String withState(String content) {
        return inDirectory(directory -> {
            try {
                Files.writeString(directory.resolve("vs-vs-7.ring-sequence"), content);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            return start("vs.transport.port=0", "vs.member-id=7", "vs.ring.state-dir=" + directory);
        });
    }

    private static String checksum(String number) {
        CRC32C checksum = new CRC32C();
        checksum.update(number.getBytes(StandardCharsets.US_ASCII));
        return String.format(Locale.ROOT, "%08x", checksum.getValue());
    }

    private static Path file(Path directory) {
        try {
            return Files.createFile(directory.resolve("file"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String inDirectory(Function<Path, String> use) {
        try {
            Path directory = Files.createTempDirectory("acme");
            try {
                return use.apply(directory);
            } finally {
                FileSystemUtils.deleteRecursively(directory);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
