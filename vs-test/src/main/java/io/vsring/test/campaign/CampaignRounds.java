package io.vsring.test.campaign;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** One campaign after the other, each with new members. Each adds a line to the results. */
final class CampaignRounds {

    private final CampaignOptions options;
    private final Consumer<String> progress;
    private volatile @Nullable Campaign current;

    CampaignRounds(CampaignOptions options, Consumer<String> progress) {
        this.options = options;
        this.progress = progress;
    }

    /**
     * Runs them. To be called once.
     *
     * @return whether nothing was wrong in any of them
     */
    boolean run() throws InterruptedException, IOException {
        boolean isSound = true;
        FaultDeck deck = new FaultDeck(options.faults(), new Random(options.seed()));
        Duration left = options.time();
        for (int index = 0; left.compareTo(Duration.ZERO) > 0; index++) {
            Duration length = left.compareTo(options.rounds().length()) < 0
                    ? left
                    : options.rounds().length();
            left = left.minus(length);
            CampaignOptions round = options.round(index, length);
            Campaign campaign = new Campaign(round, progress, deck);
            current = campaign;
            List<String> wrongs = campaign.run();
            add(campaign.result().line(Instant.now()));
            isSound &= wrongs.isEmpty();
            progress.accept("round " + index + ", " + left.toSeconds() + " s to go\n" + campaign.page());
            if (wrongs.isEmpty()) {
                removeFiles(round.folder());
            }
        }
        return isSound;
    }

    private void add(String line) throws IOException {
        Files.writeString(
                options.rounds().results(),
                line + "\n",
                StandardCharsets.UTF_8,
                StandardOpenOption.CREATE,
                StandardOpenOption.APPEND);
    }

    /** What was judged and found in order takes much room, and nobody looks at it again. Logs are kept. */
    private static void removeFiles(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            for (Path each : files.toList()) {
                if (each.toString().endsWith(".jsonl")) {
                    Files.delete(each);
                }
            }
        }
    }

    /** Kills the members that run now. */
    void endMembers() {
        if (current != null) {
            current.endMembers();
        }
    }

    /** All rounds of the file with the results, also those of other campaigns. */
    String page() throws IOException {
        return ResultPage.of(options.rounds().results()).toString();
    }
}
