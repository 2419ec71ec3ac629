package io.vsring.benchmarks.scoreboard;

import io.vsring.benchmarks.scoreboard.Chart.Contestant;
import io.vsring.benchmarks.scoreboard.Chart.Row;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;

/** A chart as a picture: a bar for each figure, each row to a scale of its own, since sizes differ by a thousand. */
final class Plot {

    private static final int WIDTH = 860;
    private static final int LABEL = 200;
    private static final int BAR = 16;
    private static final int GAP = 4;
    private static final int HEAD = 34;
    private static final int ROW_HEAD = 24;
    private static final int VALUE = 110;
    private static final List<String> OURS = List.of("#1f6feb", "#6cb6ff", "#9ecbff");
    private static final List<String> THEIRS = List.of("#8c959f", "#a5adb5", "#b9c0c7", "#cad0d6", "#dadfe4");

    private final Results results;

    Plot(Results results) {
        this.results = results;
    }

    /** As SVG. */
    String svg(Chart chart) {
        List<String> body = new ArrayList<>();
        int y = HEAD;
        body.add(text(8, 20, 15, "bold", chart.title()));
        for (Row row : chart.rows()) {
            y += ROW_HEAD;
            body.add(text(8, y - 8, 13, "bold", row.label()));
            double most = chart.contestants().stream()
                    .map(each -> results.median(chart.run(row, each), chart.key()))
                    .mapToDouble(value -> value.orElse(0))
                    .max()
                    .orElse(0);
            int[] seen = new int[2];
            for (Contestant contestant : chart.contestants()) {
                boolean isPeer = !contestant.role().isOurs();
                List<String> colours = isPeer ? THEIRS : OURS;
                int which = seen[isPeer ? 1 : 0]++;
                OptionalDouble value = results.median(chart.run(row, contestant), chart.key());
                if (value.isPresent() && most > 0) {
                    body.add(text(24, y + 12, 12, "normal", contestant.name()));
                    body.add(bar(y, colours.get(which % colours.size()), value.getAsDouble(), most));
                    y += BAR + GAP;
                }
            }
        }
        return "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"" + WIDTH + "\" height=\"" + (y + 12)
                + "\" font-family=\"sans-serif\">\n<rect width=\"100%\" height=\"100%\" fill=\"white\"/>\n"
                + String.join("\n", body) + "\n</svg>\n";
    }

    private static String bar(int y, String colour, double value, double most) {
        long width = Math.max(1, Math.round((WIDTH - LABEL - VALUE) * value / most));
        return "<rect x=\"" + LABEL + "\" y=\"" + y + "\" width=\"" + width + "\" height=\"" + BAR + "\" fill=\""
                + colour + "\"/>\n" + text((int) (LABEL + width + 6), y + 12, 12, "normal", Page.number(value));
    }

    private static String text(int x, int y, int size, String weight, String words) {
        return "<text x=\"" + x + "\" y=\"" + y + "\" font-size=\"" + size + "\" font-weight=\"" + weight + "\">"
                + words.replace("&", "&amp;").replace("<", "&lt;") + "</text>";
    }
}
