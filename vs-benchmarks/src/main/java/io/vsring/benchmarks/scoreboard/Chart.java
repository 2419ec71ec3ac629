package io.vsring.benchmarks.scoreboard;

import java.util.ArrayList;
import java.util.List;

/**
 * One table and one plot: the same figure of several contestants.
 *
 * @param id in file names and on the command line
 * @param title what it shows
 * @param net where
 * @param key what the figure is called in a result
 * @param isMoreBetter whether a larger one is better
 * @param rows what is varied
 * @param contestants who is compared
 */
record Chart(
        String id,
        String title,
        Net net,
        String key,
        boolean isMoreBetter,
        List<Row> rows,
        List<Contestant> contestants) {

    /**
     * What is the same for all contestants.
     *
     * @param label in words
     * @param words the command and its options
     */
    record Row(String label, List<String> words) {}

    /**
     * Who does it.
     *
     * @param name in words
     * @param role what its figures are for
     * @param words the options that make it
     */
    record Contestant(String name, Role role, List<String> words) {}

    /** What a contestant is compared with. */
    enum Role {
        /** Ours, as it is compared with peers. */
        OURS,
        /** Ours with something that no peer has. */
        OURS_TOO,
        /** Somebody else's. */
        PEER,
        /** Ours, encrypted. */
        OURS_SEALED,
        /** Somebody else's, encrypted. */
        PEER_SEALED,
        /** Somebody else's, of which there is no second copy. */
        SERVER;

        boolean isOurs() {
            return this == OURS || this == OURS_TOO || this == OURS_SEALED;
        }
    }

    Chart {
        rows = List.copyOf(rows);
        contestants = List.copyOf(contestants);
    }

    /** The run that gives the figure of this contestant in this row. */
    Run run(Row row, Contestant contestant) {
        List<String> words = new ArrayList<>(row.words());
        words.addAll(contestant.words());
        return new Run(net, words);
    }

    /** All of them, contestants in turn. */
    List<Run> runs() {
        List<Run> runs = new ArrayList<>();
        for (Row row : rows) {
            for (Contestant contestant : contestants) {
                runs.add(run(row, contestant));
            }
        }
        return runs;
    }
}
