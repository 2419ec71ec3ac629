package io.vsring.wire;

import io.vsring.Guarantee;
import io.vsring.Member;
import io.vsring.MemberAddress;
import io.vsring.MemberId;
import io.vsring.MemberSet;
import io.vsring.RingId;
import io.vsring.wire.CommitToken.OldRing;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;

/** Datagrams to try the wire with: one well chosen of each kind, or as many random ones as are wanted. */
public final class Samples {

    static final String CLUSTER = "golden";
    static final int FRAME_BYTES = 512;

    static final MemberId A = new MemberId(1, 0x0102030405060708L);
    static final MemberId B = new MemberId(2, 0x1112131415161718L);
    static final MemberId C = new MemberId(0xFFFFFFFE, 0x2122232425262728L);
    static final RingId RING = new RingId(A, 42);

    private Samples() {}

    static DatagramCodec codec() {
        return new DatagramCodec(CLUSTER, FRAME_BYTES);
    }

    /** One datagram for each golden file, by its name. */
    static Map<String, Datagram> golden() {
        Map<String, Datagram> golden = new LinkedHashMap<>();
        golden.put("data-agreed", agreed());
        golden.put("data-safe", frame(8, message(101, "locks", Guarantee.SAFE, "safe"), message(102, "", 0)));
        golden.put("data-padded", padded());
        golden.put("data-piece", pieces().get(0));
        golden.put("data-last-piece", pieces().get(pieces().size() - 1));
        golden.put("data-recovery", recovery(agreed()));
        golden.put("token", token());
        golden.put("token-empty", new Token(RING, B, 1, 0, 0, -1, 0, 0, true, false, 100, -1, 99, 63, new long[0]));
        golden.put("join", join(false));
        golden.put("join-leaving", join(true));
        golden.put("commit-token", commitToken());
        golden.put("merge-probe", new MergeProbe(member(A), RING, 0x3132333435363738L, -1));
        golden.put("hold-cancel", new HoldCancel(C, RING));
        return golden;
    }

    static DataFrame agreed() {
        return frame(
                7,
                message(101, "locks", Guarantee.AGREED, "lock"),
                message(102, "größe", Guarantee.AGREED, ""),
                message(103, "locks", Guarantee.AGREED, "unlock"));
    }

    private static DataFrame padded() {
        Packer packer = new Packer(WireFormat.bodyBytesMax(FRAME_BYTES));
        packer.begin();
        packer.pack(message(1, "maps", 300), 0);
        packer.pack(message(2, "maps", 100), 0);
        return new DataFrame(RING, B, 9, packer.kind(), packer.firstNumber(), packer.finish());
    }

    static List<DataFrame> pieces() {
        Packer packer = new Packer(WireFormat.bodyBytesMax(FRAME_BYTES));
        OutgoingMessage message = message(5, "maps", 1000);
        List<DataFrame> frames = new ArrayList<>();
        for (int offset = 0; offset < message.bytes().length; ) {
            packer.begin();
            offset = packer.pack(message, offset);
            frames.add(new DataFrame(RING, B, 10 + frames.size(), packer.kind(), 5, packer.finish()));
        }
        return frames;
    }

    static DataFrame recovery(DataFrame old) {
        return new DataFrame(new RingId(B, 46), C, 3, DataFrame.Kind.RECOVERY, 0, RecoveryBody.encode(old));
    }

    static DataFrame frame(long sequence, OutgoingMessage... messages) {
        Packer packer = new Packer(WireFormat.bodyBytesMax(FRAME_BYTES));
        packer.begin();
        for (OutgoingMessage message : messages) {
            packer.pack(message, 0);
        }
        return new DataFrame(RING, A, sequence, packer.kind(), packer.firstNumber(), packer.finish());
    }

    static Token token() {
        return new Token(RING, C, 77, 1000, 990, 2, 15, 3, false, true, 9000, 1, 8999, 0, new long[] {991, 993, 1000});
    }

    static Join join(boolean leaving) {
        List<Member> candidates = List.of(member(A), member(B), member(C));
        return new Join(member(B), leaving, 41, 1, 3, candidates, leaving ? MemberSet.of(B, C) : MemberSet.of());
    }

    static CommitToken commitToken() {
        RingSettings settings = new RingSettings(1, 1472, 80, 800_000_000, 80_000_000, 40_000_000);
        OldRing first = new OldRing(RING, 120, 125, 118, 5);
        OldRing second = new OldRing(new RingId(C, 40), 0, 0, 0, Long.MIN_VALUE);
        return new CommitToken(
                new RingId(A, 46),
                B,
                2,
                settings,
                List.of(
                        new CommitToken.Entry(member(A), first),
                        new CommitToken.Entry(member(B), second),
                        new CommitToken.Entry(member(new MemberId(3, 9)), first),
                        new CommitToken.Entry(member(C), null)));
    }

    public static Member member(MemberId id) {
        return new Member(id, MemberAddress.ofIpv4(0x0A000000 + (id.id() & 0xFF), 7460));
    }

    public static OutgoingMessage message(long number, String group, Guarantee guarantee, String text) {
        return new OutgoingMessage(
                number, group.getBytes(StandardCharsets.UTF_8), guarantee, text.getBytes(StandardCharsets.UTF_8));
    }

