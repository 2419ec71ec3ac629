package io.vsring.test.simulation;

import io.vsring.Guarantee;
import io.vsring.wire.Datagram;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** Fuzzed: what a member with the key may say to three others, as a script of bytes (docs/fuzzing.md). */
public final class HostileMemberFuzz {

    private static final int ACTS_MAX = 256;
    private static final long MILLI = 1_000_000;

    private static long datagrams; // one thread fuzzes

    private HostileMemberFuzz() {}

    /** One byte for the seed, then acts: a byte each, and what they need. */
    public static void fuzzerTestOneInput(byte[] input) {
        count(play(input, false));
    }

    /** Called once at the end: appends to a file how many datagrams the liar has sent. */
    public static void fuzzerTearDown() {
        String file = System.getProperty("vs.fuzz.datagrams");
        if (file != null) {
            try {
                Files.writeString(
                        Path.of(file), datagrams + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    static void count(long sent) {
        datagrams += sent;
    }

    /** Plays the script; returns how many datagrams the liar has sent. */
    static long play(byte[] input, boolean withObjects) {
        Script script = new Script(input);
        RingWithLiar ring = new RingWithLiar(script.next(4), withObjects);
        ring.runUntil("a ring of four", () -> ring.areTogether(RingWithLiar.LIAR));
        Lies lies = new Lies(ring, script);
        for (int acts = 0; acts < ACTS_MAX && script.hasMore(); acts++) {
            act(ring, script, lies);
        }
        ring.endWell();
        return ring.injected();
    }

    private static void act(RingWithLiar ring, Script script, Lies lies) {
        int what = script.next(32);
        int slot = 1 + script.next(RingWithLiar.LIAR - 1);
        switch (what) {
            case 0 -> ring.runFor((1 + script.next(256)) * MILLI / 8);
            case 1 -> ring.runFor((1 + script.next(256)) * MILLI);
            case 2 -> ring.member(slot).offer(new byte[script.next(1 << 12)], Guarantee.AGREED);
            case 3 -> ring.member(slot).offer(new byte[script.next(1 << 12)], Guarantee.SAFE);
            case 4 -> ring.member(RingWithLiar.LIAR).offer(new byte[script.next(1 << 12)], Guarantee.SAFE);
            case 5 -> ring.member(slot).block((1 + script.next(64)) * MILLI);
            case 6 -> ring.member(RingWithLiar.LIAR).crash();
            default -> lie(ring, script, lies.next(), slot);
        }
    }

    private static void lie(RingWithLiar ring, Script script, Datagram lie, int slot) {
        int how = script.next(16);
        int from = how < 12 ? RingWithLiar.LIAR : 1 + script.next(RingWithLiar.LIAR);
        boolean toAll = (how & 1) == 1;
        for (int to = 1; to < RingWithLiar.LIAR; to++) {
            if (toAll || to == slot) {
                boolean unused = ring.inject(lie, from, to);
            }
        }
        if ((how & 2) == 2) {
            ring.runFor((1 + how) * MILLI / 8);
        }
    }
}
