package io.vsring.test.simulation;

import java.util.Arrays;
import java.util.List;

/**
 * Somebody who can listen and send, and has no key: he makes datagrams out of those that pass by, and out of nothing,
 * as if members had sent them.
 */
final class Intruder {
    private static final int BYTES_MAX = 1_400;
    private static final int FRONT = 28; // docs/wire-format.md: what stands in front of a sealed datagram
    private static final int INCARNATION_AT = 12;
    private static final int COUNTER_AT = 20;
    private static final int DESTINATION_AT = 8;
    private static final int KEY_AT = 2;

    private final SimulatedNetwork network;
    private final EventQueue queue;
    private final Dice dice;
    private final double share;
    private final int slots;

    /** How many of the datagrams that pass by make him send one is the share. */
    Intruder(SimulatedCluster cluster, Dice dice, double share) {
        this.network = cluster.network();
        this.queue = cluster.queue();
        this.slots = cluster.shape().slots();
        this.dice = dice;
        this.share = share;
    }

    void sees(Packet packet, int to) {
        if (!dice.chance(share)) {
            return;
        }
        byte[] made = made(packet);
        int victim = dice.chance(0.7) ? to : dice.between(1, slots);
        if (!Arrays.equals(made, packet.bytes())) {
            long delay = network.link(packet.sender(), to).delayNanos();
            network.forged(packet.changedTo(made), victim, queue.now() + dice.waiting(delay));
        }
    }

    private byte[] made(Packet packet) {
        byte[] copy = packet.bytes().clone();
        switch (dice.below(7)) {
            case 0 -> flip(copy, dice.below(copy.length));
            case 1 -> flip(copy, dice.below(Math.min(FRONT, copy.length)));
            case 2 -> { // the same for others, or another place among what its sender sent
                int at = dice.oneOf(List.of(DESTINATION_AT, COUNTER_AT, INCARNATION_AT, KEY_AT));
                random(copy, at, Math.min(copy.length, at + (at < INCARNATION_AT ? 1 : Long.BYTES)));
            }
            case 3 -> random(copy, Math.min(FRONT, copy.length), copy.length);
            case 4 -> {
                return packet.content().clone(); // in plain text, as members without keys would say it
            }
            case 5 -> copy = Arrays.copyOf(copy, copy.length + 1 + dice.below(BYTES_MAX));
            default -> {
                copy = new byte[dice.below(BYTES_MAX)];
                random(copy, 0, copy.length);
            }
        }
        return copy;
    }

    private void flip(byte[] bytes, int at) {
        bytes[at] ^= (byte) (1 << dice.below(Byte.SIZE));
    }

    private void random(byte[] bytes, int from, int to) {
        for (int at = from; at < to; at++) {
            bytes[at] = (byte) dice.next();
        }
    }
}
