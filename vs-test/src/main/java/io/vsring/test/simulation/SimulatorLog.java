package io.vsring.test.simulation;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** What many calls have run, in a file with a line for each range of seeds. */
final class SimulatorLog {

    private final Path file;
    private final String code;

    /** @param code what is tested, as what is added is to say it */
    SimulatorLog(Path file, String code) {
        this.file = file;
        this.code = code;
    }

    /** All that is in it; nothing if there is no such file. */
    List<SimulatorRange> ranges() {
        try {
            List<String> lines = Files.exists(file) ? Files.readAllLines(file) : List.of();
            return lines.stream()
                    .filter(line -> !line.isBlank())
                    .map(SimulatorRange::of)
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Adds what came of the seeds from this one on. */
    void add(long from, Setting setting, Tally tally, int missing, long millis) {
        SimulatorRange range = new SimulatorRange(
                Instant.now().toString(),
                code,
                Runtime.version().toString(),
                options(setting),
                from,
                tally.schedules(),
                tally.counting(),
                tally.events(),
                tally.violations(),
                missing,
                millis);
        try {
            Files.writeString(file, range.line() + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String options(Setting setting) {
        return String.join(" ", setting.words());
    }

    /** The seed behind all that were run with these options; 1 if none was. */
    long next(Setting setting) {
        return ranges().stream()
                .filter(range -> range.options().equals(options(setting)))
                .mapToLong(range -> range.from() + range.seeds())
                .max()
                .orElse(1);
    }

    /** All of it on one page: a line for each of the options, then one for all. */
    String page() {
        Map<String, List<SimulatorRange>> kinds = new TreeMap<>();
        List<SimulatorRange> all = ranges();
        all.forEach(range -> kinds.computeIfAbsent(range.options(), unused -> new ArrayList<>())
                .add(range));
        StringBuilder page = new StringBuilder();
        kinds.forEach((options, ranges) ->
                page.append(options.isEmpty() ? "(none)" : options).append(": ").append(sum(ranges)));
        return page.append("in all: ").append(sum(all)).toString();
    }

    private static String sum(List<SimulatorRange> ranges) {
        long seeds = ranges.stream().mapToLong(SimulatorRange::seeds).sum();
        long millis = ranges.stream().mapToLong(SimulatorRange::millis).sum();
        return String.format(
                Locale.ROOT,
                "%d schedules in %d ranges, %d that counted, %d events, %d violations, %d floors missed,"
                        + " %.1f schedules/s%n",
                seeds,
                ranges.size(),
                ranges.stream().mapToLong(SimulatorRange::counted).sum(),
                ranges.stream().mapToLong(SimulatorRange::events).sum(),
                ranges.stream().mapToLong(SimulatorRange::violations).sum(),
                ranges.stream().mapToLong(SimulatorRange::tooLittle).sum(),
                millis == 0 ? 0 : seeds * 1_000.0 / millis);
    }
}
