package io.vsring.security;

import io.vsring.MemberAddress;
import java.util.Arrays;

/**
 * How many datagrams of unknown senders are tried: each costs the derivation of a key, and anybody can send them. What
 * comes from members does not count.
 *
 * <p>One thread.
 */
final class Trials {

    private static final double TOTAL_PER_SECOND = 2000;
    private static final double SOURCE_PER_SECOND = 200;

    /** Hosts share a place if they must: no table that grows with what strangers invent. */
    private static final int PLACES = 1024;

    private static final double NANOS = 1e9;
    private static final long MIX = 0x9E37_79B9_7F4A_7C15L;

    private final double[] left = new double[PLACES + 1];
    private final long[] filledNanos = new long[PLACES + 1];

    Trials(long nowNanos) {
        Arrays.fill(left, SOURCE_PER_SECOND);
        Arrays.fill(filledNanos, nowNanos);
        left[PLACES] = TOTAL_PER_SECOND;
    }

    /** Whether to try one more from this host. */
    boolean admits(MemberAddress source, long nowNanos) {
        int place = (int) (((source.high() * 31 + source.low()) * MIX) >>> (Long.SIZE - 10));
        return fill(place, SOURCE_PER_SECOND, nowNanos) >= 1
                && fill(PLACES, TOTAL_PER_SECOND, nowNanos) >= 1
                && take(place)
                && take(PLACES);
    }

    private double fill(int place, double perSecond, long nowNanos) {
        left[place] = Math.min(perSecond, left[place] + (nowNanos - filledNanos[place]) / NANOS * perSecond);
        filledNanos[place] = nowNanos;
        return left[place];
    }

    private boolean take(int place) {
        left[place]--;
        return true;
    }
}
