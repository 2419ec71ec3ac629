package io.vsring.benchmarks;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

/**
 * What a member's process says to its parent on standard output, and hears on standard input.
 *
 * <p>It says {@value #READY}, hears {@value #START} and an instant, says {@value #FAILED} and why if it did,
 * {@value #RESULT} and a JSON line, {@value #ORDER} and what must be the same on all members, {@value #DONE}; and ends
 * with its input.
 */
final class ParentTalk {

    static final String READY = "ready";
    static final String START = "start";
    static final String FAILED = "failed";
    static final String RESULT = "result";
    static final String ORDER = "order";
    static final String DONE = "done";

    private final PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
    private final BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));

    /**
     * Says that this member is ready, and waits until all are.
     *
     * @throws RunFailedException if the parent has given up
     */
    Schedule ready(Plan plan) throws IOException {
        out.println(READY);
        String line = in.readLine();
        if (line == null || !line.startsWith(START + " ")) {
            throw new RunFailedException("the run was given up before it began");
        }
        return Schedule.of(plan, Long.parseLong(line.substring(START.length() + 1)));
    }

    void failed(String why) {
        out.println(FAILED + " " + why.replaceAll("\\R", " "));
    }

    void result(JsonLine line) {
        out.println(RESULT + " " + line);
    }

    /** @param words what it is of, and behind a space what all members must say of that */
    void order(String words) {
        out.println(ORDER + " " + words);
    }

    /** Says that there is nothing more to say, and waits for the end; returns the exit code. */
    int done() throws IOException {
        out.println(DONE);
        return in.readLine() == null ? 0 : 1;
    }
}
