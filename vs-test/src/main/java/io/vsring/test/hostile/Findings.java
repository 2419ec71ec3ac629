package io.vsring.test.hostile;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** What was seen, line by line for people, and what of it was wrong. One thread. */
final class Findings {

    private final StringBuilder page = new StringBuilder();
    private final List<String> wrongs = new ArrayList<>();
    private final Consumer<String> progress;

    /** @param progress is told each line as soon as it is known */
    Findings(Consumer<String> progress) {
        this.progress = progress;
    }

    void line(String text) {
        page.append(text).append('\n');
        progress.accept(text);
    }

    /** Says what is claimed, and whether it is so. */
    void claim(String text, boolean holds) {
        line((holds ? "  holds:  " : "  BROKEN: ") + text);
        if (!holds) {
            wrongs.add(text);
        }
    }

    List<String> wrongs() {
        return wrongs;
    }

    /** All of it. */
    String page() {
        StringBuilder all = new StringBuilder(page);
        if (wrongs.isEmpty()) {
            all.append("nothing is wrong\n");
        } else {
            wrongs.forEach(each -> all.append("WRONG: ").append(each).append('\n'));
        }
        return all.toString();
    }
}
