package io.vsring.test.hostile;

import io.vsring.test.campaign.NamespaceRun;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;

/** A ring among enemies, as a program: see docs/hostile.md. */
public final class HostileCli {

    private HostileCli() {}

    /**
     * Runs what the options ask for; ends with 1 if a claim broke, 2 if the options are wrong, 3 if there can be no
     * namespaces here.
     */
    public static void main(String[] words) throws InterruptedException, IOException {
        boolean isInside = words.length > 0 && words[0].equals(NamespaceRun.INSIDE);
        String[] said = isInside ? Arrays.copyOfRange(words, 1, words.length) : words;
        HostileOptions options;
        try {
            options = HostileOptions.parse(said);
        } catch (IllegalArgumentException wrong) {
            System.err.println(wrong.getMessage());
            System.exit(2);
            return;
        }
        if (isInside) {
            System.exit(inside(options) ? 0 : 1);
        }
        NamespaceRun.Program program =
                new NamespaceRun.Program(HostileCli.class, List.of(said), HostileRing.MEMBERS, List.of());
        System.exit(new NamespaceRun(program, System.err::println).run());
    }

    private static boolean inside(HostileOptions options) throws InterruptedException, IOException {
        Findings findings = new Findings(System.err::println);
        new HostileRun(options, findings).run();
        System.out.print(findings.page());
        return findings.wrongs().isEmpty();
    }
}
