package io.vsring.ring;

import io.vsring.Guarantee;
import io.vsring.MemberId;
import io.vsring.MemberSet;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Locale;

/** Writes events as lines of JSON into a text that it keeps. The writing thread only. */
final class TraceLine {

    private static final HexFormat HEX = HexFormat.of();

    private final StringBuilder text = new StringBuilder(1 << 16);
    private final ContentHash hash = new ContentHash();
    private final String member;
    private long atMillis = Long.MIN_VALUE;
    private String at = "";

    TraceLine(MemberId self) {
        this.member = self.toString();
    }

    /** Appends one event as one line. */
    void append(TraceEvent event) {
        if (event.atMillis() != atMillis) {
            atMillis = event.atMillis();
            at = Instant.ofEpochMilli(atMillis).toString();
        }
        event.write(this);
        text.append("}\n");
    }

    int length() {
        return text.length();
    }

    /** All lines since the last call. */
    String take() {
        String taken = text.toString();
        text.setLength(0);
        return taken;
    }

    void begin(String event) {
        text.append("{\"ev\":\"").append(event).append("\",\"at\":\"").append(at);
        text.append("\",\"member\":\"").append(member).append('"');
    }

    void number(String name, long value) {
        text.append(",\"").append(name).append("\":").append(value);
    }

    void claim(String name, boolean holds) {
        text.append(",\"").append(name).append("\":").append(holds);
    }

    void hex(String name, long value) {
        text.append(",\"")
                .append(name)
                .append("\":\"")
                .append(HEX.toHexDigits(value))
                .append('"');
    }

    void text(String name, String value) {
        text.append(",\"").append(name).append("\":");
        quote(value);
    }

    void members(String name, MemberSet members) {
        text.append(",\"").append(name).append("\":[");
        for (int i = 0; i < members.size(); i++) {
            text.append(i == 0 ? "\"" : ",\"").append(members.get(i)).append('"');
        }
        text.append(']');
    }

    /** The hash of a message that has waited for this. */
    long hash(byte[] bytes) {
        return hash.of(ByteBuffer.wrap(bytes));
    }

    void message(String group, Guarantee guarantee, int bytes, long hash) {
        text("group", group);
        text("guarantee", guarantee.name().toLowerCase(Locale.ROOT));
        number("bytes", bytes);
        hex("sha256", hash);
    }

    private void quote(String value) {
        text.append('"');
        for (int i = 0; i < value.length(); i++) {
            char character = value.charAt(i);
            if (character == '"' || character == '\\') {
                text.append('\\').append(character);
            } else if (character < ' ') {
                text.append(String.format(Locale.ROOT, "\\u%04x", (int) character));
            } else {
                text.append(character);
            }
        }
        text.append('"');
    }
}
