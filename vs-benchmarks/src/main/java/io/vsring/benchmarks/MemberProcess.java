package io.vsring.benchmarks;

import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A member's process, as the parent sees it. What the member logs goes to the parent's standard error. */
final class MemberProcess {

    private static final long END_SECONDS_MAX = 10;

    private final int member;
    private final Process process;
    private final BufferedReader out;
    private final Writer in;

    private MemberProcess(int member, Process process) {
        this.member = member;
        this.process = process;
        this.out = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
        this.in = new BufferedWriter(new OutputStreamWriter(process.getOutputStream(), StandardCharsets.UTF_8));
    }

    static MemberProcess start(int member, List<String> command) throws IOException {
        Process process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        return new MemberProcess(member, process);
    }

    /**
     * Reads lines until this one comes.
     *
     * @return the lines before it
     * @throws RunFailedException if the process ends instead
     */
    List<String> readUntil(String last) throws IOException, InterruptedException {
        List<String> before = new ArrayList<>();
        for (String line = out.readLine(); line != null; line = out.readLine()) {
            if (line.equals(last)) {
                return before;
            }
            before.add(line);
        }
        throw new RunFailedException("member " + member + " ended with exit code " + process.waitFor() + " where '"
                + last + "' was expected; what it said is above");
    }

    void write(String line) throws IOException {
        in.write(line + "\n");
        in.flush();
    }

    /** Ends the member: it leaves the ring when its input ends. */
    void close() throws IOException {
        in.close();
    }

    /** Waits for the end that {@link #close} asked for, and brings it about if it does not come. */
    void awaitEnd() throws InterruptedException {
        if (!process.waitFor(END_SECONDS_MAX, TimeUnit.SECONDS)) {
            destroy();
        }
    }

    /** The member is lost; who leaves does so by itself. */
    void lose(Loss.Way way) throws IOException, InterruptedException {
        if (way == Loss.Way.KILL) {
            destroy();
        } else if (way == Loss.Way.STOP) {
            int unused = new ProcessBuilder("kill", "-STOP", String.valueOf(process.pid()))
                    .inheritIO()
                    .start()
                    .waitFor();
        }
    }

    void destroy() {
        Process unused = process.destroyForcibly();
    }
}