    /** A message of so many bytes, each of which follows from its number and place. */
    public static OutgoingMessage message(long number, String group, int length) {
        byte[] bytes = new byte[length];
        for (int index = 0; index < length; index++) {
            bytes[index] = (byte) (number * 31 + index % 251);
        }
        byte[] name = group.isEmpty() ? new byte[] {'g'} : group.getBytes(StandardCharsets.UTF_8);
        return new OutgoingMessage(number, name, Guarantee.AGREED, bytes);
    }

    /** Any datagram of any kind. */
    static Datagram random(Random random) {
        return switch (random.nextInt(7)) {
            case 0 -> randomFrame(random);
            case 1 -> recovery(randomFrame(random));
            case 2 -> randomToken(random);
            case 3 -> randomJoin(random);
            case 4 -> randomCommitToken(random);
            case 5 -> new MergeProbe(randomMember(random), ring(random), random.nextLong() | 1, random.nextLong());
            default -> new HoldCancel(id(random), ring(random));
        };
    }

    private static DataFrame randomFrame(Random random) {
        Packer packer = new Packer(WireFormat.bodyBytesMax(512 + random.nextInt(65_507 - 511)));
        packer.begin();
        long number = 1L + random.nextInt(1000);
        int wanted = 1 + random.nextInt(20);
        int next = 0;
        for (int count = 0; count < wanted && next != Packer.FULL; count++) {
            Guarantee guarantee = random.nextInt(5) == 0 ? Guarantee.SAFE : Guarantee.AGREED;
            byte[] bytes = new byte[random.nextInt(random.nextInt(2000) + 1)];
            random.nextBytes(bytes);
            byte[] group = ("group" + random.nextInt(4)).getBytes(StandardCharsets.UTF_8);
            next = packer.pack(new OutgoingMessage(number + count, group, guarantee, bytes), 0);
            if (next < bytes.length) {
                break;
            }
        }
        return new DataFrame(
                ring(random), id(random), 1 + count(random), packer.kind(), packer.firstNumber(), packer.finish());
    }

    private static Token randomToken(Random random) {
        long[] requests = random.longs(random.nextInt(129), 1, 100_000)
                .sorted()
                .distinct()
                .toArray();
        return new Token(
                ring(random),
                id(random),
                count(random),
                count(random),
                count(random),
                random.nextInt(65) - 1,
                random.nextInt(Integer.MAX_VALUE),
                random.nextInt(Integer.MAX_VALUE),
                random.nextBoolean(),
                random.nextBoolean(),
                Long.MAX_VALUE - random.nextInt(2),
                random.nextInt(65) - 1,
                count(random),
                random.nextInt(65) - 1,
                requests);
    }

    private static Join randomJoin(Random random) {
        List<Member> candidates = members(random, 1 + random.nextInt(64));
        MemberSet failed = MemberSet.of(
                Stream.generate(() -> id(random)).limit(random.nextInt(65)).toList());
        int min = 1 + random.nextInt(255);
        int max = min + random.nextInt(256 - min);
        return new Join(randomMember(random), random.nextBoolean(), count(random), min, max, candidates, failed);
    }

    private static CommitToken randomCommitToken(Random random) {
        List<Member> members = members(random, 1 + random.nextInt(64));
        List<RingId> rings = Stream.generate(() -> ring(random))
                .limit(1 + random.nextInt(members.size()))
                .toList();
        List<CommitToken.Entry> entries = new ArrayList<>();
        for (Member member : members) {
            RingId ring = rings.get(random.nextInt(rings.size()));
            OldRing old = new OldRing(ring, count(random), count(random), count(random), random.nextLong());
            entries.add(new CommitToken.Entry(member, random.nextInt(4) == 0 ? null : old));
        }
        RingSettings settings = new RingSettings(
                1 + random.nextInt(255),
                512 + random.nextInt(65_507 - 511),
                1 + random.nextInt(1000),
                1 + count(random),
                1 + count(random),
                count(random));
        return new CommitToken(ring(random), id(random), random.nextInt(1000), settings, entries);
    }

    private static List<Member> members(Random random, int count) {
        return Stream.generate(() -> randomMember(random))
                .limit(count)
                .sorted()
                .distinct()
                .toList();
    }

    private static Member randomMember(Random random) {
        MemberAddress address = new MemberAddress(random.nextLong(), random.nextLong(), 1 + random.nextInt(65_535));
        return new Member(id(random), address);
    }

    private static MemberId id(Random random) {
        return new MemberId(random.nextInt() | 1, random.nextLong() | 1);
    }

    private static RingId ring(Random random) {
        return new RingId(id(random), count(random));
    }

    private static long count(Random random) {
        return random.nextLong() >>> (2 + random.nextInt(60));
    }

    static byte[] encode(DatagramCodec codec, Datagram datagram) {
        ByteBuffer target = ByteBuffer.allocate(WireFormat.FRAME_BYTES_MAX);
        codec.encode(datagram, target);
        return Arrays.copyOf(target.array(), target.position());
    }

    static Datagram decode(DatagramCodec codec, byte[] bytes) throws MalformedDatagramException {
        return codec.decode(ByteBuffer.wrap(bytes));
    }

    /** All that a datagram says, as text: frames have no equality of their own. */
    static String describe(Datagram datagram) {
        return datagram instanceof DataFrame frame
                ? frame + " " + HexFormat.of().formatHex(frame.body())
                : datagram.toString();
    }
}
