package io.vsring.test.transcript;

import io.vsring.test.check.Violation;
import io.vsring.test.simulation.Seed;
import java.util.ArrayList;
import java.util.List;

/**
 * A story about a ring that a person can read: commands above a line of dashes, what came of them below.
 *
 * <p>The commands are those of {@link TranscriptCommands}. The story has no chance in it but that of a fixed seed.
 *
 * @param commands the upper half, comments and empty lines included
 * @param outcome the lower half
 */
public record Transcript(List<String> commands, List<String> outcome) {
    private static final String LINE = "----";
    private static final Seed SEED = new Seed(1994);

    public Transcript {
        commands = List.copyOf(commands);
        outcome = List.copyOf(outcome);
    }

    /** The transcript that this text is; a text without a line of dashes has no outcome yet. */
    public static Transcript parse(String text) {
        List<String> commands = new ArrayList<>();
        List<String> outcome = new ArrayList<>();
        List<String> half = commands;
        for (String line : text.lines().toList()) {
            if (line.equals(LINE)) {
                half = outcome;
            } else {
                half.add(line);
            }
        }
        return new Transcript(commands, outcome);
    }

    /**
     * Lets the story happen.
     *
     * @return the same commands with what really came of them
     * @throws IllegalArgumentException naming the line that is no command
     */
    public Transcript happen() {
        TranscriptCommands cluster = new TranscriptCommands(SEED);
        for (int number = 0; number < commands.size(); number++) {
            String command = commands.get(number).strip();
            if (!command.isEmpty() && !command.startsWith("#")) {
                try {
                    cluster.execute(command);
                } catch (RuntimeException wrong) {
                    throw new IllegalArgumentException(
                            "line " + (number + 1) + ": " + command + ": " + wrong.getMessage(), wrong);
                }
            }
        }
        List<String> told = new ArrayList<>(cluster.told());
        Violation violation = cluster.end();
        if (violation != null) {
            told.addAll(violation.toString().lines().toList());
        }
        return new Transcript(commands, told);
    }

    /** Both halves, as they stand in a file. */
    public String text() {
        StringBuilder text = new StringBuilder();
        commands.forEach(line -> text.append(line).append('\n'));
        text.append(LINE).append('\n');
        outcome.forEach(line -> text.append(line).append('\n'));
        return text.toString();
    }
}
