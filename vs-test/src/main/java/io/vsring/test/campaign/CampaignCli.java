package io.vsring.test.campaign;

import java.io.IOException;
import java.util.List;

/** The campaign as a program: see docs/linearizability.md, or start it without options. */
public final class CampaignCli {

    private CampaignCli() {}

    /** Runs what the options ask for; ends with 1 if a claim broke, 2 if the options are wrong. */
    public static void main(String[] words) throws InterruptedException, IOException {
        CampaignOptions options;
        try {
            options = CampaignOptions.parse(words);
        } catch (IllegalArgumentException wrong) {
            System.err.println(wrong.getMessage());
            System.exit(2);
            return;
        }
        Campaign campaign = new Campaign(options, System.err::println);
        Runtime.getRuntime().addShutdownHook(new Thread(campaign::endMembers));
        List<String> wrongs = campaign.run();
        System.out.print(campaign.page());
        System.exit(wrongs.isEmpty() ? 0 : 1);
    }
}
