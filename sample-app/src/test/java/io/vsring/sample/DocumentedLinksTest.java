package io.vsring.sample;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Whoever follows a link of a document gets to a file that is there, and to a heading that it has. */
class DocumentedLinksTest {

    private static final Pattern LINK = Pattern.compile("]\\(([^)\\s]+)\\)|(?m)^\\[[^]]+]:\\s*(\\S+)");
    private static final Pattern ELSEWHERE = Pattern.compile("[a-z]+:.*");
    private static final Pattern HEADING = Pattern.compile("(?m)^#{1,6} +(.+?) *$");
    private static final Pattern TARGET_OF_LINK = Pattern.compile("]\\([^)]*\\)");
    private static final Pattern NOT_IN_ANCHOR = Pattern.compile("[^\\p{L}\\p{N}_ -]");

    static List<String> documents() throws IOException {
        return CodeBlock.documents();
    }

    @ParameterizedTest
    @MethodSource("documents")
    void linksGoToFilesAndHeadingsThatExist(String document) throws IOException {
        Path file = CodeBlock.root().resolve(document);
        List<String> errors = new ArrayList<>();
        for (MatchResult found : LINK.matcher(prose(file)).results().toList()) {
            String link = found.group(1) == null ? found.group(2) : found.group(1);
            if (!ELSEWHERE.matcher(link).matches()) {
                error(file, link, errors);
            }
        }

        assertThat(errors).as(document).isEmpty();
    }

    private static void error(Path file, String link, List<String> errors) throws IOException {
        int hash = link.indexOf('#');
        String path = hash < 0 ? link : link.substring(0, hash);
        Path target = path.isEmpty() ? file : file.resolveSibling(path).normalize();
        if (!target.startsWith(CodeBlock.root()) || !Files.exists(target)) {
            errors.add(link + ": there is no such file");
        } else if (hash >= 0 && !anchors(target).contains(link.substring(hash + 1))) {
            errors.add(link + ": there is no such heading");
        }
    }

    /** The names by which GitHub knows the headings of a page; of those that are alike the later ones are counted. */
    private static Set<String> anchors(Path page) throws IOException {
        Set<String> anchors = new HashSet<>();
        Map<String, Integer> counts = new HashMap<>();
        for (MatchResult found : HEADING.matcher(prose(page)).results().toList()) {
            String text = TARGET_OF_LINK.matcher(found.group(1)).replaceAll("]");
            String anchor = NOT_IN_ANCHOR
                    .matcher(text.toLowerCase(Locale.ROOT))
                    .replaceAll("")
                    .replace(' ', '-');
            int before = counts.merge(anchor, 1, Integer::sum) - 1;
            anchors.add(before == 0 ? anchor : anchor + "-" + before);
        }
        return anchors;
    }

    /** A document without its blocks of code. */
    private static String prose(Path document) throws IOException {
        List<String> lines = new ArrayList<>();
        boolean isCode = false;
        for (String line : Files.readAllLines(document)) {
            if (line.startsWith("```")) {
                isCode = !isCode;
            } else if (!isCode) {
                lines.add(line);
            }
        }
        return String.join("\n", lines);
    }
}
