package io.vsring.test.trace;

import io.vsring.MemberId;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * One incarnation out of a trace file.
 *
 * @param id who it is
 * @param entries what it did, in order
 * @param end how it ended
 */
record TracedMember(MemberId id, List<TraceEntry> entries, End end) {

    /** How an incarnation ended, which its file does not say. */
    enum End {
        /** It still ran, or nothing is said about it. */
        RUNNING,
        /** Its process was killed: the last moments are not in the file. */
        KILLED,
        /** It left in good order. */
        LEFT
    }

    /**
     * Reads a file, which may hold one incarnation after the other; all but the last count as killed.
     *
     * @throws IllegalArgumentException if a line is not of a trace, or the trace has ended before its member
     */
    static List<TracedMember> read(Path file, End endOfLast) throws IOException {
        Map<MemberId, List<TraceEntry>> entries = new LinkedHashMap<>();
        MemberId last = null;
        for (String text : wholeLines(file)) {
            JsonLine line = JsonLine.parse(text);
            last = TraceEntry.memberId(line.text("member"));
            List<TraceEntry> own = entries.computeIfAbsent(last, id -> new ArrayList<>());
            TraceEntry entry = TraceEntry.of(line);
            if (entry instanceof TraceEntry.Ended) {
                throw new IllegalArgumentException(
                        file + " is not the whole trace, so nothing can be claimed about it: " + text);
            }
            if (entry != null) {
                own.add(entry);
            }
        }
        List<TracedMember> members = new ArrayList<>();
        for (Map.Entry<MemberId, List<TraceEntry>> each : entries.entrySet()) {
            End end = each.getKey().equals(last) ? endOfLast : End.KILLED;
            members.add(new TracedMember(each.getKey(), each.getValue(), end));
        }
        return members;
    }

    /** A process that was killed may have left half a line, at the end or where its next incarnation went on. */
    private static List<String> wholeLines(Path file) throws IOException {
        List<String> lines = new ArrayList<>();
        for (String line : Files.readString(file, StandardCharsets.UTF_8).split("\n", -1)) {
            if (line.endsWith("}")) {
                lines.add(line);
            }
        }
        return lines;
    }
}
