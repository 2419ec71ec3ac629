package io.vsring.test.check;

import io.vsring.ConfigurationChange;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The last things that one member did, for the report of a violation: sixteen bytes for each. */
final class MemberLog {
    static final int SENT = 0;
    static final int DELIVERED = 1;
    static final int DELIVERED_TRANSITIONAL = 2;
    static final int CONFIGURATION = 3;
    static final int CRASHED = 4;
    static final int LEFT = 5;

    private static final int CAPACITY = 64; // a power of two; what was longer ago shows in a replay

    private final History history;
    private final MemberTrace member;
    private final long[] times = new long[CAPACITY];
    private final long[] events = new long[CAPACITY];
    private final List<ConfigurationChange> changes = new ArrayList<>();
    private int count;

    MemberLog(History history, MemberTrace member) {
        this.history = history;
        this.member = member;
    }

    void add(int kind, @Nullable RingTrace ring, int rank) {
        times[count & (CAPACITY - 1)] = history.now();
        events[count & (CAPACITY - 1)] = ((long) kind << 60) | (ring == null ? 0L : (long) ring.index() << 32) | rank;
        count++;
    }

    void addConfiguration(ConfigurationChange change) {
        changes.add(change);
        add(CONFIGURATION, null, changes.size() - 1);
    }

    /** What this member did last, at most this many lines. */
    String tail(int lines) {
        StringBuilder text = new StringBuilder("  " + member + "\n");
        int from = Math.max(0, count - Math.min(lines, CAPACITY));
        for (int index = from; index < count; index++) {
            long micros = times[index & (CAPACITY - 1)] / 1_000;
            text.append("    ").append(micros / 1_000).append('.');
            String fraction = Long.toString(1_000 + micros % 1_000).substring(1);
            text.append(fraction)
                    .append(" ms  ")
                    .append(textOf(events[index & (CAPACITY - 1)]))
                    .append('\n');
        }
        return text.toString();
    }

    private String textOf(long event) {
        int kind = (int) (event >>> 60);
        int rank = (int) event;
        return switch (kind) {
            case CONFIGURATION -> changes.get(rank).configuration().toString();
            case CRASHED -> "crashed";
            case LEFT -> "left";
            default ->
                (kind == SENT ? "sent " : kind == DELIVERED ? "delivered " : "delivered in transition ")
                        + history.describe(history.rings().get((int) (event >>> 32) & 0x0FFF_FFFF), rank);
        };
    }

    /** The last of the changes; for tests and reports. */
    List<ConfigurationChange> changes() {
        return changes;
    }

    @Override
    public String toString() {
        return tail(CAPACITY) + Arrays.toString(times);
    }
}
