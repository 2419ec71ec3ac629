package io.vsring.test.simulation;

/**
 * What one direction between two members does to datagrams. Probabilities are from 0 to 1, times in nanoseconds.
 *
 * @param delayNanos how long a datagram takes at least
 * @param jitterNanos the mean of what comes on top
 * @param loss how many are lost
 * @param burst how often a burst begins in which all are lost
 * @param duplicate how many arrive twice
 * @param overtake how many do not wait for those in front of them
 * @param truncate how many lose their end
 */
public record LinkProfile(
        long delayNanos,
        long jitterNanos,
        double loss,
        double burst,
        double duplicate,
        double overtake,
        double truncate) {
    private static final long MICRO = 1_000;

    /** A good local network. */
    public static LinkProfile calm() {
        return new LinkProfile(100 * MICRO, 10 * MICRO, 0, 0, 0, 0, 0);
    }

    /** A good network of this speed. */
    public static LinkProfile calm(long delayNanos) {
        return new LinkProfile(delayNanos, delayNanos / 10, 0, 0, 0, 0, 0);
    }

    /** As this one, with so many lost. */
    public LinkProfile losing(double share) {
        return new LinkProfile(delayNanos, jitterNanos, share, burst, duplicate, overtake, truncate);
    }

    /** As this one, with so many arriving twice. */
    public LinkProfile duplicating(double share) {
        return new LinkProfile(delayNanos, jitterNanos, loss, burst, share, overtake, truncate);
    }

    /** As this one, with so many overtaking others and so much jitter. */
    public LinkProfile shuffling(double share, long meanNanos) {
        return new LinkProfile(delayNanos, meanNanos, loss, burst, duplicate, share, truncate);
    }
}
