package io.vsring.test.simulation;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What the command line asks for.
 *
 * @param from the first seed
 * @param seeds how many
 * @param threads on how many threads
 * @param single whether it is about one seed
 * @param trace whether to tell the run of that seed
 * @param shrink whether to make what breaks smaller
 * @param setting what the members have
 * @param mutants whether to hunt mutants
 * @param mutant the only mutant to hunt, or to switch on for a single seed; null for none
 * @param results where a line is added for each piece; null for nowhere
 * @param piece how many seeds are a piece
 */
record SimulatorCliArguments(
        long from,
        int seeds,
        int threads,
        boolean single,
        boolean trace,
        boolean shrink,
        Setting setting,
        boolean mutants,
        @Nullable String mutant,
        @Nullable SimulatorLog results,
        int piece) {
    private static final int PIECE = 5_000;
    private static final Pattern CODE = Pattern.compile("[\\w.+-]*");
    private static final int SEEDS = 1_000;
    private static final int MUTANT_SEEDS = 5_000;

    static final String USAGE = """
            java -jar simulator.jar [options]
              --seeds N      run so many schedules (1000; 5000 for each mutant)
              --from N       beginning with this seed (1, or with --results the one behind those that were run)
              --threads K    on so many threads (all processors)
              --seed S       run this one; with --trace tell all that happens
              --shrink       make what breaks as small as possible, and tell it
              --objects      with replicated objects on all members, and clients of these
              --sealed       with keys on all members, and somebody without them who forges, while keys are changed
              --results F    run --seeds in pieces, and add a line to this file behind each; what is cut off goes on
                             behind the last whole piece
              --piece N      so many seeds to a piece (5000)
              --code C       what is tested, for the results: the hash of a commit
              --sum F        add up such a file, and run nothing
              --mutants      switch on one known bug after the other and see which seed finds it;
                             with --objects those of replicated objects, with --sealed those of the envelope
              --mutant NAME  hunt this one only; with --seed run that seed with it
            The last line is: <n> schedules, <v> violations, <e> events, <s> schedules/s. Exit code 1 on a violation.
            """;

    static SimulatorCliArguments parse(String[] words) {
        Long from = null;
        int seeds = 0;
        int threads = Runtime.getRuntime().availableProcessors();
        boolean single = false;
        boolean trace = false;
        boolean shrink = false;
        boolean objects = false;
        boolean sealed = false;
        boolean mutants = false;
        String mutant = null;
        Path results = null;
        int piece = PIECE;
        String code = "";
        for (int index = 0; index < words.length; index++) {
            switch (words[index]) {
                case "--seeds" -> seeds = (int) number(words, ++index);
                case "--from" -> from = number(words, ++index);
                case "--threads" -> threads = (int) number(words, ++index);
                case "--seed" -> {
                    from = number(words, ++index);
                    seeds = 1;
                    single = true;
                }
                case "--trace" -> trace = true;
                case "--shrink" -> shrink = true;
                case "--objects" -> objects = true;
                case "--sealed" -> sealed = true;
                case "--mutants" -> mutants = true;
                case "--mutant" -> mutant = mutant(words, ++index);
                case "--results" -> results = Path.of(word(words, ++index));
                case "--piece" -> piece = (int) Math.max(1, number(words, ++index));
                case "--code" -> code = code(words, ++index);
                default -> throw new IllegalArgumentException("no such option: " + words[index] + "\n" + USAGE);
            }
        }
        boolean hunting = mutants || (mutant != null && !single);
        int count = seeds > 0 ? seeds : hunting ? MUTANT_SEEDS : SEEDS;
        Setting setting = new Setting(objects, sealed);
        SimulatorLog log = results == null ? null : new SimulatorLog(results, code);
        long first = from != null ? from : log != null ? log.next(setting) : 1;
        return new SimulatorCliArguments(
                first, count, threads, single, trace, shrink, setting, hunting, mutant, log, piece);
    }

    private static String code(String[] words, int index) {
        String code = word(words, index);
        if (!CODE.matcher(code).matches()) {
            throw new IllegalArgumentException("--code is a word, not '" + code + "'");
        }
        return code;
    }

    private static String mutant(String[] words, int index) {
        String name = word(words, index);
        List<String> names = new ArrayList<>(SimulatorCliMutants.names());
        names.addAll(SimulatorCliMutants.namesOfObjects());
        names.addAll(SimulatorCliMutants.namesOfEnvelope());
        if (!names.contains(name)) {
            throw new IllegalArgumentException("there is no mutant " + name + ", only " + names);
        }
        return name;
    }

    private static String word(String[] words, int index) {
        if (index >= words.length) {
            throw new IllegalArgumentException(words[index - 1] + " needs a value\n" + USAGE);
        }
        return words[index];
    }

    private static long number(String[] words, int index) {
        try {
            return Long.parseLong(word(words, index));
        } catch (NumberFormatException wrong) {
            throw new IllegalArgumentException(
                    words[index - 1] + " needs a number, not " + words[index] + "\n" + USAGE, wrong);
        }
    }
}
