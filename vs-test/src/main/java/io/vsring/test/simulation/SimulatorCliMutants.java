package io.vsring.test.simulation;

import io.vsring.test.check.Violation;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.lang.reflect.Field;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Switches on one known bug after the other, each in a JVM of its own, and runs schedules until one finds it.
 *
 * <p>A finding counts only if the same seed finds nothing without the bug.
 */
public final class SimulatorCliMutants {
    private static final Pattern FINDING = Pattern.compile("seed (-?\\d+): (\\w+) violated.*");

    private final Consumer<String> out;

    /** Whoever takes the lines of the table and the progress. */
    public SimulatorCliMutants(Consumer<String> out) {
        this.out = out;
    }

    /**
     * How a mutant was found.
     *
     * @param mutant which one
     * @param seed the seed that found it; null if none did
     * @param tried how many seeds were run up to that
     * @param predicate the claim that broke
     */
    public record Finding(String mutant, @Nullable Long seed, long tried, String predicate) {}

    /** The names of all mutants, as the protocol lists them. */
    public static List<String> names() {
        List<String> names = new ArrayList<>();
        try {
            for (Field field : Class.forName("io.vsring.wire.Mutant").getDeclaredFields()) {
                if (field.getType() == boolean.class) {
                    names.add(field.getName());
                }
            }
        } catch (ClassNotFoundException gone) {
            throw new IllegalStateException("the protocol has no list of mutants any more", gone);
        }
        return names;
    }

    /** Hunts all of them with at most so many seeds each; returns how many got away. */
    public int hunt(long from, int seeds) throws IOException, InterruptedException {
        List<Finding> findings = new ArrayList<>();
        for (String name : names()) {
            Finding finding = hunt(name, from, seeds);
            findings.add(finding);
            out.accept(
                    finding.seed() == null
                            ? name + " got away: " + seeds + " seeds"
                            : name + " found by seed " + finding.seed() + ", " + finding.predicate());
        }
        int away = 0;
        out.accept("| mutant | seeds to first detection | predicate that fired | seed |");
        out.accept("|---|---|---|---|");
        for (Finding each : findings) {
            away += each.seed() == null ? 1 : 0;
            String seed = each.seed() == null ? "" : each.seed().toString();
            out.accept("| " + each.mutant() + " | " + (each.seed() == null ? "not in " + seeds : each.tried()) + " | "
                    + each.predicate() + " | " + seed + " |");
        }
        return away;
    }

    /** Hunts one of them. */
    public Finding hunt(String mutant, long from, int seeds) throws IOException, InterruptedException {
        Process process =
                start(mutant, "--from", Long.toString(from), "--seeds", Integer.toString(seeds), "--threads", "1");
        try (BufferedReader lines =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                Matcher finding = FINDING.matcher(line);
                if (finding.matches() && isCleanWithout(Long.parseLong(finding.group(1)))) {
                    long seed = Long.parseLong(finding.group(1));
                    return new Finding(mutant, seed, seed - from + 1, finding.group(2));
                }
            }
        } finally {
            process.destroy();
            process.waitFor();
        }
        return new Finding(mutant, null, seeds, "none");
    }

    private static boolean isCleanWithout(long seed) {
        Violation violation =
                new ScheduleRun(Swarm.schedule(new Seed(seed))).run().violation();
        return violation == null;
    }

    /** A JVM like this one with the mutant switched on. */
    static Process start(String mutant, String... arguments) throws IOException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.add("-XX:+UseSerialGC");
        command.add("-XX:TieredStopAtLevel=1");
        command.add("-Dvs.mutant=" + mutant);
        command.add("-cp");
        command.add(System.getProperty("java.class.path"));
        command.add(Simulator.class.getName());
        command.addAll(List.of(arguments));
        return new ProcessBuilder(command).redirectErrorStream(true).start();
    }
}
