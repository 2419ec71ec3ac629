package io.vsring.test.simulation;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;

/**
 * Measures rings of growing size on virtual time, and prints a table and lines through its points.
 *
 * <p>{@code java -cp vs-test/target/simulator.jar io.vsring.test.simulation.GrowthCli [members ...]}; the same figures
 * on each machine.
 */
public final class GrowthCli {

    private static final List<Integer> SIZES = List.of(2, 3, 4, 8, 16, 32, 64);

    private static final String HEAD = """
            | members | forms, ms | wakes, us | agreed, us | safe, us | rotation, us | messages/s | silence, ms |
            | --- | --- | --- | --- | --- | --- | --- | --- |""";

    private GrowthCli() {}

    /** The arguments are sizes, 2 to 64; without any, seven of them. Ends with 2 if one is no size. */
    public static void main(String[] words) {
        List<Integer> sizes = new ArrayList<>();
        for (String word : words) {
            if (!word.matches("[2-9]|[1-5][0-9]|6[0-4]")) {
                System.err.println("how many members: 2 to 64, not " + word);
                System.exit(2);
            }
            sizes.add(Integer.valueOf(word));
        }
        Growth.Model model = Growth.Model.lan();
        System.out.printf(
                Locale.ROOT,
                "%.1f us from member to member, %.1f us for each datagram sent, %.1f us for each received%n%n",
                model.delayNanos() / 1e3,
                model.sendNanos() / 1e3,
                model.receiveNanos() / 1e3);
        System.out.println(HEAD);
        List<Growth> rows = new ArrayList<>();
        for (int members : sizes.isEmpty() ? SIZES : sizes) {
            Growth row = Growth.of(members, model);
            rows.add(row);
            System.out.printf(
                    Locale.ROOT,
                    "| %d | %.0f | %.0f | %.0f | %.0f | %.0f | %,.0f | %.0f |%n",
                    row.members(),
                    row.formMillis(),
                    row.wakeMicros(),
                    row.agreedMicros(),
                    row.safeMicros(),
                    row.rotationMicros(),
                    row.messagesPerSecond(),
                    row.silenceMillis());
        }
        System.out.println();
        fit("agreed, us", rows, Growth::agreedMicros);
        fit("safe, us", rows, Growth::safeMicros);
        fit("rotation, us", rows, Growth::rotationMicros);
        fit("forms, ms", rows, Growth::formMillis);
    }

    /** The line with the least squares through all of them. */
    private static void fit(String name, List<Growth> rows, ToDoubleFunction<Growth> figure) {
        if (rows.size() < 2) {
            return;
        }
        double meanX = rows.stream().mapToDouble(Growth::members).average().orElseThrow();
        double meanY = rows.stream().mapToDouble(figure).average().orElseThrow();
        double products = 0;
        double squares = 0;
        double total = 0;
        for (Growth row : rows) {
            double x = row.members() - meanX;
            double y = figure.applyAsDouble(row) - meanY;
            products += x * y;
            squares += x * x;
            total += y * y;
        }
        double slope = products / squares;
        double explained = total == 0 ? 1 : slope * products / total;
        System.out.printf(
                Locale.ROOT, "%s = %.1f + %.2f x members (r2 = %.3f)%n", name, meanY - slope * meanX, slope, explained);
    }
}
