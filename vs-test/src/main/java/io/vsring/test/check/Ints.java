package io.vsring.test.check;

import java.util.Arrays;

/** A growing row of numbers, without an object for each. */
final class Ints {
    private int[] values = new int[8];
    private int size;

    void add(int value) {
        if (size == values.length) {
            values = Arrays.copyOf(values, size * 2);
        }
        values[size++] = value;
    }

    int get(int index) {
        return values[index];
    }

    int size() {
        return size;
    }

    /** Whether the row holds this number; the row must be ascending. */
    boolean holdsAscending(int value) {
        return Arrays.binarySearch(values, 0, size, value) >= 0;
    }

    /** The first place at which the two differ; the shorter one's size if they do not. */
    int firstDifference(Ints other) {
        int difference = Arrays.mismatch(values, 0, size, other.values, 0, other.size);
        return difference < 0 ? size : difference;
    }

    boolean sameAs(Ints other) {
        return size == other.size && firstDifference(other) == size;
    }
}
