package io.vsring.test.campaign;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/** The campaign as a program: see docs/campaign.md, or start it without options. */
public final class CampaignCli {

    private static final String SUM = "--sum";

    private CampaignCli() {}

    /**
     * Runs what the options ask for; ends with 1 if a claim broke, 2 if the options are wrong, 3 if there can be no
     * namespaces here.
     */
    public static void main(String[] words) throws InterruptedException, IOException {
        if (words.length == 2 && words[0].equals(SUM)) {
            ResultPage page = ResultPage.of(Path.of(words[1]));
            System.out.print(page);
            System.exit(page.isSound() ? 0 : 1);
        }
        boolean isInside = words.length > 0 && words[0].equals(NamespaceRun.INSIDE);
        String[] said = isInside ? Arrays.copyOfRange(words, 1, words.length) : words;
        CampaignOptions options;
        try {
            options = CampaignOptions.parse(said);
        } catch (IllegalArgumentException wrong) {
            System.err.println(wrong.getMessage());
            System.exit(2);
            return;
        }
        if (!options.isNamespaced()) {
            System.exit(onLoopback(options) ? 0 : 1);
        } else if (isInside) {
            System.exit(insideOfNamespaces(options) ? 0 : 1);
        } else {
            NamespaceRun.Program program =
                    new NamespaceRun.Program(CampaignCli.class, List.of(said), options.members(), missing(options));
            System.exit(new NamespaceRun(program, System.err::println).run());
        }
    }

    private static List<String> missing(CampaignOptions options) {
        return options.faults().contains(FaultKind.CLOCK) && MemberCommand.faketime() == null
                ? List.of("the library for the fault clock: apt-get install libfaketime, or name other --faults")
                : List.of();
    }

    private static boolean onLoopback(CampaignOptions options) throws InterruptedException, IOException {
        Campaign campaign = new Campaign(options, System.err::println);
        Runtime.getRuntime().addShutdownHook(new Thread(campaign::endMembers));
        List<String> wrongs = campaign.run();
        System.out.print(campaign.page());
        return wrongs.isEmpty();
    }

    private static boolean insideOfNamespaces(CampaignOptions options) throws InterruptedException, IOException {
        CampaignRounds rounds = new CampaignRounds(options, System.err::println);
        Runtime.getRuntime().addShutdownHook(new Thread(rounds::endMembers));
        boolean isSound = rounds.run();
        System.out.print(rounds.page());
        return isSound;
    }
}
