package io.vsring.test.hostile;

import static java.util.Objects.requireNonNull;

import io.vsring.ConfigurationChange;
import io.vsring.Delivery;
import io.vsring.replicated.ReplicatedObjects;
import io.vsring.replicated.ReplicationListener;
import io.vsring.replicated.ReplicationOptions;
import io.vsring.ring.RingHandler;
import io.vsring.ring.RingOptions;
import io.vsring.ring.RingOptionsBuilder;
import io.vsring.ring.RingStatistics;
import io.vsring.ring.RingStatus;
import io.vsring.security.Keyring;
import java.io.BufferedReader;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;

/**
 * One member in a process of its own. Options are {@code name=value} arguments; without a {@code secret} it is one of a
 * ring in plain text. Commands come line by line on the standard input, each is answered by a line of JSON on the
 * standard output, and the log goes elsewhere. It ends with its input.
 *
 * <pre>
 * state                what it has delivered, counted, and holds
 * load COUNT BYTES     keeps that many messages in flight
 * pace COUNT           so many messages and calls of objects a second
 * stop                 ends what the two before have begun, when all of it is settled
 * fill WORD            puts, adds, locks and sends something with that word in its names and contents
 * </pre>
 */
final class HostileMember {

    private static final Duration CALLS = Duration.ofMinutes(1);

    private final ReplicatedObjects objects;
    private final AtomicLong delivered = new AtomicLong();
    private final MemberLoad load;
    private final MemberState state;

    private HostileMember(RingOptions options, int number, int members) {
        RingHandler handler = new RingHandler() {
            @Override
            public void onMessage(Delivery delivery) {
                delivered.incrementAndGet();
            }

            @Override
            public void onConfigurationChange(ConfigurationChange change) {}
        };
        this.objects = ReplicatedObjects.open(
                ReplicationOptions.defaults().expecting(members).waiting(CALLS),
                handler,
                ReplicationListener.NONE,
                options::open);
        this.load = new MemberLoad(objects, number);
        this.state = new MemberState(objects, number);
    }

    /** Starts the member, says {@code started}, and takes commands. */
    public static void main(String[] words) throws IOException, InterruptedException {
        Map<String, String> values = new HashMap<>();
        for (String word : words) {
            int equals = word.indexOf('=');
            values.put(word.substring(0, equals), word.substring(equals + 1));
        }
        int number = Integer.parseInt(requireNonNull(values.get("number")));
        String[] seeds = requireNonNull(values.get("seeds")).split(",", -1);
        HostileMember member = new HostileMember(options(values, number, seeds), number, seeds.length);
        PrintStream answers = new PrintStream(new FileOutputStream(FileDescriptor.out), true, StandardCharsets.UTF_8);
        CompletableFuture<Void> unused = member.objects.ring().start();
        answers.println("{\"ev\":\"started\"}");
        BufferedReader commands = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        for (String command = commands.readLine(); command != null; command = commands.readLine()) {
            answers.println(member.obey(command.split(" ", -1)));
        }
        Runtime.getRuntime().halt(0); // whoever started it is gone
    }

    private static RingOptions options(Map<String, String> values, int number, String[] seeds) throws IOException {
        String own = seeds[number - 1];
        RingOptionsBuilder options = RingOptions.builder()
                .clusterName("hostile")
                .memberId(number)
                .bindAddress(own.substring(0, own.indexOf(':')))
                .port(Integer.parseInt(own.substring(own.indexOf(':') + 1)))
                .seeds(Arrays.asList(seeds));
        String tokenLoss = values.get("token-loss");
        if (tokenLoss != null) {
            options.tokenLossTimeout(Duration.ofSeconds(Long.parseLong(tokenLoss)));
        }
        String secret = values.get("secret");
        return secret == null
                ? options.insecurePlaintext().build()
                : options.keyring(Keyring.of(1, Files.readAllBytes(Path.of(secret))))
                        .build();
    }

    private String obey(String[] words) throws InterruptedException {
        switch (words[0]) {
            case "state" -> {
                return state();
            }
            case "load" -> load.closed(Integer.parseInt(words[1]), Integer.parseInt(words[2]));
            case "pace" -> load.paced(Integer.parseInt(words[1]));
            case "stop" -> load.stop();
            case "fill" -> state.fill(words[1]);
            default -> throw new IllegalArgumentException("no such command: " + String.join(" ", words));
        }
        return "{\"ev\":\"" + words[0] + "\"}";
    }

    private String state() {
        RingStatistics counted = objects.ring().statistics();
        RingStatus status = objects.ring().status();
        long digest = objects.status().isPrimary() ? state.digest() : 0;
        return "{\"ev\":\"state\",\"delivered\":" + delivered.get()
                + ",\"ring\":\"" + status.configuration().ringId() + "\""
                + ",\"members\":" + status.configuration().members().size()
                + ",\"primary\":" + objects.status().isPrimary()
                + ",\"digest\":" + digest
                + ",\"configurations\":" + counted.configurations()
                + ",\"gathers\":" + sum(counted.gathers())
                + ",\"received\":" + counted.datagramsReceived()
                + ",\"sent\":" + counted.datagramsSent()
                + ",\"oversized\":" + counted.oversized()
                + ",\"withoutSource\":" + counted.withoutSource()
                + ",\"opened\":" + sum(counted.openedByKey())
                + ",\"malformed\":" + sum(counted.malformed())
                + ",\"rejected\":["
                + counted.rejected().entrySet().stream()
                        .map(each -> "\"" + each.getKey() + "=" + each.getValue() + "\"")
                        .collect(Collectors.joining(","))
                + "]}";
    }

    private static long sum(Map<?, Long> counts) {
        return counts.values().stream().mapToLong(Long::longValue).sum();
    }
}
