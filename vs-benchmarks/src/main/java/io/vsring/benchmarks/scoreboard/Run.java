package io.vsring.benchmarks.scoreboard;

import java.util.ArrayList;
import java.util.List;

/**
 * One measurement that can be made, and be made again.
 *
 * @param net where
 * @param words the command, and its options
 */
record Run(Net net, List<String> words) {

    Run {
        words = List.copyOf(words);
    }

    /** What tells it from all others, in results. */
    String name() {
        return net.word() + " " + String.join(" ", words);
    }

    /** The command. */
    String verb() {
        return words.get(0);
    }

    /** Its options, and those of the place. */
    List<String> options(int members, List<String> further) {
        List<String> all = new ArrayList<>(net.words(members));
        all.addAll(words.subList(1, words.size()));
        all.addAll(further);
        return all;
    }
}
