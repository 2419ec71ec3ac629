package io.vsring.security;

import io.vsring.security.Wire.Station;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;

/**
 * Fuzzed: what somebody without the key does to two members that talk to each other. Nothing but what one of them has
 * sealed comes out, and that once; nothing is thrown; whoever is not answered stays unanswered; and in the end the two
 * still understand each other.
 */
public final class EnvelopeFuzz {

    private static final int STEPS_MAX = 200;

    private final Wire wire = new Wire();
    private final Station a;
    private final Station b;
    private final List<byte[]> seen = new ArrayList<>();
    private final Set<String> said = new HashSet<>();

    /**
     * Incarnations are others for each input, and so are all keys: a fuzzer remembers what was sealed in earlier
     * executions, and to play that to a member that counts from the beginning under the same key is no attack.
     */
    private EnvelopeFuzz(byte[] input) {
        long incarnation = Math.max(1, UUID.nameUUIDFromBytes(input).getMostSignificantBits() >>> 1);
        a = wire.add(1, incarnation);
        b = wire.add(2, incarnation);
    }

    /** For each step a byte that says what happens; behind some of them which datagram it happens to, or its bytes. */
    public static void fuzzerTestOneInput(byte[] input) {
        new EnvelopeFuzz(input).play(ByteBuffer.wrap(input));
    }

    private void play(ByteBuffer in) {
        a.greets(b);
        for (int step = 0; in.remaining() >= 2 && step < STEPS_MAX; step++) {
            int what = in.get() & 0xFF;
            int which = in.get() & 0xFF;
            switch (what & 7) {
                case 0 -> say(which);
                case 1 -> wire.nowNanos += which * (Wire.SECOND / 50);
                case 2 -> a.greets(b);
                case 3 -> hears(recorded(which)); // as it was, perhaps once more
                case 4 -> hears(changed(in, which));
                case 5 -> hears(madeUp(in, which));
                case 6 -> hears(Arrays.copyOf(recorded(which), in.hasRemaining() ? in.get() & 0xFF : 0));
                default -> {
                    b.greets(a);
                    say(which);
                }
            }
        }
        stillUnderstandEachOther();
    }

    /** What a says may be held back, and come later, or never. */
    private void say(int which) {
        String text = "said " + said.size();
        said.add(text);
        byte[] sealed = a.seal(text, (which & 1) == 0 ? Envelope.TO_ALL : 2);
        seen.add(sealed);
        if ((which & 2) == 0) {
            hears(sealed);
        }
    }

    private byte[] recorded(int which) {
        List<byte[]> all = new ArrayList<>(seen);
        all.addAll(a.sent);
        all.addAll(b.sent);
        return all.get(which % all.size());
    }

    private byte[] changed(ByteBuffer in, int which) {
        byte[] copy = recorded(which).clone();
        if (in.remaining() >= 2) {
            copy[(in.get() & 0xFF) % copy.length] ^= in.get();
        }
        return copy;
    }

    private byte[] madeUp(ByteBuffer in, int which) {
        byte[] bytes = new byte[Math.min(which, in.remaining())];
        in.get(bytes);
        return bytes;
    }

    private void hears(byte[] datagram) {
        int answered = b.sent.size();
        int opened = b.opened.size();
        String text = b.takes(a.address, datagram);
        if (text != null) {
            require(said.contains(text), "was said: ", text);
            require(!b.opened.subList(0, opened).contains(text), "is said once: ", text);
        }
        boolean genuine = seen.stream().anyMatch(each -> Arrays.equals(each, datagram))
                || a.sent.stream().anyMatch(each -> Arrays.equals(each, datagram));
        require(genuine || b.sent.size() == answered, "nobody but a member is answered");
        require(genuine || text == null, "nobody but a member is heard");
        wire.settle();
    }

    private void stillUnderstandEachOther() {
        wire.nowNanos += 10 * Wire.SECOND;
        a.greets(b);
        b.greets(a);
        require(b.refusal(a.seal("at last", Envelope.TO_ALL)) == null, "b hears a in the end");
        require(a.refusal(b.seal("at last", Envelope.TO_ALL)) == null, "a hears b in the end");
    }

    private static void require(boolean holds, String claim) {
        if (!holds) {
            throw new AssertionError(claim);
        }
    }

    /** As the other; what it is about is put into words only if it does not hold. */
    private static void require(boolean holds, String what, Object about) {
        if (!holds) {
            throw new AssertionError(what + about);
        }
    }
}
