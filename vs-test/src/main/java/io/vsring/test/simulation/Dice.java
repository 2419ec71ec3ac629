package io.vsring.test.simulation;

import java.util.List;

/** A stream of chance that repeats itself exactly (SplitMix64, Steele et al., 2014), on every machine. */
public final class Dice {
    static final long GAMMA = 0x9E37_79B9_7F4A_7C15L;
    private static final double UNIT = 0x1.0p-53;

    private long state;

    Dice(long state) {
        this.state = state;
    }

    static long mix(long value) {
        long mixed = (value ^ (value >>> 30)) * 0xBF58_476D_1CE4_E5B9L;
        mixed = (mixed ^ (mixed >>> 27)) * 0x94D0_49BB_1331_11EBL;
        return mixed ^ (mixed >>> 31);
    }

    /** Any of all numbers. */
    public long next() {
        state += GAMMA;
        return mix(state);
    }

    /** From 0 to one less than the bound. */
    public int below(int bound) {
        return (int) (((next() >>> 32) * bound) >>> 32);
    }

    /** From the one to the other, both included. */
    public int between(int low, int high) {
        return low + below(high - low + 1);
    }

    /** From the one to the other. */
    public long between(long low, long high) {
        return low + (long) (unit() * (high - low + 1));
    }

    /** At least 0 and less than 1. */
    public double unit() {
        return (next() >>> 11) * UNIT;
    }

    /** Whether something happens that happens so often, 1 being always. Costs no chance if it cannot happen. */
    public boolean chance(double probability) {
        return probability > 0 && unit() < probability;
    }

    /** Between the two, small ones as likely as large ones by order of magnitude. */
    public double spread(double low, double high) {
        return low * StrictMath.exp(unit() * StrictMath.log(high / low));
    }

    /** A waiting time with this mean, if what is waited for can come at any moment alike. */
    public long waiting(long mean) {
        return (long) (-StrictMath.log(1 - unit()) * mean);
    }

    /** One of these. */
    public <T> T oneOf(List<T> choices) {
        return choices.get(below(choices.size()));
    }

    /** The index of one of these, each as likely as its weight says. */
    public int weighted(int... weights) {
        int sum = 0;
        for (int weight : weights) {
            sum += weight;
        }
        int point = below(sum);
        int index = 0;
        while (point >= weights[index]) {
            point -= weights[index++];
        }
        return index;
    }
}
