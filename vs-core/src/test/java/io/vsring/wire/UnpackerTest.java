package io.vsring.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.vsring.Guarantee;
import io.vsring.MemberId;
import io.vsring.wire.MalformedDatagramException.Reason;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;

class UnpackerTest {

    private final Unpacker unpacker = new Unpacker();
    private final List<String> heard = new ArrayList<>();

    @Test
    void messagesComeInOrderWithAllThatIsKnownOfThem() {
        unpacker.accept(
                Samples.frame(
                        7,
                        Samples.message(101, "locks", Guarantee.AGREED, "lock"),
                        Samples.message(102, "größe", Guarantee.SAFE, ""),
                        Samples.message(103, "locks", Guarantee.AGREED, "unlock")),
                this::hear);

        assertThat(heard)
                .containsExactly(
                        "1 101 locks AGREED 7/0 4 bytes",
                        "1 102 größe SAFE 7/1 0 bytes",
                        "1 103 locks AGREED 7/2 6 bytes");
    }

    @Test
    void aWholeMessageIsNotCopiedAndItsGroupIsOneString() {
        DataFrame frame = Samples.agreed();
        List<String> groups = new ArrayList<>();

        unpacker.accept(frame, message -> {
            assertThat(message.array()).isSameAs(frame.body());
            groups.add(message.group());
        });
        unpacker.accept(Samples.agreed(), message -> groups.add(message.group()));

        assertThat(groups).hasSize(6);
        assertThat(groups.get(2)).isSameAs(groups.get(0));
        assertThat(groups.get(3)).isSameAs(groups.get(0));
    }

    @Test
    void aMessageInPiecesIsPutTogether() {
        Samples.pieces()
                .forEach(frame -> unpacker.accept(frame, message -> {
                    assertThat(message.array())
                            .isEqualTo(Samples.message(5, "maps", 1000).bytes());
                    hear(message);
                }));

        assertThat(heard).containsExactly("2 5 maps AGREED 12/0 1000 bytes");
        assertThat(unpacker.incompleteBytes()).isZero();
    }

    @Test
    void theRoomForPiecesIsUsedAgainAndALargeOneIsNotKept() {
        byte[] small = putTogether(1, 3000);
        assertThat(putTogether(2, 1000))
                .as("shorter, and nothing of the longer one is in it")
                .isSameAs(small);

        byte[] large = putTogether(3, 2 * Unpacker.KEPT_BYTES_MAX);
        assertThat(putTogether(4, 1000)).isNotSameAs(large).hasSizeLessThan(Unpacker.KEPT_BYTES_MAX);
        assertThat(unpacker.incompleteBytes()).isZero();
    }

    /** Where a message in pieces has been put; its bytes have been compared. */
    private byte[] putTogether(long number, int bytes) {
        OutgoingMessage message = Samples.message(number, "maps", bytes);
        Packer packer = new Packer(WireFormat.bodyBytesMax(512));
        List<byte[]> arrays = new ArrayList<>();
        for (int offset = 0; offset < bytes; ) {
            packer.begin();
            offset = packer.pack(message, offset);
            unpacker.accept(packer.frame(Samples.RING, Samples.B, number), found -> {
                assertThat(Arrays.copyOfRange(found.array(), found.offset(), found.offset() + found.length()))
                        .isEqualTo(message.bytes());
                arrays.add(found.array());
            });
        }
        assertThat(arrays).hasSize(1);
        return arrays.get(0);
    }

    @Test
    void whoMissedTheBeginningCountsTheEndingAllTheSame() {
        Packer packer = new Packer(WireFormat.bodyBytesMax(512));
        OutgoingMessage large = Samples.message(5, "maps", 500);
        packer.begin();
        int offset = packer.pack(large, 0);
        packer.finish();
        packer.begin();
        packer.pack(large, offset);
        packer.pack(Samples.message(6, "maps", 10), 0);
        DataFrame second = new DataFrame(Samples.RING, Samples.B, 2, packer.kind(), 5, packer.finish());

        unpacker.accept(second, this::hear);

        assertThat(heard).containsExactly("2 6 maps AGREED 2/1 10 bytes");
    }

