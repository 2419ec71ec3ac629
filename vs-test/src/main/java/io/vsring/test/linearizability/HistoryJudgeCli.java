package io.vsring.test.linearizability;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Judges histories that were kept in files. */
public final class HistoryJudgeCli {

    private static final String USAGE = """
            java -cp simulator.jar io.vsring.test.linearizability.HistoryJudgeCli [options] FILE...
              --steps N      give an object up after so many steps (2000000)
              --seconds S    give all up after so many seconds (never)
            The last line of each file has its verdict. Exit code 1 unless all are OK, 2 if a file cannot be judged.
            """;

    private final Budget budget;
    private final List<Path> files;

    private HistoryJudgeCli(Budget budget, List<Path> files) {
        this.budget = budget;
        this.files = files;
    }

    /** Judges what the words say; ends with 1 if it is not in order, 2 if the words or a file are wrong. */
    public static void main(String[] words) {
        try {
            System.exit(parse(words).run() ? 0 : 1);
        } catch (IllegalArgumentException wrong) {
            System.err.println(wrong.getMessage());
            System.exit(2);
        } catch (IOException wrong) {
            System.err.println("cannot be read: " + wrong);
            System.exit(2);
        }
    }

    private static HistoryJudgeCli parse(String[] words) {
        Budget budget = Budget.standard();
        Duration time = null;
        List<Path> files = new ArrayList<>();
        for (int index = 0; index < words.length; index++) {
            switch (words[index]) {
                case "--steps" -> budget = Budget.ofSteps(number(words, ++index));
                case "--seconds" -> time = Duration.ofSeconds(number(words, ++index));
                default -> files.add(file(words[index]));
            }
        }
        if (files.isEmpty()) {
            throw new IllegalArgumentException("no file is named\n" + USAGE);
        }
        return new HistoryJudgeCli(time == null ? budget : budget.within(time), files);
    }

    private static long number(String[] words, int index) {
        try {
            return Long.parseLong(index < words.length ? words[index] : "");
        } catch (NumberFormatException wrong) {
            throw new IllegalArgumentException(words[index - 1] + " needs a whole number\n" + USAGE, wrong);
        }
    }

    private static Path file(String word) {
        if (word.startsWith("-")) {
            throw new IllegalArgumentException("no such option: " + word + "\n" + USAGE);
        }
        return Path.of(word);
    }

    private boolean run() throws IOException {
        boolean ok = true;
        for (Path file : files) {
            HistoryReport report = new HistoryJudge(budget).judge(HistoryFile.read(file));
            System.out.println(file + ":");
            System.out.println(report);
            ok &= report.verdict() == Verdict.OK;
        }
        return ok;
    }
}
