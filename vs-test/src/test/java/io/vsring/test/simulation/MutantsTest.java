package io.vsring.test.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * The simulator finds each bug that the protocol and the replicated objects can be told to have: {@code mutants.txt}
 * and {@code mutants-of-objects.txt} say by which seed.
 */
class MutantsTest {
    private static final String RECORD = "record it: java -jar vs-test/target/simulator.jar --mutant %s   prints the"
            + " lines for the files of mutants among the test resources, and for docs/mutants.md";
    private static final Path PAGE = Path.of("../docs/mutants.md");
    private static final Pattern TOLD = Pattern.compile("--mutant [A-Z_]+ --seed \\d+");
    private static final String PROTOCOL = "mutants.txt";
    private static final String OBJECTS = "mutants-of-objects.txt";
    private static final String ENVELOPE = "mutants-of-envelope.txt";
    private static final Pattern NAME_OF_MUTANT = Pattern.compile("\\b[A-Z]+(_[A-Z]+)+\\b");
    private static final Pattern NAME_OF_TEST = Pattern.compile("`(\\w+Test)\\.(\\w+)`");
    private static final int DEPTH_OF_SOURCES = 12;
    private static final int AT_ONCE = 2;

    /** A line of a file: the seed and the claim, or a dash and the unit test that finds what no schedule does. */
    private record Recorded(String mutant, String seed, String predicate) {
        static Recorded of(String line) {
            String[] words = line.split(" ", 3);
            return new Recorded(words[0], words[1], words[2]);
        }

        boolean hasSeed() {
            return !seed.equals("-");
        }

        long number() {
            return Long.parseLong(seed);
        }
    }

    @Test
    void eachMutantHasASeed() throws IOException {
        requireSeeds(SimulatorCliMutants.names(), PROTOCOL);
        requireSeeds(SimulatorCliMutants.namesOfObjects(), OBJECTS);
        requireSeeds(SimulatorCliMutants.namesOfEnvelope(), ENVELOPE);
    }

    private static void requireSeeds(List<String> wanted, String file) throws IOException {
        List<String> recorded = recorded(file).stream().map(Recorded::mutant).toList();
        List<String> missing = new ArrayList<>(wanted);
        missing.removeAll(recorded);

        assertThat(missing)
                .as(() -> RECORD.formatted(String.join(" or ", missing)))
                .isEmpty();
        assertThat(recorded).as(file).containsExactlyElementsOf(wanted);
    }

    @Test
    void eachSeedFindsItsMutant() throws Exception {
        List<Callable<String>> hunts = new ArrayList<>();
        for (Recorded each : recordedSeeds()) {
            hunts.add(() -> whatIsWrongWith(each));
        }

        List<String> wrong = new ArrayList<>();
        ExecutorService hunters = Executors.newFixedThreadPool(AT_ONCE);
        try {
            for (Future<String> hunt : hunters.invokeAll(hunts)) {
                if (!hunt.get().isEmpty()) {
                    wrong.add(hunt.get());
                }
            }
        } finally {
            hunters.shutdownNow();
        }

        assertThat(wrong).as(() -> String.join("\n", wrong)).isEmpty();
    }

    private static String whatIsWrongWith(Recorded each) throws IOException, InterruptedException {
        String found = SimulatorCliMutants.predicateOf(each.mutant(), each.number());
        return each.predicate().equals(found)
                ? ""
                : each.mutant() + " was found by " + each.predicate() + " with seed " + each.seed() + ", and now by "
                        + (found == null ? "nothing" : found) + ". If the protocol or the schedules have changed, "
                        + RECORD.formatted(each.mutant());
    }

    @Test
    void noneOfTheseSeedsBreaksAnythingWithoutTheMutant() throws IOException {
        for (Recorded each : recordedSeeds()) {
            assertThat(SimulatorCliMutants.isCleanWithout(each.mutant(), each.number()))
                    .as("seed %s of %s without it", each.seed(), each.mutant())
                    .isTrue();
        }
    }

    @Test
    void theSeedsThatDocumentsTellToTryAreTheRecordedOnes() throws IOException {
        List<String> told = new ArrayList<>();
        for (Path document : new Path[] {PAGE, Path.of("../docs/simulation.md")}) {
            TOLD.matcher(Files.readString(document))
                    .results()
                    .map(MatchResult::group)
                    .forEach(told::add);
        }

        assertThat(told).isNotEmpty();
        assertThat(recorded().stream().map(each -> "--mutant " + each.mutant() + " --seed " + each.seed()))
                .containsAll(told);
    }

    @Test
    void thePageTellsTheSame() throws IOException {
        List<String> page = Files.readAllLines(PAGE);

        assertThat(recorded())
                .allSatisfy(each -> assertThat(page)
                        .as("%s; %s", PAGE, RECORD.formatted(each.mutant()))
                        .contains("| " + each.mutant() + " | " + each.seed() + " | " + each.predicate() + " |"));
    }

    @Test
    void thePageNamesNoMutantThatThereIsNot() throws IOException {
        List<String> all = new ArrayList<>(SimulatorCliMutants.names());
        all.addAll(SimulatorCliMutants.namesOfObjects());
        all.addAll(SimulatorCliMutants.namesOfEnvelope());

        assertThat(NAME_OF_MUTANT.matcher(Files.readString(PAGE)).results().map(MatchResult::group))
                .isSubsetOf(all);
    }

    @Test
    void theTestsThatThePageNamesAreThere() throws IOException {
        for (MatchResult named :
                NAME_OF_TEST.matcher(Files.readString(PAGE)).results().toList()) {
            String file = named.group(1) + ".java";
            try (Stream<Path> sources = Files.find(
                    Path.of(".."),
                    DEPTH_OF_SOURCES,
                    (path, what) -> path.endsWith(file) && path.toString().contains("/src/test/"))) {
                assertThat(sources)
                        .as(named.group())
                        .anySatisfy(source ->
                                assertThat(Files.readString(source)).contains("void " + named.group(2) + "("));
            }
        }
    }

    private static List<Recorded> recorded() throws IOException {
        List<Recorded> all = new ArrayList<>(recorded(PROTOCOL));
        all.addAll(recorded(OBJECTS));
        all.addAll(recorded(ENVELOPE));
        return all;
    }

    private static List<Recorded> recordedSeeds() throws IOException {
        return recorded().stream().filter(Recorded::hasSeed).toList();
    }

    private static List<Recorded> recorded(String file) throws IOException {
        return SeedFile.lines(file).stream().map(Recorded::of).toList();
    }
}
