package io.vsring.test.campaign;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;

/**
 * What a soak is to do.
 *
 * @param app the jar of the sample application
 * @param time how long it lasts
 * @param every how often members are looked at
 * @param clients how many, each with one call at a time
 * @param folder where the numbers and the output of members go
 * @param webPort of the first member, others follow
 * @param ringPort likewise
 */
record SoakOptions(String app, Duration time, Duration every, int clients, Path folder, int webPort, int ringPort) {

    static final String USAGE = """
            java -cp simulator.jar io.vsring.test.campaign.SoakCli --app sample-app.jar [options]
              --minutes N        for so long (60)
              --every N          look at the members every so many seconds (10)
              --clients N        so many clients, each with one call at a time (6)
              --folder DIR       for soak.csv and the output of the members (a new one)
              --web-port P       of the first member, others follow (18180)
              --ring-port P      of the first member, others follow (17560)
            Exit code 1 if something grows, a member ends or a log has "LEAK:", 2 if the options are wrong.
            """;

    private static final Set<String> NAMES =
            Set.of("--app", "--minutes", "--every", "--clients", "--folder", "--web-port", "--ring-port");
    private static final int PORT_MAX = 65_000;

    /**
     * Reads a command line.
     *
     * @throws IllegalArgumentException saying what is wrong with it
     */
    static SoakOptions parse(String[] words) {
        CommandLine said = new CommandLine(words, NAMES, USAGE);
        return new SoakOptions(
                said.app().toString(),
                Duration.ofMinutes(said.number("--minutes", 60, 1, 10_000)),
                Duration.ofSeconds(said.number("--every", 10, 1, 600)),
                said.count("--clients", 6, 1, 100),
                Path.of(said.text("--folder", "soak-" + System.currentTimeMillis())),
                said.count("--web-port", 18_180, 1, PORT_MAX),
                said.count("--ring-port", 17_560, 1, PORT_MAX));
    }
}
