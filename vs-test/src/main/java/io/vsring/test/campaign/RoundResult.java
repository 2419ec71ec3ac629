package io.vsring.test.campaign;

import io.vsring.test.trace.JsonLine;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToLongFunction;
import java.util.stream.Collectors;

/**
 * What came of one round: one line of a file, to which others are added by the rounds of this campaign and of others.
 *
 * @param code what was tested
 * @param seconds how long members were injured
 * @param calls how many calls clients made
 * @param faults how often each kind was proven
 * @param recoveryMillis how long members took to recover, after each fault of a kind
 * @param undecided histories that could not be judged
 * @param unproven faults that nothing shows
 * @param wrongs all that is wrong, undecided and unproven included
 * @param trend of one process that lived as long as the round
 * @param sealing how members protected what they said
 */
record RoundResult(
        String code,
        long seed,
        long seconds,
        long calls,
        Map<String, Integer> faults,
        Map<String, List<Long>> recoveryMillis,
        int undecided,
        int unproven,
        List<String> wrongs,
        ResourceTrend trend,
        Sealing sealing) {

    private static final int WRONG_LENGTH_MAX = 1_000;

    /** What members and clients did meanwhile. */
    record Load(long calls, ResourceTrend trend, Sealing sealing) {}

    RoundResult(CampaignOptions options, Load load, FaultLog log, CampaignJudge judge) {
        this(
                options.rounds().code(),
                options.seed(),
                options.time().toSeconds(),
                load.calls(),
                words(log.proven()),
                words(log.recoveryMillis()),
                judge.undecided(),
                log.unproven().size(),
                judge.wrongs(),
                load.trend(),
                load.sealing());
    }

    private static <T> Map<String, T> words(Map<FaultKind, T> kinds) {
        Map<String, T> words = new LinkedHashMap<>();
        kinds.forEach((kind, value) -> words.put(kind.word(), value));
        return words;
    }

    /** What is wrong and neither undecided nor unproven: a claim that broke, a member that did not recover. */
    int violations() {
        return wrongs.size() - undecided - unproven;
    }

    /** As a line of JSON, without its end. */
    String line(Instant at) {
        List<String> times = new ArrayList<>();
        recoveryMillis.forEach((kind, all) -> all.forEach(millis -> times.add(kind + "=" + millis)));
        return "{\"at\":" + quoted(at.toString())
                + ",\"code\":" + quoted(code)
                + ",\"seed\":" + seed
                + ",\"seconds\":" + seconds
                + ",\"calls\":" + calls
                + ",\"faults\":" + quoted(counts(faults))
                + ",\"recoveryMillis\":" + quoted(times)
                + ",\"violations\":" + violations()
                + ",\"undecided\":" + undecided
                + ",\"unproven\":" + unproven
                + ",\"wrongs\":" + quoted(wrongs)
                + ",\"memoryKilobytes\":" + trend(ProcessView.Resources::memoryKilobytes)
                + ",\"threads\":" + trend(ProcessView.Resources::threads)
                + ",\"descriptors\":" + trend(ProcessView.Resources::descriptors)
                + ",\"suite\":" + quoted(sealing.suite())
                + ",\"rejected\":" + quoted(counts(sealing.rejected()))
                + "}";
    }

    private static List<String> counts(Map<String, ? extends Number> numbers) {
        List<String> counts = new ArrayList<>();
        numbers.forEach((name, count) -> counts.add(name + "=" + count));
        return counts;
    }

    private String trend(ToLongFunction<ProcessView.Resources> what) {
        return quoted(
                List.of(Long.toString(what.applyAsLong(trend.start())), Long.toString(what.applyAsLong(trend.end()))));
    }

    /**
     * Reads a {@link #line}.
     *
     * @throws IllegalArgumentException if it is none
     */
    static RoundResult of(String text) {
        JsonLine line = JsonLine.parse(text);
        Map<String, Integer> faults = new LinkedHashMap<>();
        for (String each : line.texts("faults")) {
            faults.put(before(each), Integer.valueOf(after(each)));
        }
        Map<String, List<Long>> times = new LinkedHashMap<>();
        for (String each : line.texts("recoveryMillis")) {
            times.computeIfAbsent(before(each), unused -> new ArrayList<>()).add(Long.valueOf(after(each)));
        }
        return new RoundResult(
                line.text("code"),
                line.number("seed"),
                line.number("seconds"),
                line.number("calls"),
                faults,
                times,
                (int) line.number("undecided"),
                (int) line.number("unproven"),
                line.texts("wrongs"),
                new ResourceTrend(0, resources(line, 0), resources(line, 1)),
                line.has("suite") ? sealing(line) : Sealing.PLAINTEXT);
    }

    private static Sealing sealing(JsonLine line) {
        Map<String, Long> rejected = new LinkedHashMap<>();
        line.texts("rejected").forEach(each -> rejected.put(before(each), Long.valueOf(after(each))));
        return new Sealing(line.text("suite"), rejected);
    }

    private static ProcessView.Resources resources(JsonLine line, int index) {
        return new ProcessView.Resources(
                Long.parseLong(line.texts("memoryKilobytes").get(index)),
                Long.parseLong(line.texts("threads").get(index)),
                Long.parseLong(line.texts("descriptors").get(index)));
    }

    private static String before(String pair) {
        return pair.substring(0, pair.indexOf('='));
    }

    private static String after(String pair) {
        return pair.substring(pair.indexOf('=') + 1);
    }

    private static String quoted(List<String> texts) {
        return texts.stream().map(RoundResult::quoted).collect(Collectors.joining(",", "[", "]"));
    }

    /** Long texts are cut: the whole is in the folder of the round. */
    private static String quoted(String text) {
        StringBuilder quoted = new StringBuilder("\"");
        for (char each :
                text.substring(0, Math.min(text.length(), WRONG_LENGTH_MAX)).toCharArray()) {
            switch (each) {
                case '"', '\\' -> quoted.append('\\').append(each);
                case '\n' -> quoted.append("\\n");
                case '\t' -> quoted.append("\\t");
                default -> quoted.append(each < ' ' ? ' ' : each);
            }
        }
        return quoted.append('"').toString();
    }
}
