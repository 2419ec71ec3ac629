package io.vsring.autoconfigure;

import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** A page of problems in Markdown, with an index. */
final class TroublePage {

    private final StringBuilder index = new StringBuilder();
    private final StringBuilder body = new StringBuilder();
    private final Set<String> anchors = new HashSet<>();

    void section(String heading, String introduction, List<Trouble> troubles) {
        index.append("- ").append(link(heading)).append('\n');
        body.append("\n## ").append(heading).append("\n\n").append(introduction).append('\n');
        for (Trouble trouble : troubles) {
            index.append("  - ").append(link(trouble.title())).append('\n');
            body.append("\n### ").append(trouble.title()).append("\n\n");
            body.append(trouble.how()).append("\n\n```text\n");
            body.append(trouble.text().stripTrailing()).append("\n```\n");
        }
    }

    /** The whole page, under this heading. */
    String under(String heading) {
        return heading + "\n" + index + body;
    }

    /** To the anchor that a heading gets in Markdown. */
    private String link(String heading) {
        String anchor =
                heading.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9 _-]", "").replace(' ', '-');
        if (!anchors.add(anchor)) {
            throw new AssertionError("two headings have one anchor: " + heading);
        }
        return "[" + heading + "](#" + anchor + ")";
    }
}
