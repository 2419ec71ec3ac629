package io.vsring.test.hostile;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What is to be done.
 *
 * @param parts of {@code attack}, {@code markers} and {@code replay}
 * @param app the jar of the sample application
 * @param folder for logs, captures and the secret
 * @param seed of what is drawn
 * @param tokenLoss after which members take a token for lost; null for their own default
 * @param attack how the attack goes
 * @param replay how the replay goes
 */
record HostileOptions(
        List<String> parts,
        Path app,
        Path folder,
        long seed,
        @Nullable Duration tokenLoss,
        Attack attack,
        Replay replay) {

    /**
     * How the attack goes.
     *
     * @param window how long is measured at a time
     * @param windows how many times with and without
     * @param warmUp load before anything is measured
     * @param perSecond hostile datagrams
     * @param percentMin how much of the undisturbed throughput is to be left
     */
    record Attack(Duration window, int windows, Duration warmUp, int perSecond, int percentMin) {}

    /**
     * How the replay goes.
     *
     * @param captured how long is captured, if no file is given
     * @param perSecond messages and calls of each member meanwhile
     * @param replayedPerSecond how fast all of it is sent again; 0: as fast as it goes
     * @param bytesMax of the file
     * @param given a capture that there is already
     * @param secret the file of the secret of the ring that it is of
     */
    record Replay(
            Duration captured,
            int perSecond,
            int replayedPerSecond,
            long bytesMax,
            @Nullable Path given,
            @Nullable Path secret) {}

    static final String USAGE = """
        usage: HostileCli --app JAR [--parts attack,markers,replay] [--seconds 60] [--windows 1] [--warm-up 20]
                   [--rate 5000] [--percent 70] [--minutes 3 | --capture-seconds N] [--load 200]
                   [--replay-rate 10000] [--capture-mb 20000] [--capture FILE --secret FILE] [--seed 1]
                   [--token-loss SECONDS] [--folder FOLDER]\
        """;

    private static final List<String> PARTS = List.of("attack", "markers", "replay");
    private static final List<String> NAMES = List.of(
            "--app",
            "--parts",
            "--seconds",
            "--windows",
            "--warm-up",
            "--rate",
            "--percent",
            "--minutes",
            "--capture-seconds",
            "--load",
            "--replay-rate",
            "--capture-mb",
            "--capture",
            "--secret",
            "--seed",
            "--token-loss",
            "--folder");

    /**
     * Reads a command line.
     *
     * @throws IllegalArgumentException saying what is wrong with it
     */
    static HostileOptions parse(String[] words) {
        Map<String, String> said = new HashMap<>();
        for (int index = 0; index < words.length; index += 2) {
            if (!NAMES.contains(words[index])) {
                throw new IllegalArgumentException("no such option: " + words[index] + "\n" + USAGE);
            }
            if (index + 1 >= words.length) {
                throw new IllegalArgumentException(words[index] + " needs a value\n" + USAGE);
            }
            said.put(words[index], words[index + 1]);
        }
        List<String> parts =
                List.of(said.getOrDefault("--parts", String.join(",", PARTS)).split(",", -1));
        if (!PARTS.containsAll(parts)) {
            throw new IllegalArgumentException("--parts are of " + PARTS + ", not " + parts);
        }
        if (said.containsKey("--capture") != said.containsKey("--secret")) {
            throw new IllegalArgumentException("--capture and --secret go together: the ring needs the same key again");
        }
        return new HostileOptions(
                parts,
                file(said, "--app"),
                Path.of(said.getOrDefault("--folder", "hostile-" + System.currentTimeMillis())),
                number(said, "--seed", 1, Long.MIN_VALUE),
                said.containsKey("--token-loss") ? seconds(said, "--token-loss", 1) : null,
                new Attack(
                        seconds(said, "--seconds", 60),
                        (int) number(said, "--windows", 1, 1),
                        seconds(said, "--warm-up", 20),
                        (int) number(said, "--rate", 5_000, 1),
                        (int) number(said, "--percent", 70, 0)),
                new Replay(
                        said.containsKey("--capture-seconds")
                                ? seconds(said, "--capture-seconds", 0)
                                : Duration.ofMinutes(number(said, "--minutes", 3, 1)),
                        (int) number(said, "--load", 200, 1),
                        (int) number(said, "--replay-rate", 10_000, 0),
                        number(said, "--capture-mb", 20_000, 1) << 20,
                        said.containsKey("--capture") ? file(said, "--capture") : null,
                        said.containsKey("--secret") ? file(said, "--secret") : null));
    }

    boolean has(String part) {
        return parts.contains(part);
    }

    private static Duration seconds(Map<String, String> said, String name, long usual) {
        return Duration.ofSeconds(number(said, name, usual, 1));
    }

    private static Path file(Map<String, String> said, String name) {
        String text = said.get(name);
        if (text == null) {
            throw new IllegalArgumentException(name + " is missing\n" + USAGE);
        }
        if (!Files.isRegularFile(Path.of(text))) {
            throw new IllegalArgumentException(name + " " + text + " is no file");
        }
        return Path.of(text);
    }

    private static long number(Map<String, String> said, String name, long usual, long smallest) {
        String text = said.get(name);
        if (text == null) {
            return usual;
        }
        try {
            long number = Long.parseLong(text);
            if (number >= smallest) {
                return number;
            }
        } catch (NumberFormatException wrong) {
            throw new IllegalArgumentException(name + " needs a number, not " + text + "\n" + USAGE, wrong);
        }
        throw new IllegalArgumentException(name + " is at least " + smallest + ", not " + text);
    }
}
