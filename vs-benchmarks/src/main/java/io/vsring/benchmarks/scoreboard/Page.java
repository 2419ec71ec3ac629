package io.vsring.benchmarks.scoreboard;

import io.vsring.benchmarks.scoreboard.Chart.Contestant;
import io.vsring.benchmarks.scoreboard.Chart.Role;
import io.vsring.benchmarks.scoreboard.Chart.Row;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.function.Predicate;

/** All charts as tables of Markdown. */
final class Page {

    private final Results results;

    Page(Results results) {
        this.results = results;
    }

    /** @param head what is known of the machine and the code */
    String markdown(List<Chart> charts, Map<String, String> head) {
        StringBuilder text = new StringBuilder("# Scoreboard\n\n");
        text.append("Three members, each a process of its own, on one machine. Medians of windows of runs that take")
                .append(" turns; \"x best peer\" is what counts, since it is of one machine at one time.\n\n");
        head.forEach((name, value) ->
                text.append("- ").append(name).append(": ").append(value).append('\n'));
        for (Chart chart : charts) {
            text.append("\n## ")
                    .append(chart.title())
                    .append(" (")
                    .append(chart.net().title())
                    .append(")\n\n");
            text.append("![](").append(chart.id()).append(".svg)\n\n");
            table(chart, text);
        }
        return text.toString();
    }

    private void table(Chart chart, StringBuilder text) {
        text.append("| |");
        chart.contestants().forEach(each -> text.append(' ').append(each.name()).append(" |"));
        boolean hasSealed = chart.contestants().stream().anyMatch(each -> each.role() == Role.PEER_SEALED);
        text.append(" x best peer |")
                .append(hasSealed ? " both encrypted |" : "")
                .append("\n|")
                .append(" --- |".repeat(chart.contestants().size() + (hasSealed ? 3 : 2)))
                .append('\n');
        for (Row row : chart.rows()) {
            text.append("| ").append(row.label()).append(" |");
            for (Contestant contestant : chart.contestants()) {
                OptionalDouble value = results.median(chart.run(row, contestant), chart.key());
                text.append(' ')
                        .append(value.isPresent() ? number(value.getAsDouble()) : "-")
                        .append(" |");
            }
            text.append(' ').append(times(ratio(chart, row))).append(" |");
            if (hasSealed) {
                text.append(' ')
                        .append(times(ratio(chart, row, Role.OURS_SEALED, Role.PEER_SEALED)))
                        .append(" |");
            }
            text.append('\n');
        }
    }

    private static String times(OptionalDouble ratio) {
        return ratio.isPresent() ? String.format(Locale.ROOT, "**%.2f**", ratio.getAsDouble()) : "-";
    }

    /** How many times as good ours is as the best peer. */
    OptionalDouble ratio(Chart chart, Row row) {
        return ratio(chart, row, Role.OURS, Role.PEER);
    }

    private OptionalDouble ratio(Chart chart, Row row, Role who, Role comparedWith) {
        OptionalDouble ours = best(chart, row, each -> each.role() == who);
        OptionalDouble theirs = best(chart, row, each -> each.role() == comparedWith);
        if (ours.isEmpty() || theirs.isEmpty()) {
            return OptionalDouble.empty();
        }
        double ratio = ours.getAsDouble() / theirs.getAsDouble();
        return OptionalDouble.of(chart.isMoreBetter() ? ratio : 1 / ratio);
    }

    private OptionalDouble best(Chart chart, Row row, Predicate<Contestant> who) {
        var values = chart.contestants().stream()
                .filter(who)
                .map(each -> results.median(chart.run(row, each), chart.key()))
                .filter(OptionalDouble::isPresent)
                .mapToDouble(OptionalDouble::getAsDouble);
        return chart.isMoreBetter() ? values.max() : values.min();
    }

    /** With three digits that mean something. */
    static String number(double value) {
        if (value >= 1_000) {
            double unit = Math.pow(10, Math.floor(Math.log10(value)) - 2);
            return String.format(Locale.ROOT, "%,.0f", Math.round(value / unit) * unit);
        }
        return String.format(Locale.ROOT, value >= 100 ? "%.0f" : value >= 10 ? "%.1f" : "%.2f", value);
    }
}