    @Test
    void aMessageWithAMissingPieceIsLeftOutAndTheNextIsNot() {
        List<DataFrame> pieces = Samples.pieces();
        unpacker.accept(pieces.get(0), this::hear);
        unpacker.accept(pieces.get(2), this::hear);

        assertThat(heard).isEmpty();
        assertThat(unpacker.incompleteBytes()).isZero();

        pieces.forEach(frame -> unpacker.accept(frame, this::hear));
        assertThat(heard).hasSize(1);
    }

    @Test
    void thePieceOfAnotherMessageIsNotTakenForOneThatFits() {
        List<DataFrame> pieces = Samples.pieces();
        DataFrame last = pieces.get(2);
        unpacker.accept(pieces.get(0), this::hear);
        unpacker.accept(pieces.get(1), this::hear);

        unpacker.accept(new DataFrame(last.ringId(), last.sender(), 12, last.kind(), 6, last.body()), this::hear);

        assertThat(heard).isEmpty();
        assertThat(unpacker.incompleteBytes()).isZero();
    }

    @Test
    void noMessageSpansAReset() {
        List<DataFrame> pieces = Samples.pieces();
        unpacker.accept(pieces.get(0), this::hear);
        unpacker.accept(pieces.get(1), this::hear);

        unpacker.reset();

        assertThat(unpacker.incompleteBytes()).isZero();
        unpacker.accept(pieces.get(2), this::hear);
        assertThat(heard).isEmpty();
    }

    @Test
    void aMessageThatBeginsAgainReplacesItsFirstBeginning() {
        List<DataFrame> pieces = Samples.pieces();
        unpacker.accept(pieces.get(0), this::hear);
        unpacker.accept(pieces.get(1), this::hear);

        pieces.forEach(frame -> unpacker.accept(frame, this::hear));

        assertThat(heard).hasSize(1);
    }

    @Test
    void whatIsAnnouncedTakesNoMemoryBeforeItArrives() throws Exception {
        byte[] body = HexFormat.of().parseHex("81 00 01 67 00 03 04000000 010203".replace(" ", ""));
        Unpacker.check(body, DataFrame.Kind.AGREED);

        unpacker.accept(new DataFrame(Samples.RING, Samples.A, 1, DataFrame.Kind.AGREED, 1, body), this::hear);

        assertThat(unpacker.incompleteBytes()).isEqualTo(3);
    }

    @Test
    void eachSenderHasOneBeginningHoweverManyItBegins() {
        DataFrame first = Samples.pieces().get(0);
        unpacker.accept(first, this::hear);
        long one = unpacker.incompleteBytes();
        for (int round = 0; round < 3; round++) {
            for (int slot = 1; slot <= WireFormat.MEMBERS_MAX; slot++) {
                MemberId sender = new MemberId(slot, 1);
                unpacker.accept(
                        new DataFrame(first.ringId(), sender, 10, first.kind(), 5 + round, first.body()), this::hear);
            }
        }

        assertThat(unpacker.incompleteBytes()).isEqualTo(one * (WireFormat.MEMBERS_MAX + 1));
        unpacker.reset();
        assertThat(unpacker.incompleteBytes()).isZero();
        Samples.pieces().forEach(frame -> unpacker.accept(frame, this::hear));
        assertThat(heard).hasSize(1);
    }

