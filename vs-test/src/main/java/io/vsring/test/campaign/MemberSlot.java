package io.vsring.test.campaign;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** A place for a member with ports of its own, and the process that runs there, if one does. Any thread. */
final class MemberSlot {

    private static final Duration GOOD_ORDER = Duration.ofSeconds(30);

    private final int number;
    private final int webPort;
    private final List<String> command;
    private final Path log;
    private @Nullable Process process; // guarded by this

    MemberSlot(int number, int webPort, List<String> command, Path log) {
        this.number = number;
        this.webPort = webPort;
        this.command = List.copyOf(command);
        this.log = log;
    }

    /** The command line of member {@code number}, which begins with 1. */
    static MemberSlot of(CampaignOptions options, int number) {
        int first = options.ringPort();
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of("-Xmx256m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"));
        command.addAll(options.app());
        command.add("--members=1");
        int webPort = options.webPort() + number - 1;
        command.add("--server.port=" + webPort);
        command.add("--vs.transport.port=" + (first + number - 1));
        command.add("--vs.discovery.seeds=127.0.0.1:" + first + "-" + (first + options.members() - 1));
        command.add("--vs.quorum.expected-members=" + options.members());
        return new MemberSlot(number, webPort, command, options.folder().resolve("member-" + number + ".log"));
    }

    String url() {
        return "http://127.0.0.1:" + webPort;
    }

    /** Starts a process where none runs. Its output goes to the end of a file. */
    synchronized void start() {
        try {
            process = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
                    .start();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot start " + command, e);
        }
    }

    /** Ends the process at once, as {@code kill -9} does. */
    void kill() throws InterruptedException {
        Process running = running();
        if (running != null) {
            running.destroyForcibly().waitFor();
        }
    }

    /**
     * Has the process leave in good order.
     *
     * @return whether it did; if not it has been killed
     */
    boolean leave() throws InterruptedException {
        Process running = running();
        if (running == null) {
            return true;
        }
        running.destroy();
        if (running.waitFor(GOOD_ORDER.toSeconds(), TimeUnit.SECONDS)) {
            return true;
        }
        running.destroyForcibly().waitFor();
        return false;
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
        try {
            return new ProcessBuilder("kill", signal, Long.toString(process.pid()))
                            .redirectErrorStream(true)
                            .start()
                            .waitFor()
                    == 0;
        } catch (IOException e) {
            throw new UncheckedIOException("cannot send " + signal, e);
        }
    }

    private synchronized @Nullable Process running() {
        return process != null && process.isAlive() ? process : null;
    }

    @Override
    public String toString() {
        return "member " + number + " (" + url() + ", log " + log + ")";
    }
}
