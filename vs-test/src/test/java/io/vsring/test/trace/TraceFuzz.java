package io.vsring.test.trace;

import io.vsring.MemberId;
import io.vsring.test.check.History;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Fuzzed: lines of trace files, and what is read from them all together. */
public final class TraceFuzz {

    private static final int LINES_MAX = 200;

    private TraceFuzz() {}

    /** Lines of one file. A line that is none is refused, and the others are judged. */
    public static void fuzzerTestOneInput(byte[] input) {
        Map<MemberId, List<TraceEntry>> entries = new TreeMap<>();
        String[] lines = new String(input, StandardCharsets.UTF_8).split("\n", LINES_MAX);
        for (String text : lines) {
            try {
                JsonLine line = JsonLine.parse(text);
                TraceEntry entry = TraceEntry.of(line);
                if (entry != null) {
                    entries.computeIfAbsent(TraceEntry.memberId(line.text("member")), id -> new ArrayList<>())
                            .add(entry);
                }
            } catch (IllegalArgumentException refused) {
                // not a line of a trace
            }
        }
        List<TracedMember> members = new ArrayList<>();
        TracedMember.End[] ends = TracedMember.End.values();
        entries.forEach((id, all) -> members.add(new TracedMember(id, all, ends[members.size() % ends.length])));
        judge(members);
    }

    private static void judge(List<TracedMember> members) {
        try {
            History history = new TraceMerge(members).run();
            new ComponentClaims(members).judge(history);
            history.endedAnyhow();
        } catch (IllegalArgumentException contradiction) {
            return;
        }
    }
}
