package io.vsring.test.hostile;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How often a member warned of datagrams that it kept out.
 *
 * @param lines by reason
 * @param tooOften pairs of lines with one reason that were closer than ten seconds
 */
record LogPace(Map<String, Integer> lines, List<String> tooOften) {

    private static final Pattern WARNING = Pattern.compile("^(\\S+) \\S+ .* kept out a datagram: .*reason=(\\w+)");

    /** Lines are stamped a little after it was decided to write them. */
    private static final Duration INTERVAL = Duration.ofMillis(9_900);

    static LogPace of(Path log) throws IOException {
        Map<String, Integer> lines = new TreeMap<>();
        Map<String, LocalDateTime> last = new TreeMap<>();
        List<String> tooOften = new ArrayList<>();
        for (String line : Files.readAllLines(log)) {
            Matcher found = WARNING.matcher(line);
            if (found.find()) {
                LocalDateTime at = LocalDateTime.parse(found.group(1));
                LocalDateTime before = last.put(found.group(2), at);
                if (before != null && Duration.between(before, at).compareTo(INTERVAL) < 0) {
                    tooOften.add(line);
                }
                lines.merge(found.group(2), 1, Integer::sum);
            }
        }
        return new LogPace(lines, tooOften);
    }
}