    @Test
    void recoveryFramesAreNotTakenApart() {
        DataFrame recovery = Samples.recovery(Samples.agreed());

        assertThatThrownBy(() -> unpacker.accept(recovery, this::hear)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void aFrameComesOutOfARecoveryFrameAsItWas() throws Exception {
        DataFrame old = Samples.agreed();

        DataFrame again = RecoveryBody.decode(RecoveryBody.encode(old));

        assertThat(Samples.describe(again)).isEqualTo(Samples.describe(old));
    }

    @Test
    void bodiesThatDoNotFitTogetherAreRefused() {
        assertThat(refused("")).as("nothing").isEqualTo(Reason.TOO_SHORT);
        assertThat(refused("00")).as("nothing but padding").isEqualTo(Reason.TOO_SHORT);
        assertThat(refused("83 00 01 67 0001 aa")).as("a whole message").isNull();
        assertThat(refused("83 00 01 67 0001 aa 0000")).as("padding").isNull();
        assertThat(refused("83 00 01 67 0001 aa 0001")).as("padding of ones").isEqualTo(Reason.TRAILING_BYTES);
        assertThat(refused("83 00 01 67 0002 aa")).as("a message cut").isEqualTo(Reason.TOO_SHORT);
        assertThat(refused("83 00 01 67 00")).as("a length cut").isEqualTo(Reason.TOO_SHORT);
        assertThat(refused("83 00 02 67")).as("a name cut").isEqualTo(Reason.TOO_SHORT);
        assertThat(refused("83 00")).as("no name").isEqualTo(Reason.TOO_SHORT);
        assertThat(refused("83")).as("no group").isEqualTo(Reason.TOO_SHORT);
        assertThat(refused("83 00 41" + "67".repeat(65) + "0000"))
                .as("a long name")
                .isEqualTo(Reason.BAD_COUNT);
        assertThat(refused("83 01 01 67 0000")).as("a group left out").isEqualTo(Reason.BAD_VALUE);
        assertThat(refused("82 0001 aa")).as("a last piece").isNull();
        assertThat(refused("80 0001 aa")).as("a middle piece").isNull();
        assertThat(refused("80 0000")).as("a piece of nothing").isEqualTo(Reason.BAD_VALUE);
        assertThat(refused("80 0001 aa 82 0001 aa")).as("behind a middle piece").isEqualTo(Reason.BAD_VALUE);
        assertThat(refused("82 0001 aa 82 0001 aa")).as("two last pieces").isEqualTo(Reason.BAD_VALUE);
        assertThat(refused("84 0001 aa")).as("safe without end").isEqualTo(Reason.BAD_VALUE);
        assertThat(refused("86 0001 aa")).as("safe in an agreed frame").isEqualTo(Reason.BAD_VALUE);
        assertThat(refused("03 00 01 67 0001 aa")).as("no entry").isEqualTo(Reason.BAD_VALUE);
        assertThat(refused("81 00 01 67 0001 00000002 aa")).as("a first piece").isNull();
        assertThat(refused("81 00 01 67 0001 00000001 aa"))
                .as("all in the first piece")
                .isEqualTo(Reason.BAD_VALUE);
        assertThat(refused("81 00 01 67 0001 04000001 aa")).as("over 64 MiB").isEqualTo(Reason.BAD_VALUE);
        assertThat(refused("81 00 01 67 0001 80000000 aa")).as("over 2 GiB").isEqualTo(Reason.BAD_VALUE);
        assertThat(refused("81 00 01 67 0001 00000002 aa 82 0001 aa"))
                .as("its own end")
                .isEqualTo(Reason.BAD_VALUE);
        assertThat(refused("83 00 02 c0af 0000")).as("an overlong name").isEqualTo(Reason.BAD_VALUE);
        assertThat(refused("83 00 03 eda080 0000")).as("half a surrogate pair").isEqualTo(Reason.BAD_VALUE);
        assertThat(refused("83 00 03 efbfbd 0000"))
                .as("the replacement character itself")
                .isNull();
    }

    private void hear(UnpackedMessage message) {
        heard.add(message.sender().id() + " " + message.number() + " " + message.group() + " " + message.guarantee()
                + " " + message.frame().sequence() + "/" + message.index() + " " + message.length() + " bytes");
    }

    private static Reason refused(String hex) {
        byte[] body = HexFormat.of().parseHex(hex.replace(" ", ""));
        MalformedDatagramException refused = catchThrowableOfType(
                MalformedDatagramException.class, () -> Unpacker.check(body, DataFrame.Kind.AGREED));
        return refused == null ? null : refused.reason();
    }
}
