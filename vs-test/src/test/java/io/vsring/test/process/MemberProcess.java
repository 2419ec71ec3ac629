package io.vsring.test.process;

import io.vsring.Guarantee;
import io.vsring.ring.Ring;
import io.vsring.ring.RingOptions;
import io.vsring.ring.RingOptionsBuilder;
import io.vsring.ring.RingStatistics;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * One member in a process of its own. Options are {@code name=value} arguments; commands come line by line on the
 * standard input, and what happens goes as lines of JSON to the standard output. It ends with its input.
 *
 * <p>Of the options, {@code under-way} is how many messages may wait for their outcome until no more are sent;
 * {@code at-once} starts the ring without a command; {@code patient} is a member that misses nobody for hours, and
 * {@code resting} one on whose ring the token does not move by itself for minutes either.
 *
 * <pre>
 * start                      starts the ring
 * send COUNT BYTES GUARANTEE sends that many messages, and says "settled" when all outcomes are known
 * load BYTES GUARANTEE       sends until "stop"
 * stop                       ends the load
 * timed COUNT GAP GUARANTEE  sends messages that tell when they were sent, with a gap of some milliseconds
 * latencies                  says how long timed messages took
 * expect COUNT               says "reached" when so many messages have been delivered
 * status                     says how things stand
 * statistics                 says what the ring has counted
 * leave                      leaves, says "left", and ends
 * </pre>
 */
final class MemberProcess {

    private static final long LEAVE_SECONDS_MAX = 20;

    private final Ring ring;
    private final MemberJournal journal;
    private final MemberSends sends;
    private final ExecutorService sender = Executors.newSingleThreadExecutor();
    private final AtomicBoolean stopped = new AtomicBoolean();

    private MemberProcess(RingOptions options, int underWayMax) {
        this.journal = new MemberJournal();
        this.ring = options.open(journal);
        this.sends = new MemberSends(ring, underWayMax);
    }

    /** Opens the member, says so, and takes commands. */
    public static void main(String[] args) throws IOException {
        Map<String, String> values = new HashMap<>();
        for (String arg : args) {
            int equals = arg.indexOf('=');
            values.put(arg.substring(0, equals), arg.substring(equals + 1));
        }
        int underWayMax = Integer.parseInt(values.getOrDefault("under-way", "20000"));
        MemberProcess process = new MemberProcess(options(values), underWayMax);
        EventLine.now("ready")
                .with("member", process.ring.status().local().id().toString())
                .with("address", process.ring.status().local().address().toString())
                .print();
        if (values.containsKey("at-once")) {
            process.start();
        }
        BufferedReader commands = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        String command;
        while ((command = commands.readLine()) != null) {
            process.obey(command.split(" ", -1));
        }
        Runtime.getRuntime().halt(0); // whoever started it is gone
    }

    private static RingOptions options(Map<String, String> values) {
        RingOptionsBuilder options = RingOptions.builder();
        values.forEach((name, value) -> {
            switch (name) {
                case "slot" -> options.memberId(Integer.parseInt(value));
                case "bind" -> options.bindAddress(value);
                case "port" -> options.port(Integer.parseInt(value));
                case "advertise" -> options.advertisedHost(value);
                case "seeds" -> options.seeds(Arrays.asList(value.split(",", -1)));
                case "trace" -> options.traceFile(Path.of(value));
                case "patient" -> options.tokenLossTimeout(Duration.ofHours(2));
                case "resting" ->
                    options.tokenLossTimeout(Duration.ofHours(2))
                            .tokenRetransmitTimeout(Duration.ofMinutes(20))
                            .holdTimeout(Duration.ofMinutes(10));
                case "under-way", "at-once" -> {}
                default -> throw new IllegalArgumentException("no such option: " + name);
            }
        });
        return options.build();
    }

    private void obey(String[] words) {
        switch (words[0]) {
            case "start" -> start();
            case "send" -> {
                long count = Long.parseLong(words[1]);
                send(Integer.parseInt(words[2]), words[3], count);
            }
            case "load" -> {
                stopped.set(false);
                send(Integer.parseInt(words[1]), words[2], Long.MAX_VALUE);
            }
            case "stop" -> stopped.set(true);
            case "timed" -> {
                int count = Integer.parseInt(words[1]);
                long gapNanos = TimeUnit.MILLISECONDS.toNanos(Long.parseLong(words[2]));
                inOrder(() -> sends.sendTimed(count, gapNanos, guarantee(words[3])));
            }
            case "latencies" -> journal.printLatencies();
            case "expect" -> journal.expect(Long.parseLong(words[1]));
            case "status" -> journal.print("status");
            case "statistics" -> printStatistics();
            case "leave" -> leave();
            default -> throw new IllegalArgumentException("no such command: " + String.join(" ", words));
        }
    }

    private void start() {
        EventLine.now("starts").print();
        ring.start();
    }

    private void send(int length, String guarantee, long count) {
        inOrder(() -> sends.send(length, guarantee(guarantee), sent -> sent < count && !stopped.get()));
    }

    /** One command that sends after the other; a failure ends the process, where the harness sees it. */
    private void inOrder(Runnable task) {
        Future<?> unused = sender.submit(() -> {
            try {
                task.run();
            } catch (RuntimeException | Error broken) {
                EventLine.now("broken").with("text", broken.toString()).print();
                Runtime.getRuntime().halt(1);
            }
        });
    }

    private void leave() {
        long begin = System.nanoTime();
        EventLine.at("leaves", begin).print();
        try {
            ring.leave().get(LEAVE_SECONDS_MAX, TimeUnit.SECONDS);
            EventLine.now("left").with("took", System.nanoTime() - begin).print();
            Runtime.getRuntime().halt(0);
        } catch (InterruptedException | ExecutionException | TimeoutException e) {
            EventLine.now("broken").with("text", "leave: " + e).print();
            Runtime.getRuntime().halt(1);
        }
    }

    private void printStatistics() {
        RingStatistics statistics = ring.statistics();
        EventLine.now("statistics")
                .with("text", statistics.toString())
                .with("tokenVisits", statistics.tokenVisits())
                .with("datagramsReceived", statistics.datagramsReceived())
                .with("framesRepaired", statistics.framesRepaired())
                .with("pauses", statistics.pauses())
                .print();
    }

    private static Guarantee guarantee(String text) {
        return Guarantee.valueOf(text.toUpperCase(Locale.ROOT));
    }
}
