package io.vsring.sample;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.DefaultApplicationArguments;
import org.springframework.core.env.SimpleCommandLinePropertySource;
import org.springframework.core.env.StandardEnvironment;

/**
 * What is said about all members of this JVM together, checked before the first of them starts.
 *
 * @param members how many are started
 * @param webPort the port of the first one's web server, the others follow; 0 for any, null for a free one of our range
 */
record SampleArguments(int members, @Nullable Integer webPort) {

    private static final String MEMBERS = "members";
    private static final String WEB_PORT = "server.port";

    /** As many as there are ports in application.yaml. */
    private static final int MEMBERS_MAX = 10;

    private static final int PORT_MAX = 65_535;

    /**
     * Reads the command line; the port may also be a system property, or SERVER_PORT in the environment. No file is
     * read: a port of application.yaml is not seen here, and gives way to one of our range.
     *
     * @throws IllegalArgumentException saying what is wrong in one sentence
     */
    static SampleArguments parse(String... args) {
        List<String> asked = new DefaultApplicationArguments(args).getOptionValues(MEMBERS);
        int members = 3;
        if (asked != null) {
            members = number("--members", asked.isEmpty() ? "" : asked.get(0), 1, MEMBERS_MAX);
        }
        StandardEnvironment environment = new StandardEnvironment();
        environment.getPropertySources().addFirst(new SimpleCommandLinePropertySource(args));
        String port = environment.getProperty(WEB_PORT);
        if (port == null) {
            return new SampleArguments(members, null);
        }
        return new SampleArguments(members, number(WEB_PORT, port, 0, PORT_MAX - members + 1));
    }

    private static int number(String name, String text, int smallest, int largest) {
        try {
            int number = Integer.parseInt(text.strip());
            if (number >= smallest && number <= largest) {
                return number;
            }
        } catch (NumberFormatException e) {
            throw refusal(name, text, smallest, largest);
        }
        throw refusal(name, text, smallest, largest);
    }

    private static IllegalArgumentException refusal(String name, String text, int smallest, int largest) {
        return new IllegalArgumentException(
                name + " must be a number from " + smallest + " to " + largest + ", not '" + text + "'");
    }
}
