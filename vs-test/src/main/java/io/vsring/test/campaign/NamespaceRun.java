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
final class NamespaceRun {

    static final String INSIDE = "--inside-of-namespaces";

    static final int IMPOSSIBLE = 3;

    private static final int WRONG = 1;
    private static final String HEAP = "-Xmx3g";
    private static final long PATIENCE_SECONDS = 30;

    private final String[] words;
    private final CampaignOptions options;
    private final Consumer<String> log;

    /** @param words of the command line, for the program inside */
    NamespaceRun(String[] words, CampaignOptions options, Consumer<String> log) {
        this.words = words.clone();
        this.options = options;
        this.log = log;
    }

    /**
     * Runs it to its end. To be called once.
     *
     * @return the exit code
     */
    int run() throws InterruptedException {
        List<String> missing = Namespaces.missing(user(), path());
        if (options.faults().contains(FaultKind.CLOCK) && MemberCommand.faketime() == null) {
            missing.add("the library for the fault clock: apt-get install libfaketime, or name other --faults");
        }
        if (!missing.isEmpty()) {
            log.accept("this campaign cannot run here. Missing:");
            missing.forEach(each -> log.accept("  " + each));
            return IMPOSSIBLE;
        }
        Namespaces namespaces;
        try {
            namespaces = Namespaces.make(options.members());
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
        command.addAll(
                List.of(HEAP, "-cp", System.getProperty("java.class.path"), CampaignCli.class.getName(), INSIDE));
        command.addAll(List.of(words));
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
