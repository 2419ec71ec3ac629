package io.vsring.test.hostile;

import io.vsring.test.campaign.CommandLine;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
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

    private static final long MANY = 1_000_000;
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
        CommandLine said = new CommandLine(words, NAMES, USAGE);
        List<String> parts =
                List.of(said.text("--parts", String.join(",", PARTS)).split(",", -1));
        if (!PARTS.containsAll(parts)) {
            throw new IllegalArgumentException("--parts are of " + PARTS + ", not " + parts);
        }
        if (said.has("--capture") != said.has("--secret")) {
            throw new IllegalArgumentException("--capture and --secret go together: the ring needs the same key again");
        }
        return new HostileOptions(
                parts,
                said.app(),
                Path.of(said.text("--folder", "hostile-" + System.currentTimeMillis())),
                said.number("--seed", 1, Long.MIN_VALUE, Long.MAX_VALUE),
                said.has("--token-loss") ? seconds(said, "--token-loss", 1) : null,
                new Attack(
                        seconds(said, "--seconds", 60),
                        said.count("--windows", 1, 1, Integer.MAX_VALUE),
                        seconds(said, "--warm-up", 20),
                        said.count("--rate", 5_000, 1, Integer.MAX_VALUE),
                        said.count("--percent", 70, 0, Integer.MAX_VALUE)),
                new Replay(
                        said.has("--capture-seconds")
                                ? seconds(said, "--capture-seconds", 0)
                                : Duration.ofMinutes(said.number("--minutes", 3, 1, MANY)),
                        said.count("--load", 200, 1, Integer.MAX_VALUE),
                        said.count("--replay-rate", 10_000, 0, Integer.MAX_VALUE),
                        said.number("--capture-mb", 20_000, 1, MANY) << 20,
                        said.has("--capture") ? said.file("--capture", "what another run has recorded") : null,
                        said.has("--secret")
                                ? said.file("--secret", "the secret of the ring that was recorded")
                                : null));
    }

    boolean has(String part) {
        return parts.contains(part);
    }

    private static Duration seconds(CommandLine said, String name, long usual) {
        return Duration.ofSeconds(said.number(name, usual, 1, MANY));
    }
}
