package io.vsring.replicated;

import java.time.Duration;

/**
 * How long the entries of a map stay, and how many of them. They are a part of the map's state, the same on all
 * members: what was set last in the order holds, whoever set it.
 *
 * @param timeToLive of each entry from when it is written, in the time of the order: whole milliseconds, rounded up;
 *     zero: for ever. Too short, and entries are gone before they are read; too long, and they take up memory
 * @param entriesMax where there are more, those written longest ago go; 0: any number. Too small, and entries are gone
 *     before their time; too large, and the map takes more memory than a member has
 */
public record MapLimits(Duration timeToLive, int entriesMax) {

    /** Entries stay until they are taken out. */
    public static final MapLimits NONE = new MapLimits(Duration.ZERO, 0);

    static final long MILLIS_MAX = Long.MAX_VALUE / 4;

    public MapLimits {
        if (timeToLive.isNegative()) {
            throw new IllegalArgumentException("the time to live of a map's entries is " + timeToLive
                    + ", and must not be negative; zero: for ever");
        }
        if (entriesMax < 0) {
            throw new IllegalArgumentException("the greatest number of entries of a map is " + entriesMax
                    + ", and must not be negative; 0: any number");
        }
        timeToLive = Duration.ofMillis(millis(timeToLive)); // else what is told to others would not be equal to this
    }

    /** As these, with so much time for each entry. */
    public MapLimits withTimeToLive(Duration time) {
        return new MapLimits(time, entriesMax);
    }

    /** As these, with so many entries at most. */
    public MapLimits withEntriesMax(int entries) {
        return new MapLimits(timeToLive, entries);
    }

    long timeToLiveMillis() {
        return timeToLive.toMillis();
    }

    /** In whole milliseconds, rounded up; what is longer than anybody waits is for ever. */
    static long millis(Duration time) {
        if (time.toSeconds() >= MILLIS_MAX / 1000) {
            return MILLIS_MAX;
        }
        return time.plusNanos(999_999).toMillis();
    }

    void write(ByteWriter out) {
        out.putNumber(timeToLiveMillis()).putNumber(entriesMax);
    }

    static MapLimits read(ByteReader in) {
        return new MapLimits(Duration.ofMillis(in.getNumber(MILLIS_MAX)), in.getIntNumber());
    }
}
