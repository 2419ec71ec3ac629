package io.vsring.wire;

import io.vsring.MemberId;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The twin of {@link Unpacker}: written after {@code docs/wire-format.md} alone, and without any regard for speed. */
final class NaiveUnpacker {

    /** A message at its place. */
    record Heard(MemberId sender, long number, String group, boolean safe, long sequence, int index, int hash) {}

    private record Open(long number, String group, int total, ByteArrayOutputStream bytes) {}

    private final Map<MemberId, Open> open = new HashMap<>();
    private final List<Heard> heard = new ArrayList<>();

    List<Heard> heard() {
        return heard;
    }

    void reset() {
        open.clear();
    }

    void accept(DataFrame frame) {
        try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(frame.body()))) {
            List<String> groups = new ArrayList<>();
            int index = 0;
            long number = frame.firstNumber();
            for (int flags = in.read(); flags > 0; flags = in.read()) {
                boolean ends = (flags & 2) != 0;
                Heard ended = entry(frame, in, groups, new Entry(number, flags));
                if (ended != null) {
                    heard.add(new Heard(
                            frame.sender(),
                            number,
                            ended.group(),
                            ended.safe(),
                            frame.sequence(),
                            index,
                            ended.hash()));
                }
                index += ends ? 1 : 0;
                number++;
            }
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
    }

    private record Entry(long number, int flags) {}

    private Heard entry(DataFrame frame, DataInputStream in, List<String> groups, Entry entry) throws IOException {
        boolean begins = (entry.flags() & 1) != 0;
        boolean ends = (entry.flags() & 2) != 0;
        String group = null;
        if (begins) {
            int index = in.readUnsignedByte();
            if (index == groups.size()) {
                groups.add(new String(in.readNBytes(in.readUnsignedByte()), StandardCharsets.UTF_8));
            }
            group = groups.get(index);
        }
        int length = in.readUnsignedShort();
        int total = begins && !ends ? in.readInt() : length;
        byte[] bytes = in.readNBytes(length);
        if (begins) {
            open.put(frame.sender(), new Open(entry.number(), group, total, new ByteArrayOutputStream()));
        }
        Open beginning = open.get(frame.sender());
        if (beginning == null || beginning.number() != entry.number()) {
            open.remove(frame.sender());
            return null;
        }
        beginning.bytes().write(bytes);
        if (!ends) {
            return null;
        }
        open.remove(frame.sender());
        if (beginning.bytes().size() != beginning.total()) {
            return null;
        }
        int hash = Arrays.hashCode(beginning.bytes().toByteArray());
        return new Heard(frame.sender(), entry.number(), beginning.group(), (entry.flags() & 4) != 0, 0, 0, hash);
    }
}
