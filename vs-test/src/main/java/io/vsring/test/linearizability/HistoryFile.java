package io.vsring.test.linearizability;

import io.vsring.test.trace.JsonLine;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * A history as a file, so that a failed run can be kept and judged again: one operation on each line, as JSON.
 *
 * <pre>
 * {"client":1,"kind":"counter","object":"visits","call":"add","arguments":["5"],"called":10,"end":"returned",
 *  "answer":["7"],"returned":30}
 * </pre>
 *
 * <p>Instants are in nanoseconds on the clock of the harness. {@code end} is {@code returned}, {@code unknown} or
 * {@code refused}; only the first has {@code returned}. {@code answer} is a list: empty for the answer "nothing", and
 * not there if the answer was not told.
 */
public final class HistoryFile {

    private HistoryFile() {}

    /** Writes a history into a new file, or over an old one. */
    public static void write(Path file, List<RecordedOperation> history) throws IOException {
        try (BufferedWriter out = Files.newBufferedWriter(file, StandardCharsets.UTF_8)) {
            for (RecordedOperation operation : history) {
                out.write(line(operation));
                out.write('\n');
            }
        }
    }

    private static String line(RecordedOperation operation) {
        StringBuilder line = new StringBuilder();
        line.append("{\"client\":").append(operation.client()).append(",\"kind\":");
        quote(line, operation.object().kind());
        line.append(",\"object\":");
        quote(line, operation.object().name());
        line.append(",\"call\":");
        quote(line, operation.invocation().name());
        line.append(",\"arguments\":");
        list(line, operation.invocation().arguments());
        line.append(",\"called\":").append(operation.calledNanos());
        line.append(",\"end\":\"")
                .append(operation.end().name().toLowerCase(Locale.ROOT))
                .append('"');
        if (operation.end() == RecordedOperation.End.RETURNED) {
            if (operation.answer().isTold()) {
                String text = operation.answer().text();
                line.append(",\"answer\":");
                list(line, text == null ? List.of() : List.of(text));
            }
            line.append(",\"returned\":").append(operation.returnedNanos());
        }
        return line.append('}').toString();
    }

    private static void list(StringBuilder line, List<String> texts) {
        line.append('[');
        for (int index = 0; index < texts.size(); index++) {
            line.append(index == 0 ? "" : ",");
            quote(line, texts.get(index));
        }
        line.append(']');
    }

    private static void quote(StringBuilder line, String text) {
        line.append('"');
        for (int index = 0; index < text.length(); index++) {
            char next = text.charAt(index);
            if (next == '"' || next == '\\') {
                line.append('\\').append(next);
            } else if (next < ' ') {
                line.append(String.format(Locale.ROOT, "\\u%04x", (int) next));
            } else {
                line.append(next);
            }
        }
        line.append('"');
    }

    /**
     * Reads a history.
     *
     * @throws IllegalArgumentException naming the line, if one is not what {@link #write} writes: without it a sound
     *     history may look like a violation
     */
    public static List<RecordedOperation> read(Path file) throws IOException {
        List<RecordedOperation> history = new ArrayList<>();
        for (String line : Files.readAllLines(file, StandardCharsets.UTF_8)) {
            try {
                history.add(operation(JsonLine.parse(line)));
            } catch (IllegalArgumentException | ArithmeticException wrong) {
                throw new IllegalArgumentException(
                        "line " + (history.size() + 1) + " of " + file + ": " + wrong.getMessage(), wrong);
            }
        }
        return history;
    }

    private static RecordedOperation operation(JsonLine line) {
        RecordedOperation.End end =
                RecordedOperation.End.valueOf(line.text("end").toUpperCase(Locale.ROOT));
        return new RecordedOperation(
                Math.toIntExact(line.number("client")),
                new ObjectKey(line.text("kind"), line.text("object")),
                new Invocation(line.text("call"), line.texts("arguments")),
                line.number("called"),
                end,
                answer(line),
                end == RecordedOperation.End.RETURNED ? line.number("returned") : Long.MAX_VALUE);
    }

    private static Answer answer(JsonLine line) {
        if (!line.has("answer")) {
            return Answer.UNTOLD;
        }
        List<String> texts = line.texts("answer");
        return Answer.of(texts.isEmpty() ? null : texts.get(0));
    }
}
