package io.vsring.test.campaign;

import java.io.IOException;

/** The soak as a program: see docs/campaign.md, or start it without options. */
public final class SoakCli {

    private SoakCli() {}

    /** Runs what the options ask for; ends with 1 if something is wrong, 2 if the options are. */
    public static void main(String[] words) throws InterruptedException, IOException {
        SoakOptions options;
        try {
            options = SoakOptions.parse(words);
        } catch (IllegalArgumentException wrong) {
            System.err.println(wrong.getMessage());
            System.exit(2);
            return;
        }
        Soak soak = new Soak(options, System.err::println);
        Runtime.getRuntime().addShutdownHook(new Thread(soak::endMembers));
        boolean isSound = soak.run().isEmpty();
        System.out.print(soak.page());
        System.exit(isSound ? 0 : 1);
    }
}
