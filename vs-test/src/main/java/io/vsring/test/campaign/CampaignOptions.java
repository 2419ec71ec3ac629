package io.vsring.test.campaign;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

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
 * @param network how members reach each other
 * @param rounds how a campaign in namespaces is divided
 */
public record CampaignOptions(
        List<String> app,
        int members,
        int clients,
        Duration time,
        long seed,
        Set<FaultKind> faults,
        Path folder,
        MemberNetwork network,
        Rounds rounds) {

    static final String USAGE = """
            java -cp simulator.jar io.vsring.test.campaign.CampaignCli --app sample-app.jar [options]
              --network WHERE    loopback, or namespaces: as root, in namespaces that it makes and removes (loopback)
              --members N        so many processes (3; in namespaces 5)
              --clients N        so many clients, each with one call at a time (12; in namespaces 8)
              --minutes N        injure for so long (2)
              --seconds N        the same in seconds
              --seed S           of what is drawn (1; in namespaces one that no line of the results has)
              --faults A,B       of these kinds (all that the network can)
              --folder DIR       for histories, traces and the output of the members (a new one)
              --web-port P       on loopback, of the first member, others follow (18080)
              --ring-port P      on loopback, of the first member, others follow (17460)
              --round-seconds N  in namespaces: after so long all begins anew (300)
              --results FILE     in namespaces: to which each round adds a line (results.jsonl in the folder)
              --code TEXT        in namespaces: what is tested, for these lines
            java -cp simulator.jar io.vsring.test.campaign.CampaignCli --sum FILE     the page of such lines
            Exit code 1 if a claim broke or a fault was not proven, 2 if the options are wrong, 3 if there can be no
            namespaces here.
            """;

    private static final Set<String> NAMES = Set.of(
            "--app",
            "--network",
            "--members",
            "--clients",
            "--minutes",
            "--seconds",
            "--seed",
            "--faults",
            "--folder",
            "--web-port",
            "--ring-port",
            "--round-seconds",
            "--results",
            "--code");

    private static final int ROUND_SECONDS_MAX = 100_000;
    private static final int PORT_MAX = 65_000;

    /**
     * Each round begins with new members, and is judged when it ends, so that traces do not grow for ever.
     *
     * @param length of one
     * @param results the file to whose end each round adds a line
     * @param code what is tested, for people: a commit
     */
    public record Rounds(Duration length, Path results, String code) {
        /** All in one, and nothing is added to anything. */
        public static final Rounds ONE = new Rounds(Duration.ofSeconds(ROUND_SECONDS_MAX), Path.of("/dev/null"), "");
    }

    boolean isNamespaced() {
        return network instanceof MemberNetwork.Namespaced;
    }

    /** The same for one round, which begins with 0. */
    CampaignOptions round(int index, Duration length) {
        Path own = folder.resolve("round-" + index);
        return new CampaignOptions(app, members, clients, length, seed + index, faults, own, network, rounds);
    }

    /**
     * Reads a command line.
     *
     * @throws IllegalArgumentException saying what is wrong with it
     */
    static CampaignOptions parse(String[] words) {
        CommandLine said = new CommandLine(words, NAMES, USAGE);
        Path app = said.app();
        MemberNetwork network = network(said);
        boolean isNamespaced = network instanceof MemberNetwork.Namespaced;
        Path folder = Path.of(said.text("--folder", "campaign-" + System.currentTimeMillis()));
        Path results =
                Path.of(said.text("--results", folder.resolve("results.jsonl").toString()));
        int members = said.count("--members", isNamespaced ? 5 : 3, 3, 10);
        return new CampaignOptions(
                List.of("-jar", app.toString()),
                members,
                said.count("--clients", isNamespaced ? 8 : 12, 1, 1_000),
                said.has("--seconds")
                        ? Duration.ofSeconds(said.number("--seconds", 0, 1, 1_000_000))
                        : Duration.ofMinutes(said.number("--minutes", 2, 1, 100_000)),
                said.number("--seed", isNamespaced ? nextSeed(results) : 1, Long.MIN_VALUE, Long.MAX_VALUE),
                faults(said, isNamespaced ? FaultKind.inNamespaces(members) : FaultKind.onLoopback()),
                folder,
                network,
                new Rounds(
                        Duration.ofSeconds(said.number("--round-seconds", 300, 1, ROUND_SECONDS_MAX)),
                        results,
                        said.text("--code", "")));
    }

    private static long nextSeed(Path results) {
        try {
            return ResultPage.of(results).nextSeed();
        } catch (IOException e) {
            throw new IllegalArgumentException("--results " + results + " cannot be read", e);
        }
    }

    private static MemberNetwork network(CommandLine said) {
        String network = said.text("--network", "loopback");
        return switch (network) {
            case "loopback" ->
                new MemberNetwork.Loopback(
                        said.count("--web-port", 18_080, 1, PORT_MAX), said.count("--ring-port", 17_460, 1, PORT_MAX));
            case "namespaces" -> new MemberNetwork.Namespaced();
            default -> throw new IllegalArgumentException("--network is loopback or namespaces, not " + network);
        };
    }

    private static Set<FaultKind> faults(CommandLine said, Set<FaultKind> possible) {
        if (!said.has("--faults")) {
            return possible;
        }
        Set<FaultKind> faults = EnumSet.noneOf(FaultKind.class);
        for (String word : said.text("--faults", "").split(",", -1)) {
            FaultKind kind = possible.stream()
                    .filter(each -> each.word().equals(word))
                    .findFirst()
                    .orElseThrow(() -> new IllegalArgumentException("--faults are of "
                            + possible.stream().sorted().map(FaultKind::word).collect(Collectors.joining(", "))
                            + ", not " + word));
            faults.add(kind);
        }
        return faults;
    }
}
