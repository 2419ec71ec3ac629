package io.vsring.test.trace;

import io.vsring.Guarantee;
import io.vsring.MemberId;
import io.vsring.MemberSet;
import io.vsring.RingConfiguration;
import io.vsring.RingId;
import io.vsring.test.check.RingTrace;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What one line of a trace says, as far as the claims are about it. */
sealed interface TraceEntry {

    /** Messages that end in one frame are counted in so many bits. */
    int INDEX_MAX = 0xFFFF;

    /** When it happened, in milliseconds since 1970. */
    long atMillis();

    /** A configuration was delivered. */
    record Installed(long atMillis, RingConfiguration configuration) implements TraceEntry {}

    /** A message was accepted. */
    record Submitted(long atMillis, long number, Content content) implements TraceEntry {}

    /** A message got its place. */
    record Sent(long atMillis, long number, Place place) implements TraceEntry {}

    /** A message was delivered. */
    record Delivered(long atMillis, String configurationId, Place place, MemberId sender, long number, Content content)
            implements TraceEntry {}

    /** What became of a message of one's own: delivered, or unknown. */
    record Settled(long atMillis, long number, boolean delivered) implements TraceEntry {}

    /** The member may change replicated objects, or may not any more. */
    record Primary(long atMillis, boolean primary, String label, MemberSet members) implements TraceEntry {}

    /** The replicated objects of the member have come to a position. */
    record Digest(long atMillis, String configuration, long applied, String digest) implements TraceEntry {}

    /** The file could not follow: what comes after is not known. */
    record Ended(long atMillis, String reason) implements TraceEntry {}

    /**
     * A place in the order of a ring.
     *
     * @param ring the ring
     * @param sequence of the frame in which the message ends
     * @param index among the messages that end there
     */
    record Place(RingId ring, long sequence, int index) {
        /** Orders like the places of one ring. */
        long position() {
            return RingTrace.position(sequence, index);
        }
    }

    /**
     * What a trace knows of a message.
     *
     * @param group where it was sent to
     * @param guarantee what was asked for
     * @param bytes how long it is
     * @param digest the beginning of its SHA-256, in hexadecimal digits
     */
    record Content(String group, Guarantee guarantee, int bytes, String digest) {
        /** Stands for the message: two messages have the same stand-in if their lengths and digests are the same. */
        ByteBuffer standIn() {
            return ByteBuffer.wrap((digest + "/" + bytes).getBytes(StandardCharsets.US_ASCII));
        }
    }

    /**
     * What a line says.
     *
     * @return null if no claim is about it
     * @throws IllegalArgumentException if it does not say what such a line says
     */
    static @Nullable TraceEntry of(JsonLine line) {
        long at = millis(line.text("at"));
        return switch (line.text("ev")) {
            case "configuration" -> new Installed(at, configuration(line));
            case "submit" -> new Submitted(at, line.number("n"), content(line));
            case "sent" -> new Sent(at, line.number("n"), place(line));
            case "deliver" ->
                new Delivered(
                        at,
                        line.text("configuration"),
                        place(line),
                        memberId(line.text("sender")),
                        line.number("n"),
                        content(line));
            case "outcome" ->
                new Settled(at, line.number("n"), line.text("result").equals("delivered"));
            case "primary" -> new Primary(at, line.truth("primary"), label(line), members(line));
            case "digest" -> new Digest(at, line.text("configuration"), line.number("applied"), line.text("digest"));
            case "trace-ended" -> new Ended(at, line.text("reason"));
            default -> null;
        };
    }

    private static long millis(String text) {
        try {
            return Instant.parse(text).toEpochMilli();
        } catch (DateTimeException | ArithmeticException e) {
            throw new IllegalArgumentException("expected a time, found '" + text + "'", e);
        }
    }

    /** Reads {@code 3#9f2c}. */
    static MemberId memberId(String text) {
        int cross = text.indexOf('#');
        if (cross < 0) {
            throw new IllegalArgumentException("expected a member, as 3#9f2c, found '" + text + "'");
        }
        return new MemberId(
                Integer.parseUnsignedInt(text.substring(0, cross)),
                Long.parseUnsignedLong(text.substring(cross + 1), 16));
    }

    /** Reads {@code 3.42.9f2c}. */
    static RingId ringId(String text) {
        String[] parts = text.split("\\.", -1);
        if (parts.length != 3) {
            throw new IllegalArgumentException("expected a ring, as 3.42.9f2c, found '" + text + "'");
        }
        MemberId representative =
                new MemberId(Integer.parseUnsignedInt(parts[0]), Long.parseUnsignedLong(parts[2], 16));
        return new RingId(representative, Long.parseLong(parts[1]));
    }

    private static RingConfiguration configuration(JsonLine line) {
        List<String> rings = List.of(line.text("id").split(">", -1));
        MemberSet members = members(line);
        RingId ring = ringId(rings.get(0));
        return rings.size() == 1
                ? RingConfiguration.regular(ring, members)
                : RingConfiguration.transitional(ring, ringId(rings.get(1)), members);
    }

    /** Only a primary component has a ring and a history. */
    private static String label(JsonLine line) {
        String label = line.text("label");
        if (line.truth("primary") && label.indexOf('@') < 0) {
            throw new IllegalArgumentException("expected a component, as 3.42.9f2c@0.18c3, found '" + label + "'");
        }
        return label;
    }

    private static MemberSet members(JsonLine line) {
        return MemberSet.of(
                line.texts("members").stream().map(TraceEntry::memberId).toList());
    }

    private static Place place(JsonLine line) {
        String configuration = line.text("configuration");
        int arrow = configuration.indexOf('>');
        String ring = arrow < 0 ? configuration : configuration.substring(0, arrow);
        return new Place(ringId(ring), line.number("seq"), number(line, "index", INDEX_MAX));
    }

    private static int number(JsonLine line, String name, int max) {
        long number = line.number(name);
        if (number < 0 || number > max) {
            throw new IllegalArgumentException("expected " + name + " to be 0 to " + max + ", found " + number);
        }
        return (int) number;
    }

    private static Content content(JsonLine line) {
        return new Content(
                line.text("group"),
                Guarantee.valueOf(line.text("guarantee").toUpperCase(Locale.ROOT)),
                number(line, "bytes", Integer.MAX_VALUE),
                line.text("sha256"));
    }
}
