package io.vsring.test.campaign;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** A place for a member with an address of its own, and the process that runs there, if one does. Any thread. */
final class MemberSlot {

    /** What a process ends with that was killed by {@code SIGKILL}. */
    static final int KILLED = 128 + 9;

    /** What a JVM ends with after {@code SIGTERM}. */
    static final int TERMINATED = 128 + 15;

    private static final Duration GOOD_ORDER = Duration.ofSeconds(30);

    private final int number;
    private final String url;
    private final List<String> command;
    private final Path log;
    private @Nullable Process process; // guarded by this
    private boolean isToEnd; // guarded by this

    MemberSlot(int number, String url, List<String> command, Path log) {
        this.number = number;
        this.url = url;
        this.command = List.copyOf(command);
        this.log = log;
    }

    /** The place of member {@code number}, which begins with 1. */
    static MemberSlot of(CampaignOptions options, int number) {
        MemberNetwork network = options.network();
        return new MemberSlot(
                number,
                "http://" + network.host(number) + ":" + network.webPort(number),
                MemberCommand.of(options, number),
                MemberCommand.log(options, number));
    }

    int number() {
        return number;
    }

    String url() {
        return url;
    }

    Path log() {
        return log;
    }

    /** The logs of all these, in the same order. */
    static List<Path> logs(List<MemberSlot> members) {
        return members.stream().map(MemberSlot::log).toList();
    }

    /** Starts a process where none runs. Its output goes to the end of a file. */
    synchronized void start() {
        try {
            process = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
                    .start();
            isToEnd = false;
        } catch (IOException e) {
            throw new UncheckedIOException("cannot start " + command, e);
        }
    }

    /**
     * Ends the process at once, as {@code kill -9} does.
     *
     * @return what it ended with; null if no process ran
     */
    @Nullable
    Integer kill() throws InterruptedException {
        Process running = toEnd();
        return running == null ? null : running.destroyForcibly().waitFor();
    }

    /**
     * Has the process leave in good order, and kills it if it does not.
     *
     * @return what it ended with; null if no process ran
     */
    @Nullable
    Integer leave() throws InterruptedException {
        Process running = toEnd();
        if (running == null) {
            return null;
        }
        running.destroy();
        return running.waitFor(GOOD_ORDER.toSeconds(), TimeUnit.SECONDS)
                ? running.exitValue()
                : running.destroyForcibly().waitFor();
    }

    /**
     * Waits for a process that cannot but end.
     *
     * @return what it ended with; null if it has not
     */
    @Nullable
    Integer awaitEnd(Duration time) throws InterruptedException {
        Process running = toEnd();
        if (running == null || !running.waitFor(time.toMillis(), TimeUnit.MILLISECONDS)) {
            return null;
        }
        return running.exitValue();
    }

    /**
     * Stops the process where it stands.
     *
     * @return how it is made to go on; null if no process runs
     */
    synchronized @Nullable Stopped stop() throws InterruptedException {
        Process running = running();
        return running != null && signal("-STOP", running) ? new Stopped(running) : null;
    }

    /** A process that has been stopped. */
    record Stopped(Process process) {
        /** Lets it go on, if it has not been killed meanwhile. */
        void goOn() throws InterruptedException {
            if (process.isAlive()) {
                signal("-CONT", process);
            }
        }
    }

    private static boolean signal(String signal, Process process) throws InterruptedException {
        return Commands.succeeds("kill", signal, Long.toString(process.pid()));
    }

    /** The process that runs; null if none does. */
    synchronized @Nullable ProcessView view() {
        Process running = running();
        return running == null ? null : new ProcessView(running.pid());
    }

    /** Whether its process has ended although nobody wanted it to. */
    synchronized boolean hasEndedByItself() {
        return process != null && !process.isAlive() && !isToEnd;
    }

    private synchronized @Nullable Process toEnd() {
        Process running = running();
        isToEnd |= running != null;
        return running;
    }

    private synchronized @Nullable Process running() {
        return process != null && process.isAlive() ? process : null;
    }

    @Override
    public String toString() {
        return "member " + number + " (" + url() + ", log " + log + ")";
    }
}
