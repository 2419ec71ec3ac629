package io.vsring.test.process;

import io.vsring.test.trace.JsonLine;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Predicate;

/** One member process as the harness sees it: takes commands, and keeps what it says. Any thread. */
final class RunningMember {

    private static final int OUTPUT_LINES_SHOWN = 80;
    private static final int LINE_CHARS_SHOWN = 600;
    private static final int UTIME_FIELD = 11; // of a thread's stat, behind the name in parentheses
    private static final int STIME_FIELD = 12;

    private final int slot;
    private final Path traceFile;
    private final Process process;
    private final Writer commands;
    private final RingProcesses world;
    private final List<JsonLine> events = new ArrayList<>(); // guarded by the world
    private final List<String> output = new ArrayList<>(); // guarded by the world
    private boolean isMute; // guarded by the world: nothing will come any more
    private boolean stopped;

    RunningMember(RingProcesses world, int slot, Path traceFile, Process process) {
        this.world = world;
        this.slot = slot;
        this.traceFile = traceFile;
        this.process = process;
        this.commands = process.outputWriter(StandardCharsets.UTF_8);
        read(process.getInputStream(), this::event, () -> isMute = true);
        read(process.getErrorStream(), line -> {}, () -> {});
    }

    int slot() {
        return slot;
    }

    Path traceFile() {
        return traceFile;
    }

    Process process() {
        return process;
    }

    /** Gives a command. */
    void tell(String command) {
        try {
            commands.write(command + "\n");
            commands.flush();
        } catch (IOException e) {
            throw new AssertionError(this + " takes no commands any more: " + command, e);
        }
    }

    /** Kills the process as {@code kill -9} does. */
    long kill() {
        long at = System.nanoTime();
        process.destroyForcibly();
        return at;
    }

    /** Stops the process where it stands. */
    void stop() {
        stopped = true;
        signal("-STOP");
    }

    /** Lets a stopped process go on; returns when, by {@link System#nanoTime}. */
    long goOn() {
        long at = System.nanoTime();
        signal("-CONT");
        stopped = false;
        return at;
    }

    private void signal(String signal) {
        try {
            int result = new ProcessBuilder("kill", signal, Long.toString(process.pid()))
                    .inheritIO()
                    .start()
                    .waitFor();
            if (result != 0) {
                throw new AssertionError("kill " + signal + " of " + this + " ended with " + result);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    /** Ends the process, whatever it does. */
    void end() {
        if (stopped) {
            signal("-CONT");
        }
        process.destroyForcibly();
        try {
            process.waitFor();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** What the engine's threads of this process have used so far. */
    EngineUse engineUse() throws IOException {
        long ticks = 0;
        long wakes = 0;
        try (DirectoryStream<Path> threads = Files.newDirectoryStream(Path.of("/proc/" + process.pid() + "/task"))) {
            for (Path thread : threads) {
                if (Files.readString(thread.resolve("comm")).startsWith("vs-")) {
                    String stat = Files.readString(thread.resolve("stat"));
                    String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
                    ticks += Long.parseLong(fields[UTIME_FIELD]) + Long.parseLong(fields[STIME_FIELD]);
                    wakes += voluntarySwitches(Files.readAllLines(thread.resolve("status")));
                }
            }
        }
        return new EngineUse(ticks, wakes);
    }

    private static long voluntarySwitches(List<String> status) {
        return status.stream()
                .filter(line -> line.startsWith("voluntary_ctxt_switches:"))
                .mapToLong(line -> Long.parseLong(line.replaceAll("[^0-9]", "")))
                .sum();
    }

    /**
     * What threads have used.
     *
     * @param ticks processor time, in clock ticks of 10 ms
     * @param wakes how often they went to sleep and were woken
     */
    record EngineUse(long ticks, long wakes) {

        EngineUse plus(EngineUse other) {
            return new EngineUse(ticks + other.ticks, wakes + other.wakes);
        }

        EngineUse minus(EngineUse other) {
            return new EngineUse(ticks - other.ticks, wakes - other.wakes);
        }
    }

    /** All events of that name so far. */
    List<JsonLine> events(String name) {
        synchronized (world) {
            return events.stream()
                    .filter(event -> event.text("ev").equals(name))
                    .toList();
        }
    }

    /** All events so far. */
    List<JsonLine> events() {
        synchronized (world) {
            return List.copyOf(events);
        }
    }

    /** The last event of that name; null if there is none. */
    JsonLine last(String name) {
        List<JsonLine> all = events(name);
        return all.isEmpty() ? null : all.get(all.size() - 1);
    }

    /** Waits for the first event of that name. */
    JsonLine await(String name) {
        return await(name, event -> true);
    }

    /** Waits for the first event of that name that is so. */
    JsonLine await(String name, Predicate<JsonLine> isSo) {
        JsonLine[] found = new JsonLine[1];
        world.await(this + " says " + name, () -> {
            found[0] = events(name).stream().filter(isSo).findFirst().orElse(null);
            if (found[0] == null && isMute) {
                throw new AssertionError(this + " will not say " + name + " any more; it said last\n" + tail());
            }
            return found[0] != null;
        });
        return found[0];
    }

    /** Gives a command, and waits for the next event of that name. */
    JsonLine ask(String command, String answer) {
        int before = events(answer).size();
        tell(command);
        world.await(this + " answers " + command, () -> events(answer).size() > before);
        return events(answer).get(before);
    }

    /** The last configuration that it was told of; null before the first. */
    JsonLine configuration() {
        return last("configuration");
    }

    /** What it said last, events and log together. */
    String tail() {
        synchronized (world) {
            StringBuilder text = new StringBuilder("---- " + this + "\n");
            for (String line : output.subList(Math.max(0, output.size() - OUTPUT_LINES_SHOWN), output.size())) {
                text.append("  ")
                        .append(line, 0, Math.min(line.length(), LINE_CHARS_SHOWN))
                        .append('\n');
            }
            return text.toString();
        }
    }

    private void event(String line) {
        if (line.startsWith("{")) {
            events.add(JsonLine.parse(line));
        }
    }

    private void read(InputStream stream, Consumer<String> consumer, Runnable atItsEnd) {
        Thread reader = new Thread(
                () -> {
                    try (BufferedReader lines =
                            new BufferedReader(new InputStreamReader(stream, StandardCharsets.UTF_8))) {
                        String line;
                        while ((line = lines.readLine()) != null) {
                            synchronized (world) {
                                output.add(line);
                                consumer.accept(line);
                                world.notifyAll();
                            }
                        }
                    } catch (IOException end) {
                        // The process was killed in the middle of a line.
                    }
                    synchronized (world) {
                        atItsEnd.run();
                        world.notifyAll();
                    }
                },
                "reads-" + slot);
        reader.setDaemon(true);
        reader.start();
    }

    @Override
    public String toString() {
        return "member " + slot + " (pid " + process.pid() + (process.isAlive() ? "" : ", ended") + ")";
    }
}
