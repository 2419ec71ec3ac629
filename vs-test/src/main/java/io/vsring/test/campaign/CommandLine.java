package io.vsring.test.campaign;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Options with a value each, as these programs take them. What is wrong is an {@link IllegalArgumentException}. */
public final class CommandLine {

    private final Map<String, String> said = new HashMap<>();
    private final String usage;

    /**
     * Reads the words of a command line.
     *
     * @param names the options that there are
     * @param usage what is shown beside what is wrong
     */
    public CommandLine(String[] words, Collection<String> names, String usage) {
        this.usage = usage;
        for (int index = 0; index < words.length; index += 2) {
            if (!names.contains(words[index])) {
                throw wrong("no such option: " + words[index], null);
            }
            if (index + 1 >= words.length) {
                throw wrong(words[index] + " needs a value", null);
            }
            said.put(words[index], words[index + 1]);
        }
    }

    private IllegalArgumentException wrong(String what, @Nullable Throwable cause) {
        return new IllegalArgumentException(what + "\n" + usage, cause);
    }

    /** Whether this option is there. */
    public boolean has(String name) {
        return said.containsKey(name);
    }

    /** The value of this option. */
    public String text(String name, String usual) {
        return said.getOrDefault(name, usual);
    }

    /** The file that has to be named by this option. */
    public Path file(String name, String what) {
        String text = said.get(name);
        if (text == null) {
            throw wrong(name + " is missing: " + what, null);
        }
        if (!Files.isRegularFile(Path.of(text))) {
            throw new IllegalArgumentException(name + " " + text + " is no file: it has to be " + what);
        }
        return Path.of(text);
    }

    /** The jar of the sample application. */
    public Path app() {
        return file("--app", "the jar of the sample application, which mvn package builds");
    }

    /** The number behind this option, within these bounds. */
    public long number(String name, long usual, long smallest, long largest) {
        String text = said.get(name);
        if (text == null) {
            return usual;
        }
        try {
            long number = Long.parseLong(text);
            if (number >= smallest && number <= largest) {
                return number;
            }
        } catch (NumberFormatException cause) {
            throw wrong(name + " needs a number, not " + text, cause);
        }
        String bounds = largest >= Integer.MAX_VALUE ? "at least " + smallest : smallest + " to " + largest;
        throw new IllegalArgumentException(name + " is " + bounds + ", not " + text);
    }

    /** The same, where an int will do. */
    public int count(String name, int usual, int smallest, int largest) {
        return (int) number(name, usual, smallest, largest);
    }
}
