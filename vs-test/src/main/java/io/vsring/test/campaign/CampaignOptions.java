package io.vsring.test.campaign;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * What a campaign is to do.
 *
 * @param app the words behind {@code java} that start the sample application, before its own options
 * @param members how many processes
 * @param clients how many clients
 * @param time how long members are injured
 * @param seed of what is drawn; processes and networks draw as well, so it does not repeat a run
 * @param faults the kinds of faults
 * @param folder where histories and the output of members go
 * @param webPort of the first member's web server; the others follow
 * @param ringPort of the first member; the others follow
 */
public record CampaignOptions(
        List<String> app,
        int members,
        int clients,
        Duration time,
        long seed,
        Set<FaultKind> faults,
        Path folder,
        int webPort,
        int ringPort) {

    static final String USAGE = """
            java -cp simulator.jar io.vsring.test.campaign.CampaignCli --app sample-app.jar [options]
              --members N      so many processes (3)
              --clients N      so many clients, each with one call at a time (12)
              --minutes N      injure for so long (2)
              --seconds N      the same in seconds
              --seed S         of what is drawn (1)
              --faults A,B     of kill, stop, leave (all)
              --folder DIR     for histories and the output of the members (a new one)
              --web-port P     of the first member, others follow (18080)
              --ring-port P    of the first member, others follow (17460)
            Exit code 1 if a claim broke, 2 if the options are wrong.
            """;

    /**
     * Reads a command line.
     *
     * @throws IllegalArgumentException saying what is wrong with it
     */
    static CampaignOptions parse(String[] words) {
        List<String> app = new ArrayList<>();
        int members = 3;
        int clients = 12;
        Duration time = Duration.ofMinutes(2);
        long seed = 1;
        Set<FaultKind> faults = EnumSet.allOf(FaultKind.class);
        Path folder = Path.of("campaign-" + System.currentTimeMillis());
        int webPort = 18_080;
        int ringPort = 17_460;
        for (int index = 0; index < words.length; index += 2) {
            String name = words[index];
            if (index + 1 >= words.length) {
                throw new IllegalArgumentException(name + " needs a value\n" + USAGE);
            }
            String value = words[index + 1];
            switch (name) {
                case "--app" -> app = List.of("-jar", existing(value));
                case "--members" -> members = (int) number(name, value, 3, 10);
                case "--clients" -> clients = (int) number(name, value, 1, 1_000);
                case "--minutes" -> time = Duration.ofMinutes(number(name, value, 1, 100_000));
                case "--seconds" -> time = Duration.ofSeconds(number(name, value, 1, 1_000_000));
                case "--seed" -> seed = number(name, value, Long.MIN_VALUE, Long.MAX_VALUE);
                case "--faults" -> faults = faults(value);
                case "--folder" -> folder = Path.of(value);
                case "--web-port" -> webPort = (int) number(name, value, 1, 65_000);
                case "--ring-port" -> ringPort = (int) number(name, value, 1, 65_000);
                default -> throw new IllegalArgumentException("no such option: " + name + "\n" + USAGE);
            }
        }
        if (app.isEmpty()) {
            throw new IllegalArgumentException("--app is missing: the jar of the sample application\n" + USAGE);
        }
        return new CampaignOptions(app, members, clients, time, seed, faults, folder, webPort, ringPort);
    }

    private static String existing(String jar) {
        if (!Files.isRegularFile(Path.of(jar))) {
            throw new IllegalArgumentException("--app " + jar + " is no file: build it with mvn package");
        }
        return jar;
    }

    private static long number(String name, String text, long smallest, long largest) {
        try {
            long number = Long.parseLong(text);
            if (number >= smallest && number <= largest) {
                return number;
            }
        } catch (NumberFormatException wrong) {
            throw new IllegalArgumentException(name + " needs a number, not " + text + "\n" + USAGE, wrong);
        }
        throw new IllegalArgumentException(name + " is " + smallest + " to " + largest + ", not " + text);
    }

    private static Set<FaultKind> faults(String text) {
        Set<FaultKind> faults = EnumSet.noneOf(FaultKind.class);
        for (String word : text.split(",", -1)) {
            try {
                faults.add(FaultKind.valueOf(word.toUpperCase(Locale.ROOT)));
            } catch (IllegalArgumentException wrong) {
                throw new IllegalArgumentException("--faults are of kill, stop, leave, not " + word, wrong);
            }
        }
        return faults;
    }
}
