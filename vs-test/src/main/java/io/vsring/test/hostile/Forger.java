package io.vsring.test.hostile;

import io.vsring.Member;
import io.vsring.MemberAddress;
import io.vsring.MemberId;
import io.vsring.security.Envelope;
import io.vsring.security.Keyring;
import io.vsring.security.Rejection;
import io.vsring.security.SealedEnvelope;
import io.vsring.security.SecurityEvents;
import io.vsring.test.campaign.BitFlips;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/** Makes what somebody sends who has no key, but has heard all that members say. One thread. */
final class Forger {

    /** The largest datagram of the ring, and the largest that goes over the bridge in one piece. */
    private static final int FRAME_BYTES = 1_400;

    private static final int PIECE_BYTES = 1_472;
    private static final int COUNTERS_AHEAD = 1_000;

    private final Recent recent;
    private final Recent former;
    private final Random dice;
    private final List<Envelope> others = new ArrayList<>();

    /**
     * What is sent.
     *
     * @param from whose address it has
     * @param to who gets it
     */
    record Forged(int from, int to, byte[] bytes) {}

    /**
     * @param recent what members have just sent
     * @param former what their incarnations before sent
     * @param secret of the ring; what is made with it is made for another cluster
     */
    Forger(Recent recent, Recent former, byte[] secret, Random dice) {
        this.recent = recent;
        this.former = former;
        this.dice = dice;
        SealedEnvelope.Keys keys = new SealedEnvelope.Keys(Keyring.of(1, secret), "another-cluster");
        for (int number = 1; number <= HostileRing.MEMBERS; number++) {
            Member other = new Member(new MemberId(number, dice.nextLong() | 1), MemberAddress.ofIpv4(number, number));
            others.add(new SealedEnvelope(other, keys, dice, (address, bytes) -> {}, new Deaf()));
        }
    }

    private static final class Deaf implements SecurityEvents {
        @Override
        public void rejected(Rejection reason, MemberAddress source, long nowNanos) {}

        @Override
        public void opened(int keyId) {}
    }

    Forged make(Forgery what) {
        return switch (what) {
            case RANDOM -> random(1 + dice.nextInt(FRAME_BYTES));
            case INVENTED -> invented();
            case FLIPPED -> flipped(recent.any(dice));
            case REPLAYED -> same(recent.any(dice));
            case REDIRECTED -> redirected(recent.any(dice));
            case FORMER -> same(former.any(dice));
            case OVERSIZED -> oversized(recent.any(dice));
            case TRUNCATED -> truncated(recent.any(dice));
            case OTHER_CLUSTER -> otherCluster();
        };
    }

    private Forged random(int length) {
        byte[] bytes = new byte[length];
        dice.nextBytes(bytes);
        int to = 1 + dice.nextInt(HostileRing.MEMBERS);
        return new Forged(otherThan(to), to, bytes);
    }

    private int otherThan(int member) {
        return 1 + (member + dice.nextInt(HostileRing.MEMBERS - 1)) % HostileRing.MEMBERS;
    }

    private Forged invented() {
        Captured model = recent.any(dice);
        byte[] bytes = new byte[Captured.HEADER_BYTES + 17 + dice.nextInt(FRAME_BYTES - Captured.HEADER_BYTES - 17)];
        dice.nextBytes(bytes);
        System.arraycopy(model.bytes(), 0, bytes, 0, Captured.HEADER_BYTES);
        ByteBuffer header = ByteBuffer.wrap(bytes);
        header.putLong(Captured.COUNTER_AT, header.getLong(Captured.COUNTER_AT) + 1 + dice.nextInt(COUNTERS_AHEAD));
        header.putInt(Captured.DESTINATION_AT, dice.nextBoolean() ? 0 : model.to());
        return new Forged(model.from(), model.to(), bytes);
    }

    private Forged flipped(Captured model) {
        return new Forged(model.from(), model.to(), BitFlips.of(model.bytes(), dice));
    }

    private static Forged same(Captured model) {
        return new Forged(model.from(), model.to(), model.bytes());
    }

    /** With three members there is one left, or the sender itself. */
    private Forged redirected(Captured model) {
        return new Forged(model.from(), otherThan(model.to()), model.bytes());
    }

    private Forged oversized(Captured model) {
        int length = FRAME_BYTES + 1 + dice.nextInt(PIECE_BYTES - FRAME_BYTES);
        Forged random = random(length);
        if (dice.nextBoolean()) {
            System.arraycopy(model.bytes(), 0, random.bytes(), 0, Math.min(length, model.bytes().length));
        }
        return random;
    }

    private Forged truncated(Captured model) {
        byte[] beginning = Arrays.copyOf(model.bytes(), dice.nextInt(model.bytes().length));
        return new Forged(model.from(), model.to(), beginning);
    }

    private Forged otherCluster() {
        int to = 1 + dice.nextInt(HostileRing.MEMBERS);
        int from = otherThan(to);
        Envelope envelope = others.get(from - 1);
        byte[] body = new byte[1 + dice.nextInt(FRAME_BYTES / 2)];
        envelope.room().put(body);
        ByteBuffer sealed = envelope.seal(dice.nextBoolean() ? Envelope.TO_ALL : to);
        byte[] bytes = new byte[sealed.remaining()];
        sealed.get(bytes);
        return new Forged(from, to, bytes);
    }
}
