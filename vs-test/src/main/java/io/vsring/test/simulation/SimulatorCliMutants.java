package io.vsring.test.simulation;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.lang.reflect.Field;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
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

    private static final String PROTOCOL = "io.vsring.wire.Mutant";
    private static final String OBJECTS = "io.vsring.replicated.ReplicaMutant";
    private static final String ENVELOPE = "io.vsring.security.EnvelopeMutant";

    private final Consumer<String> out;

    /** Whoever takes the lines: progress, the table, and the lines to record. */
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
    public record Finding(String mutant, @Nullable Long seed, long tried, String predicate) {

        /** As a row of a table in docs/mutants.md. */
        String row() {
            return seed == null
                    ? "| " + mutant + " | not in " + tried + " | |"
                    : "| " + mutant + " | " + seed + " | " + predicate + " |";
        }

        /** As a line of mutants.txt, or of mutants-of-objects.txt. */
        String line() {
            return mutant + " " + seed + " " + predicate;
        }

        @Override
        public String toString() {
            return seed == null
                    ? mutant + " got away: " + tried + " seeds"
                    : mutant + " found by seed " + seed + ", " + predicate;
        }
    }

    /** The names of the mutants of the protocol, each of which has a recorded seed. */
    public static List<String> names() {
        return names(PROTOCOL);
    }

    /** The names of the mutants of replicated objects, which show only where there are such. */
    static List<String> namesOfObjects() {
        return names(OBJECTS);
    }

    /** The names of the mutants of the envelope, which show only where members have keys. */
    static List<String> namesOfEnvelope() {
        return names(ENVELOPE);
    }

    /** Where this mutant shows. */
    static Setting settingOf(String mutant) {
        return new Setting(namesOfObjects().contains(mutant), namesOfEnvelope().contains(mutant));
    }

    /** The names of the mutants that show there. */
    static List<String> names(Setting setting) {
        return setting.objects() ? namesOfObjects() : setting.sealed() ? namesOfEnvelope() : names();
    }

    /** The list is not asked which one is switched on. */
    private static List<String> names(String list) {
        List<String> names = new ArrayList<>();
        try {
            ClassLoader loader = SimulatorCliMutants.class.getClassLoader();
            for (Field field : Class.forName(list, false, loader).getDeclaredFields()) {
                if (field.getType() == boolean.class) {
                    names.add(field.getName());
                }
            }
        } catch (ClassNotFoundException gone) {
            throw new IllegalStateException("there is no list of mutants any more: " + list, gone);
        }
        return names;
    }

    /** Hunts these with at most so many seeds each, some of them at the same time; returns how many got away. */
    public int hunt(List<String> mutants, long from, int seeds, int threads) throws InterruptedException {
        ExecutorService hunters = Executors.newFixedThreadPool(threads);
        List<Finding> findings = new ArrayList<>();
        try {
            List<Future<Finding>> pending = new ArrayList<>();
            for (String mutant : mutants) {
                pending.add(hunters.submit(() -> told(hunt(mutant, from, seeds))));
            }
            for (Future<Finding> each : pending) {
                findings.add(each.get());
            }
        } catch (ExecutionException broken) {
            throw new IllegalStateException("a hunt broke off: " + broken.getCause(), broken);
        } finally {
            hunters.shutdownNow();
        }
        return tell(findings);
    }

    private synchronized Finding told(Finding finding) {
        out.accept(finding.toString());
        return finding;
    }

    private int tell(List<Finding> findings) {
        out.accept("for docs/mutants.md:");
        findings.forEach(finding -> out.accept(finding.row()));
        out.accept("for mutants.txt or mutants-of-objects.txt in vs-test/src/test/resources:");
        findings.stream().filter(finding -> finding.seed() != null).forEach(finding -> out.accept(finding.line()));
        return (int) findings.stream().filter(finding -> finding.seed() == null).count();
    }

    private static Finding hunt(String mutant, long from, int seeds) throws IOException, InterruptedException {
        Process process =
                start(mutant, "--from", Long.toString(from), "--seeds", Integer.toString(seeds), "--threads", "1");
        try (BufferedReader lines = outputOf(process)) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                Matcher finding = FINDING.matcher(line);
                if (finding.matches() && isCleanWithout(mutant, Long.parseLong(finding.group(1)))) {
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

    /** Runs one seed with the mutant switched on; returns the claim that it breaks, or null. */
    static @Nullable String predicateOf(String mutant, long seed) throws IOException, InterruptedException {
        Process process = start(mutant, "--seed", Long.toString(seed));
        String predicate = null;
        try (BufferedReader lines = outputOf(process)) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                Matcher finding = FINDING.matcher(line);
                predicate = finding.matches() ? finding.group(2) : predicate;
            }
        } finally {
            process.destroy();
            process.waitFor();
        }
        return predicate;
    }

    /** Whether the seed that finds this mutant breaks nothing in this JVM. */
    static boolean isCleanWithout(String mutant, long seed) {
        return settingOf(mutant).run(new Seed(seed)).run().violation() == null;
    }

    private static BufferedReader outputOf(Process process) {
        return new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    }

    /** A JVM like this one with the mutant switched on. */
    static Process start(String mutant, String... arguments) throws IOException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.add("-Xshare:auto");
        command.add("-XX:+UseSerialGC");
        command.add("-XX:TieredStopAtLevel=1");
        command.add("-Dvs.mutant=" + mutant);
        command.add("-cp");
        command.add(System.getProperty("java.class.path"));
        command.add(Simulator.class.getName());
        command.addAll(List.of(arguments));
        command.addAll(settingOf(mutant).words());
        return new ProcessBuilder(command).redirectErrorStream(true).start();
    }
}
