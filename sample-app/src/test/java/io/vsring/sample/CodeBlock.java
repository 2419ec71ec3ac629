package io.vsring.sample;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * A block between fences in a document.
 *
 * @param document from the root of the project
 * @param line of the document that is the first of the block, from 1
 * @param language behind the fence that opens it
 */
record CodeBlock(String document, int line, String language, String text) {

    private static final String FENCE = "```";

    /** All documents of the project that people read. */
    static List<String> documents() throws IOException {
        try (Stream<Path> pages = Files.walk(root().resolve("docs"))) {
            return Stream.concat(
                            Stream.of("README.md", "CHANGELOG.md", "ARCHITECTURE.md", "CONTRIBUTING.md", "STYLE.md"),
                            pages.map(page -> root().relativize(page).toString())
                                    .filter(page -> page.endsWith(".md")))
                    .sorted()
                    .toList();
        }
    }

    static Path root() {
        return Path.of(System.getProperty("basedir", "."), "..")
                .toAbsolutePath()
                .normalize();
    }

    /** The blocks of a document in this language. */
    static List<CodeBlock> of(String document, String language) throws IOException {
        List<CodeBlock> blocks = new ArrayList<>();
        List<String> lines = Files.readAllLines(root().resolve(document));
        int open = -1;
        for (int index = 0; index < lines.size(); index++) {
            if (!lines.get(index).startsWith(FENCE)) {
                continue;
            }
            if (open < 0) {
                open = index;
            } else {
                String opened = lines.get(open).substring(FENCE.length()).strip();
                String text = String.join("\n", lines.subList(open + 1, index)) + "\n";
                blocks.add(new CodeBlock(document, open + 2, opened, text));
                open = -1;
            }
        }
        if (open >= 0) {
            throw new IllegalArgumentException(document + ":" + (open + 1) + ": this fence is not closed");
        }
        return blocks.stream()
                .filter(block -> block.language().equals(language))
                .toList();
    }

    /** Where a line of the block is, from 1, as compilers say it. */
    String at(long lineOfBlock) {
        return document + ":" + (line + lineOfBlock - 1);
    }
}
