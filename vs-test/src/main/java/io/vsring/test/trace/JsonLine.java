package io.vsring.test.trace;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * One line of a trace: a flat JSON object whose values are texts, whole numbers, truths and lists of texts.
 *
 * <p>Immutable. Knows as much of JSON as a trace needs, so that reading one takes no library.
 */
public final class JsonLine {

    private final String source;
    private final Map<String, Object> values;

    private JsonLine(String source, Map<String, Object> values) {
        this.source = source;
        this.values = values;
    }

    /**
     * Reads one line.
     *
     * @throws IllegalArgumentException saying where the line is not what was expected
     */
    public static JsonLine parse(String line) {
        return new JsonLine(line, new Reading(line).object());
    }

    /** Whether there is a value of that name. */
    public boolean has(String name) {
        return values.containsKey(name);
    }

    /**
     * The text of that name.
     *
     * @throws IllegalArgumentException if there is none
     */
    public String text(String name) {
        return value(name, String.class);
    }

    /**
     * The number of that name.
     *
     * @throws IllegalArgumentException if there is none
     */
    public long number(String name) {
        return value(name, Long.class);
    }

    /**
     * Whether what that name stands for is so.
     *
     * @throws IllegalArgumentException if nothing says so
     */
    public boolean truth(String name) {
        return value(name, Boolean.class);
    }

    /**
     * The list of texts of that name.
     *
     * @throws IllegalArgumentException if there is none
     */
    public List<String> texts(String name) {
        List<String> texts = new ArrayList<>();
        for (Object each : value(name, List.class)) {
            texts.add((String) each);
        }
        return texts;
    }

    private <T> T value(String name, Class<T> type) {
        Object value = values.get(name);
        if (!type.isInstance(value)) {
            throw new IllegalArgumentException(
                    "expected a " + type.getSimpleName() + " named '" + name + "', found " + value + " in: " + source);
        }
        return type.cast(value);
    }

    @Override
    public String toString() {
        return source;
    }

    private static final class Reading {
        private static final Pattern HEX = Pattern.compile("[0-9a-fA-F]{4}");

        private final String line;
        private int at;

        Reading(String line) {
            this.line = line;
        }

        Map<String, Object> object() {
            Map<String, Object> values = new HashMap<>();
            expect('{');
            if (peek() != '}') {
                do {
                    String name = text();
                    expect(':');
                    if (values.put(name, value()) != null) {
                        throw wrong("each name once, not '" + name + "' again");
                    }
                } while (skip(','));
            }
            expect('}');
            if (at != line.length()) {
                throw wrong("the end of the line");
            }
            return values;
        }

        private Object value() {
            char next = peek();
            if (next == '"') {
                return text();
            }
            if (next == 't' || next == 'f') {
                return truth();
            }
            return next == '[' ? list() : number();
        }

        private Boolean truth() {
            for (String word : List.of("true", "false")) {
                if (line.startsWith(word, at)) {
                    at += word.length();
                    return word.equals("true");
                }
            }
            throw wrong("true or false");
        }

        private List<String> list() {
            List<String> texts = new ArrayList<>();
            expect('[');
            if (peek() != ']') {
                do {
                    texts.add(text());
                } while (skip(','));
            }
            expect(']');
            return List.copyOf(texts);
        }

        private Long number() {
            int from = at;
            while (at < line.length() && (isDigit(line.charAt(at)) || line.charAt(at) == '-')) {
                at++;
            }
            try {
                return Long.valueOf(line.substring(from, at));
            } catch (NumberFormatException e) {
                at = from;
                throw wrong("a text, a whole number or a list");
            }
        }

        /** Of ASCII: what looks like a number elsewhere is none here. */
        private static boolean isDigit(char next) {
            return next >= '0' && next <= '9';
        }

        private String text() {
            expect('"');
            int end = at;
            while (end < line.length() && line.charAt(end) != '"' && line.charAt(end) != '\\') {
                end++;
            }
            if (end < line.length() && line.charAt(end) == '"') {
                String plain = line.substring(at, end);
                at = end + 1;
                return plain;
            }
            return escaped();
        }

        private String escaped() {
            StringBuilder text = new StringBuilder();
            while (peek() != '"') {
                char next = line.charAt(at++);
                text.append(next == '\\' ? unescaped() : next);
            }
            at++;
            return text.toString();
        }

        private char unescaped() {
            char kind = peek();
            at++;
            return switch (kind) {
                case 'n' -> '\n';
                case 'r' -> '\r';
                case 't' -> '\t';
                case 'u' -> {
                    if (at + 4 > line.length()
                            || !HEX.matcher(line.substring(at, at + 4)).matches()) {
                        throw wrong("four hexadecimal digits");
                    }
                    at += 4;
                    yield (char) Integer.parseInt(line.substring(at - 4, at), 16);
                }
                default -> kind;
            };
        }

        private char peek() {
            if (at >= line.length()) {
                throw wrong("more");
            }
            return line.charAt(at);
        }

        private boolean skip(char wanted) {
            boolean there = peek() == wanted;
            if (there) {
                at++;
            }
            return there;
        }

        private void expect(char wanted) {
            if (peek() != wanted) {
                throw wrong("'" + wanted + "'");
            }
            at++;
        }

        private IllegalArgumentException wrong(String expected) {
            return new IllegalArgumentException("expected " + expected + " at character " + at + " of: " + line);
        }
    }
}
