package io.vsring.test.campaign;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * Makes namespaces, runs this program once more inside of them, and removes them, however that ends. A process cannot
 * go into another network namespace after its threads have begun, hence the second one.
 */
public final class NamespaceRun {

    /** The first word of the program that runs inside. */
    public static final String INSIDE = "--inside-of-namespaces";

    static final int IMPOSSIBLE = 3;

    private static final int WRONG = 1;
    private static final String HEAP = "-Xmx3g";
    private static final long PATIENCE_SECONDS = 30;

    private final Program program;
    private final Consumer<String> log;

    /**
     * What is to run inside.
     *
     * @param main has the main method; its first word will be {@link #INSIDE}
     * @param words its other words
     * @param members for how many there are to be namespaces
     * @param missing what is missing here, as far as the program knows, and how to get it
     */
    public record Program(Class<?> main, List<String> words, int members, List<String> missing) {
        public Program {
            words = List.copyOf(words);
            missing = List.copyOf(missing);
        }
    }

    /** @param log is told why it cannot run */
    public NamespaceRun(Program program, Consumer<String> log) {
        this.program = program;
        this.log = log;
    }

    /**
     * Runs it to its end. To be called once.
     *
     * @return the exit code: that of the program, 3 if there can be no namespaces here
     */
    public int run() throws InterruptedException {
        List<String> missing = Namespaces.missing(user(), path());
        missing.addAll(program.missing());
        if (!missing.isEmpty()) {
            log.accept("this cannot run here. Missing:");
            missing.forEach(each -> log.accept("  " + each));
            return IMPOSSIBLE;
        }
        Namespaces namespaces;
        try {
            namespaces = Namespaces.make(program.members());
        } catch (IllegalStateException impossible) {
            log.accept("there can be no network namespaces here: " + impossible.getMessage());
            return IMPOSSIBLE;
        }
        Process inside;
        try {
            inside = new ProcessBuilder(command()).inheritIO().start();
        } catch (IOException e) {
            namespaces.remove();
            throw new UncheckedIOException("cannot start java once more", e);
        }
        Thread hook = new Thread(() -> end(inside, namespaces), "remove-namespaces");
        Runtime.getRuntime().addShutdownHook(hook);
        int status = inside.waitFor();
        // The hook removes them when this program ends, which it does now.
        return status == 0 ? 0 : Math.max(WRONG, status);
    }

    private void end(Process inside, Namespaces namespaces) {
        try {
            inside.destroy();
            if (!inside.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                inside.destroyForcibly().waitFor();
            }
            namespaces.remove();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException failed) {
            log.accept("namespaces could not be removed; the next campaign tries again: " + failed.getMessage());
        }
    }

    /** What is mounted inside is mounted for that program only, and goes with it. */
    private List<String> command() {
        List<String> command = new ArrayList<>(Namespaces.inside(Namespaces.BRIDGE));
        command.addAll(List.of("unshare", "--mount", "--propagation", "private"));
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of(
                HEAP,
                "-cp",
                System.getProperty("java.class.path"),
                program.main().getName(),
                INSIDE));
        command.addAll(program.words());
        return command;
    }

    private static int user() {
        try (Stream<String> status = Files.lines(Path.of("/proc/self/status"))) {
            return status.filter(line -> line.startsWith("Uid:"))
                    .map(line -> Integer.valueOf(line.split("\\s+", -1)[2]))
                    .findFirst()
                    .orElse(-1);
        } catch (IOException notLinux) {
            return -1;
        }
    }

    private static List<Path> path() {
        return Stream.of(System.getenv().getOrDefault("PATH", "").split(":", -1))
                .map(Path::of)
                .toList();
    }
}
