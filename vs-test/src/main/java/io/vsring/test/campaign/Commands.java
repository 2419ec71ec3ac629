package io.vsring.test.campaign;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Commands of the system, run to their ends. Any thread. */
public final class Commands {

    private Commands() {}

    /**
     * Runs a command and waits for it.
     *
     * @return what it printed
     * @throws IllegalStateException with what it printed, if it did not end with 0
     */
    public static String run(String... words) throws InterruptedException {
        return feed("", List.of(words));
    }

    /** Likewise, with something to read. */
    public static String feed(String input, List<String> words) throws InterruptedException {
        try {
            Process process =
                    new ProcessBuilder(words).redirectErrorStream(true).start();
            process.getOutputStream().write(input.getBytes(StandardCharsets.UTF_8));
            process.getOutputStream().close();
            String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            int status = process.waitFor();
            if (status != 0) {
                throw new IllegalStateException(
                        String.join(" ", words) + " ended with " + status + ": " + output.strip());
            }
            return output;
        } catch (IOException e) {
            throw new UncheckedIOException("cannot run " + String.join(" ", words), e);
        }
    }

    /** Whether a command ends with 0. */
    static boolean succeeds(String... words) throws InterruptedException {
        try {
            run(words);
            return true;
        } catch (IllegalStateException | UncheckedIOException failed) {
            return false;
        }
    }
}
