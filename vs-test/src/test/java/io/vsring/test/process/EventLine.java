package io.vsring.test.process;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** One thing that happened in a member process, told to the harness as a line of JSON on the standard output. */
final class EventLine {

    private static final PrintStream OUT =
            new PrintStream(new FileOutputStream(FileDescriptor.out), true, StandardCharsets.UTF_8);

    private final StringBuilder text = new StringBuilder();

    private EventLine(String event, long nanos) {
        text.append("{\"ev\":\"").append(event).append("\",\"nanos\":").append(nanos);
    }

    /** Something that happens now. */
    static EventLine now(String event) {
        return at(event, System.nanoTime());
    }

    /** Something that happened then, by {@link System#nanoTime}. On Linux all processes of a host share that clock. */
    static EventLine at(String event, long nanos) {
        return new EventLine(event, nanos);
    }

    EventLine with(String name, long value) {
        text.append(",\"").append(name).append("\":").append(value);
        return this;
    }

    EventLine with(String name, String value) {
        text.append(",\"").append(name).append("\":");
        quote(value);
        return this;
    }

    EventLine with(String name, List<String> values) {
        text.append(",\"").append(name).append("\":[");
        for (int i = 0; i < values.size(); i++) {
            text.append(i == 0 ? "" : ",");
            quote(values.get(i));
        }
        text.append(']');
        return this;
    }

    void print() {
        OUT.println(text.append('}'));
    }

    private void quote(String value) {
        text.append('"');
        for (int i = 0; i < value.length(); i++) {
            char character = value.charAt(i);
            switch (character) {
                case '"', '\\' -> text.append('\\').append(character);
                case '\n' -> text.append("\\n");
                default -> text.append(character < ' ' ? ' ' : character);
            }
        }
        text.append('"');
    }
}
