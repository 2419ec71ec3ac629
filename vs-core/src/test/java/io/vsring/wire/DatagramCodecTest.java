package io.vsring.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.vsring.Member;
import io.vsring.MemberId;
import io.vsring.MemberSet;
import io.vsring.RingId;
import io.vsring.wire.CommitToken.Entry;
import io.vsring.wire.CommitToken.OldRing;
import io.vsring.wire.MalformedDatagramException.Reason;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class DatagramCodecTest {

    private final DatagramCodec codec = Samples.codec();

    @Test
    void whatIsWrittenIsReadAgain() throws Exception {
        Random random = new Random(1);
        for (int round = 0; round < 5_000; round++) {
            Datagram datagram = Samples.random(random);

            byte[] bytes = Samples.encode(codec, datagram);
            Datagram read = Samples.decode(codec, bytes);

            assertThat(Samples.describe(read)).isEqualTo(Samples.describe(datagram));
            assertThat(Samples.encode(codec, read)).isEqualTo(bytes);
        }
    }

    @Test
    void directBuffersOfAnyPositionAndOrderDoAsWell() throws Exception {
        ByteBuffer buffer = ByteBuffer.allocateDirect(70_000).order(ByteOrder.LITTLE_ENDIAN);
        buffer.position(3);
        codec.encode(Samples.token(), buffer);
        buffer.flip().position(3).order(ByteOrder.LITTLE_ENDIAN);
        int limit = buffer.limit();

        Datagram read = codec.decode(buffer);

        assertThat(read).isEqualTo(Samples.token());
        assertThat(buffer.position()).isEqualTo(3);
        assertThat(buffer.limit()).isEqualTo(limit);
    }

    @Test
    void joinsAndProbesArePaddedToTheFrameLessTheEnvelope() {
        DatagramCodec codec = new DatagramCodec(Samples.CLUSTER, 1472);

        assertThat(Samples.encode(codec, Samples.join(false))).hasSize(1472 - 44);
        assertThat(Samples.encode(codec, new MergeProbe(Samples.member(Samples.A), Samples.RING, 1, 0)))
                .hasSize(1472 - 44);
    }

    @Test
    void sixtyFourMembersFitIntoJoinAndCommitToken() throws Exception {
        List<Member> members = IntStream.rangeClosed(1, 64)
                .mapToObj(slot -> Samples.member(new MemberId(slot, slot)))
                .toList();
        MemberSet ids = MemberSet.of(members.stream().map(Member::id).toList());
        Join join = new Join(members.get(0), true, 7, 1, 1, members, ids);
        List<Entry> entries = members.stream()
                .map(member -> new Entry(member, new OldRing(new RingId(member.id(), 3), 9, 10, 8, -1)))
                .toList();
        CommitToken commit = new CommitToken(Samples.RING, Samples.B, 128, randomSettings(), entries);

        assertThat(Samples.encode(codec, join)).hasSize(2739);
        assertThat(Samples.encode(codec, commit)).hasSize(5386);
        assertThat(Samples.decode(codec, Samples.encode(codec, join))).isEqualTo(join);
        assertThat(Samples.decode(codec, Samples.encode(codec, commit))).isEqualTo(commit);
    }

    @Test
    void anOldRingIsWrittenOnceForAllThatComeFromIt() {
        OldRing old = new OldRing(Samples.RING, 9, 10, 8, 3);
        Entry first = new Entry(Samples.member(Samples.A), old);
        Entry second = new Entry(Samples.member(Samples.B), old);

        int one = Samples.encode(codec, new CommitToken(Samples.RING, Samples.B, 1, randomSettings(), List.of(first)))
                .length;
        int two = Samples.encode(
                        codec, new CommitToken(Samples.RING, Samples.B, 1, randomSettings(), List.of(first, second)))
                .length;

        assertThat(two - one).isEqualTo(30 + 1 + 32);
    }

    @Test
    void aTokenWithAsManyRequestsAsAllowedFillsTheFrameAtMost() {
        for (int frameBytes : new int[] {512, 1400, 1472, 65_507}) {
            int requests = WireFormat.requestsMax(frameBytes);
            Token token = Samples.token();
            Token full = new Token(
                    token.ringId(),
                    token.destination(),
                    token.visit(),
                    token.sequence(),
                    token.aru(),
                    token.aruHolder(),
                    token.framesSent(),
                    token.backlog(),
                    token.recovering(),
                    token.holding(),
                    token.limit(),
                    token.limitHolder(),
                    token.nextLimit(),
                    token.nextLimitHolder(),
                    LongStream.rangeClosed(1, requests).toArray());

            assertThat(Samples.encode(codec, full).length).isLessThanOrEqualTo(frameBytes - 44);
        }
    }

    @Test
    void aJoinOfAnotherVersionIsReadAndItsRoomIgnored() throws Exception {
        byte[] bytes = Samples.encode(codec, Samples.join(false));
        bytes[WireFormat.VERSION_AT] = 9;
        bytes[bytes.length - 1] = 1;

        assertThat(Samples.decode(codec, bytes)).isEqualTo(Samples.join(false));
    }

    @Test
    void everythingElseOfAnotherVersionIsRefused() {
        for (Datagram datagram : Samples.golden().values()) {
            byte[] bytes = Samples.encode(codec, datagram);
            bytes[WireFormat.VERSION_AT] = (byte) (datagram instanceof Join ? 0 : 9);

            assertThat(reasonFor(bytes)).isEqualTo(Reason.OTHER_VERSION);
        }
    }

    @Test
    void strangersAreRefusedByName() {
        byte[] bytes = Samples.encode(codec, Samples.token());

        assertThat(reasonFor(with(bytes, 0, 0x54))).isEqualTo(Reason.BAD_MAGIC);
        assertThat(reasonFor(with(bytes, 3, 7))).isEqualTo(Reason.UNKNOWN_TYPE);
        assertThat(reasonFor(with(bytes, 7, bytes[7] + 1))).isEqualTo(Reason.OTHER_CLUSTER);
        assertThat(reasonFor(Samples.encode(new DatagramCodec("other", 512), Samples.token())))
                .isEqualTo(Reason.OTHER_CLUSTER);
        assertThat(reasonFor(new byte[7])).isEqualTo(Reason.TOO_SHORT);
        assertThat(reasonFor(new byte[WireFormat.DATAGRAM_BYTES_MAX + 1])).isEqualTo(Reason.TOO_LONG);
    }

    @Test
    void everyDatagramIsRefusedWhenItIsCutAndWhenSomethingFollows() {
        for (Datagram datagram : Samples.golden().values()) {
            byte[] bytes = Samples.encode(codec, datagram);
            byte[] longer = Arrays.copyOf(bytes, bytes.length + 1);
            longer[bytes.length] = 1;
            boolean padded = datagram instanceof Join || datagram instanceof MergeProbe;
            int shortest = padded ? WireFormat.JOIN_BYTES : bytes.length;

            assertThat(reasonFor(longer)).isEqualTo(Reason.TRAILING_BYTES);
            for (int length = 0; length < shortest; length++) {
                assertThat(reasonFor(Arrays.copyOf(bytes, length)))
                        .as("%s cut to %d bytes", datagram, length)
                        .isEqualTo(Reason.TOO_SHORT);
            }
        }
    }

    @Test
    void valuesThatAFieldCannotHaveAreRefused() {
        byte[] token = Samples.encode(codec, Samples.token());
        byte[] join = Samples.encode(codec, Samples.join(true));
        byte[] probe = Samples.encode(codec, new MergeProbe(Samples.member(Samples.A), Samples.RING, 1, 0));

        assertThat(reasonFor(with(token, 64, 64))).as("place").isEqualTo(Reason.BAD_VALUE);
        assertThat(reasonFor(with(token, 65, 0x80))).as("frames sent").isEqualTo(Reason.BAD_VALUE);
        assertThat(reasonFor(with(token, 73, 2))).as("recovering").isEqualTo(Reason.BAD_VALUE);
        assertThat(reasonFor(with(token, 93, 129))).as("requests").isEqualTo(Reason.BAD_COUNT);
        assertThat(reasonFor(with(token, 93, 128)))
                .as("requests that are not there")
                .isEqualTo(Reason.TOO_SHORT);
        assertThat(reasonFor(with(token, 101, token[109]))).as("equal requests").isEqualTo(Reason.NOT_ASCENDING);
        assertThat(reasonFor(with(token, 40, 0x80))).as("visit").isEqualTo(Reason.BAD_VALUE);
        assertThat(reasonFor(with(join, 47, 0))).as("oldest version").isEqualTo(Reason.BAD_VALUE);
        assertThat(reasonFor(with(join, 47, 4))).as("version range").isEqualTo(Reason.BAD_VALUE);
        assertThat(reasonFor(with(join, 49, 65))).as("candidates").isEqualTo(Reason.BAD_COUNT);
        assertThat(reasonFor(with(join, 49, 0))).as("no candidates").isEqualTo(Reason.BAD_COUNT);
        assertThat(reasonFor(with(join, 49, 64)))
                .as("candidates that are not there")
                .isEqualTo(Reason.TOO_SHORT);
        assertThat(reasonFor(with(join, 54, 9))).as("candidates out of order").isEqualTo(Reason.NOT_ASCENDING);
        assertThat(reasonFor(with(join, join.length - 1, 1))).as("padding").isEqualTo(Reason.TRAILING_BYTES);
        assertThat(reasonFor(with(probe, 65, 0))).as("nonce").isEqualTo(Reason.BAD_VALUE);
        assertThat(reasonFor(with(with(probe, 36, 0), 37, 0))).as("port").isEqualTo(Reason.BAD_VALUE);
        assertThat(reasonFor(with(probe, 11, 0))).as("slot").isEqualTo(Reason.BAD_VALUE);
    }

    @Test
    void whatIsWrittenTwiceIsRefused() {
        byte[] join = Samples.encode(codec, Samples.join(true));
        byte[] commit = Samples.encode(codec, Samples.commitToken());
        int failedAt = WireFormat.JOIN_BYTES + 3 * 30;
        int entryBytes = 30 + 1 + 20 + 32;
        byte[] sameRing = commit.clone();
        System.arraycopy(commit, 74 + 31, sameRing, 74 + entryBytes + 31, 20);
        byte[] sameMember = commit.clone();
        System.arraycopy(commit, 74, sameMember, 74 + entryBytes, 30);

        assertThat(reasonFor(twice(join, WireFormat.JOIN_BYTES, 30)))
                .as("candidate")
                .isEqualTo(Reason.NOT_ASCENDING);
        assertThat(reasonFor(twice(join, failedAt, 12))).as("failed member").isEqualTo(Reason.NOT_ASCENDING);
        assertThat(reasonFor(sameMember)).as("entry").isEqualTo(Reason.NOT_ASCENDING);
        assertThat(reasonFor(sameRing)).as("old ring").isEqualTo(Reason.BAD_VALUE);
    }

    @Test
    void aBodyThatNobodyCouldTakeApartIsRefused() {
        byte[] frame = Samples.encode(codec, Samples.agreed());
        byte[] noBody = with(Arrays.copyOf(frame, WireFormat.DATA_HEADER_BYTES), 9, 0);

        assertThat(reasonFor(with(frame, 50, 2)))
                .as("safe without safe message")
                .isEqualTo(Reason.BAD_VALUE);
        assertThat(reasonFor(with(frame, 50, 3))).as("recovery").isNotNull();
        assertThat(reasonFor(with(frame, 58, 0))).as("first number").isEqualTo(Reason.BAD_VALUE);
        assertThat(reasonFor(with(frame, 59, 0x87))).as("safe message").isEqualTo(Reason.BAD_VALUE);
        assertThat(reasonFor(with(frame, 59, 0x93))).as("flags").isEqualTo(Reason.BAD_VALUE);
        assertThat(reasonFor(with(frame, 60, 1))).as("group").isEqualTo(Reason.BAD_VALUE);
        assertThat(reasonFor(with(frame, 61, 0))).as("name").isEqualTo(Reason.BAD_COUNT);
        assertThat(reasonFor(with(frame, 62, 0xFF)))
                .as("name that is not UTF-8")
                .isEqualTo(Reason.BAD_VALUE);
        assertThat(reasonFor(noBody)).isEqualTo(Reason.TOO_SHORT);
    }

    @Test
    void aRecoveryFrameInsideARecoveryFrameIsRefused() {
        byte[] bytes = Samples.encode(codec, Samples.recovery(Samples.agreed()));
        int innerKind = WireFormat.DATA_HEADER_BYTES + 1 + (50 - 10);
        int innerNumber = innerKind + 8;

        assertThat(reasonFor(with(with(bytes, innerKind, 3), innerNumber, 0))).isEqualTo(Reason.BAD_VALUE);
        assertThatThrownBy(() -> RecoveryBody.encode(Samples.recovery(Samples.agreed())))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void theExceptionSaysWhereAndWhatWithoutATrace() {
        byte[] bytes = with(Samples.encode(codec, Samples.token()), 73, 7);

        MalformedDatagramException refused =
                catchThrowableOfType(MalformedDatagramException.class, () -> Samples.decode(codec, bytes));

        assertThat(refused).hasMessage("BAD_VALUE at byte 73: expected 0 or 1, found 7");
        assertThat(refused.getStackTrace()).isEmpty();
    }

    @Test
    void whatCannotBeWrittenIsSaidToTheCaller() {
        Member a = Samples.member(Samples.A);
        Member b = Samples.member(Samples.B);
        Join unsorted = new Join(a, false, 1, 1, 1, List.of(b, a), MemberSet.of());
        DataFrame large = new DataFrame(
                Samples.RING, Samples.A, 1, DataFrame.Kind.AGREED, 1, new byte[WireFormat.BODY_BYTES_MAX + 1]);
        ByteBuffer target = ByteBuffer.allocate(70_000);

        assertThatThrownBy(() -> codec.encode(unsorted, target)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> codec.encode(large, target)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new DatagramCodec("c", 511)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void idsOfAKnownRingAreTheSameObjects() throws Exception {
        byte[] bytes = Samples.encode(codec, Samples.agreed());

        DataFrame first = (DataFrame) Samples.decode(codec, bytes);
        DataFrame second = (DataFrame) Samples.decode(codec, bytes);

        assertThat(second.ringId()).isSameAs(first.ringId());
        assertThat(second.sender()).isSameAs(first.sender());
    }

    private static RingSettings randomSettings() {
        return new RingSettings(1, 1472, 80, 800_000_000, 80_000_000, 40_000_000);
    }

    private Reason reasonFor(byte[] bytes) {
        MalformedDatagramException refused =
                catchThrowableOfType(MalformedDatagramException.class, () -> Samples.decode(codec, bytes));
        return refused == null ? null : refused.reason();
    }

    /** The same bytes, with those from here on once more in the place of those that follow. */
    private static byte[] twice(byte[] bytes, int at, int length) {
        byte[] changed = bytes.clone();
        System.arraycopy(bytes, at, changed, at + length, length);
        return changed;
    }

    private static byte[] with(byte[] bytes, int at, int value) {
        byte[] changed = bytes.clone();
        changed[at] = (byte) value;
        return changed;
    }
}
