package io.vsring.benchmarks;

import io.vsring.benchmarks.peer.Mode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;

/**
 * What the envelope costs: rings of processes without and with it, in turn, each of them new, so that what else the
 * machine does meets both alike. Of each figure the median counts.
 */
final class SecurityRun {

    /** What is measured; each is a run of its own but the last, which is another figure of the one before. */
    private enum Figure {
        SMALL("messages/s, 64 bytes", Mode.THROUGHPUT, 64, "msgs_per_s"),
        MIDDLE("messages/s, 1,024 bytes", Mode.THROUGHPUT, 1024, "msgs_per_s"),
        LARGE("messages/s, 8,192 bytes", Mode.THROUGHPUT, 8192, "msgs_per_s"),
        MEDIAN("us for one message at a time, 64 bytes", Mode.LATENCY, 64, "p50_us"),
        TAIL("the same at p99", Mode.LATENCY, 64, "p99_us");

        private final String title;
        private final Mode mode;
        private final int size;
        private final String name;

        Figure(String title, Mode mode, int size, String name) {
            this.title = title;
            this.mode = mode;
            this.size = size;
            this.name = name;
        }

        double in(Verdict verdict) {
            return JsonLine.number(verdict.summary().toString(), name).orElse(Double.NaN);
        }
    }

    private final List<String> words;
    private final int windows;
    private final Consumer<String> out;
    private final List<Measured> measured = new ArrayList<>();

    private record Measured(Figure figure, Envelope envelope, double value) {}

    /**
     * @param words options of the runs; each adds its own size and envelope
     * @param out takes what is to be printed
     */
    SecurityRun(List<String> words, Consumer<String> out) {
        this.words = words;
        this.windows = new Arguments(words).number(Option.WINDOWS, 1, 0);
        this.out = out;
    }

    /**
     * Runs all, and prints a line for each run and a table.
     *
     * @return the exit code: 0 if the members of all rings delivered the same in the same order
     */
    int run() throws IOException, InterruptedException {
        boolean isSound = true;
        for (int window = 0; window < windows; window++) {
            for (Figure figure : List.of(Figure.SMALL, Figure.MIDDLE, Figure.LARGE, Figure.MEDIAN)) {
                for (Envelope envelope : Envelope.values()) {
                    Verdict verdict = measure(figure, envelope);
                    keep(figure, envelope, verdict);
                    if (figure == Figure.MEDIAN) {
                        keep(Figure.TAIL, envelope, verdict);
                    }
                    isSound &= verdict.contradictions().isEmpty();
                }
            }
        }
        table();
        return isSound ? 0 : 1;
    }

    private Verdict measure(Figure figure, Envelope envelope) throws IOException, InterruptedException {
        List<String> all = new ArrayList<>(words);
        all.addAll(List.of("--" + Option.SIZE.word(), String.valueOf(figure.size)));
        all.addAll(List.of("--" + Option.ENVELOPE.word(), envelope.name().toLowerCase(Locale.ROOT)));
        Verdict verdict = new RingRun(Plan.parse(figure.mode, new Arguments(all)), all).measure();
        out.accept(verdict.summary().toString());
        return verdict;
    }

    private void keep(Figure figure, Envelope envelope, Verdict verdict) {
        measured.add(new Measured(figure, envelope, figure.in(verdict)));
    }

    private void table() {
        out.accept("| medians of " + windows + " | plain | sealed | sealed/plain |");
        out.accept("| --- | --- | --- | --- |");
        for (Figure figure : Figure.values()) {
            double plain = median(figure, Envelope.PLAIN);
            double sealed = median(figure, Envelope.SEALED);
            out.accept(String.format(
                    Locale.ROOT, "| %s | %,.0f | %,.0f | %.2f |", figure.title, plain, sealed, sealed / plain));
        }
    }

    private double median(Figure figure, Envelope envelope) {
        List<Double> sorted = measured.stream()
                .filter(each -> each.figure() == figure && each.envelope() == envelope)
                .map(Measured::value)
                .sorted()
                .toList();
        int middle = sorted.size() / 2;
        return sorted.size() % 2 == 1 ? sorted.get(middle) : (sorted.get(middle - 1) + sorted.get(middle)) / 2;
    }
}
