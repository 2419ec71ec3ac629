package io.vsring.ring;

import java.util.Arrays;

/** What the messages that wait in the protocol have taken of the send queue's bound, in their order. One thread. */
final class CostQueue {

    private int[] costs = new int[64]; // the length is a power of two
    private long head;
    private long tail;

    void add(int cost) {
        if (tail - head == costs.length) {
            grow();
        }
        costs[(int) tail++ & costs.length - 1] = cost;
    }

    /** The oldest; 0 if there is none. */
    int poll() {
        return head == tail ? 0 : costs[(int) head++ & costs.length - 1];
    }

    private void grow() {
        int[] larger = Arrays.copyOf(costs, 2 * costs.length);
        for (long at = head; at < tail; at++) {
            larger[(int) at & larger.length - 1] = costs[(int) at & costs.length - 1];
        }
        costs = larger;
    }
}
