package io.vsring.test.campaign;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
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
        Map<String, String> said = new HashMap<>();
        for (int index = 0; index < words.length; index += 2) {
            if (!NAMES.contains(words[index]) || index + 1 >= words.length) {
                throw new IllegalArgumentException("not an option with its value: " + words[index] + "\n" + USAGE);
            }
            said.put(words[index], words[index + 1]);
        }
        String app = said.get("--app");
        if (app == null || !Files.isRegularFile(Path.of(app))) {
            throw new IllegalArgumentException("--app is the jar of the sample application, not " + app + "\n" + USAGE);
        }
        return new SoakOptions(
                app,
                Duration.ofMinutes(number(said, "--minutes", 60, 10_000)),
                Duration.ofSeconds(number(said, "--every", 10, 600)),
                number(said, "--clients", 6, 100),
                Path.of(said.getOrDefault("--folder", "soak-" + System.currentTimeMillis())),
                number(said, "--web-port", 18_180, PORT_MAX),
                number(said, "--ring-port", 17_560, PORT_MAX));
    }

    private static int number(Map<String, String> said, String name, int usual, int largest) {
        String text = said.getOrDefault(name, Integer.toString(usual));
        try {
            int number = Integer.parseInt(text);
            if (number >= 1 && number <= largest) {
                return number;
            }
        } catch (NumberFormatException wrong) {
            throw new IllegalArgumentException(name + " needs a number, not " + text + "\n" + USAGE, wrong);
        }
        throw new IllegalArgumentException(name + " is 1 to " + largest + ", not " + text);
    }
}
