package io.vsring.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vsring.Guarantee;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class PackerTest {

    private static final int BODY_BYTES = WireFormat.bodyBytesMax(1472);

    private final Packer packer = new Packer(BODY_BYTES);

    @Test
    void aSmallMessageCostsFourBytesAndItsGroupsNameOnce() throws Exception {
        packer.begin();
        packer.pack(Samples.message(1, "locks", 16), 0);
        packer.pack(Samples.message(2, "locks", 16), 0);
        packer.pack(Samples.message(3, "locks", 16), 0);

        byte[] body = packer.finish();

        assertThat(body).hasSize(3 * (4 + 16) + 1 + "locks".length());
        Unpacker.check(body, DataFrame.Kind.AGREED);
    }

    @Test
    void anEmptyMessageEndsWhereItBegins() {
        packer.begin();

        assertThat(packer.isEmpty()).isTrue();
        assertThat(packer.pack(Samples.message(1, "g", 0), 0)).isZero();
        assertThat(packer.isEmpty()).isFalse();
        assertThat(packer.endings()).isEqualTo(1);
        assertThat(packer.finish()).hasSize(4 + 2);
    }

    @Test
    void anEmptyMessageThatDoesNotFitIsNotTakenForOneThatEnded() {
        packer.begin();
        packer.pack(Samples.message(1, "g", BODY_BYTES - 6), 0);

        assertThat(packer.pack(Samples.message(2, "g", 0), 0)).isEqualTo(Packer.FULL);
        assertThat(packer.endings()).isEqualTo(1);
    }

    @Test
    void aMessageThatJustFitsIsNotCut() {
        int fits = BODY_BYTES - 4 - 2;
        packer.begin();
        assertThat(packer.pack(Samples.message(1, "g", fits), 0)).isEqualTo(fits);
        assertThat(packer.finish()).hasSize(BODY_BYTES);

        packer.begin();
        assertThat(packer.pack(Samples.message(1, "g", fits + 1), 0)).isEqualTo(BODY_BYTES - 8 - 2);
        assertThat(packer.finish()).hasSize(BODY_BYTES);

        packer.begin();
        assertThat(packer.pack(Samples.message(1, "g", fits + 1), BODY_BYTES - 8 - 2))
                .isEqualTo(fits + 1);
        assertThat(packer.endings()).isEqualTo(1);
    }

    @Test
    void aBodyThatRefusedAMessageIsAsLongAsOneThatIsFilled() throws Exception {
        packer.begin();
        packer.pack(Samples.message(1, "g", BODY_BYTES - 50), 0);
        assertThat(packer.pack(Samples.message(2, "g", 60), 0)).isEqualTo(Packer.FULL);
        assertThat(packer.pack(Samples.message(2, "g", 1), 0))
                .as("full is full")
                .isEqualTo(Packer.FULL);

        byte[] body = packer.finish();

        assertThat(body).hasSize(BODY_BYTES).endsWith(new byte[40]);
        Unpacker.check(body, DataFrame.Kind.AGREED);
    }

    @Test
    void aBodyThatIsNotFullIsAsShortAsItCanBe() {
        packer.begin();
        packer.pack(Samples.message(1, "g", BODY_BYTES - 50), 0);

        assertThat(packer.finish()).hasSize(BODY_BYTES - 50 + 4 + 2);
    }

    @Test
    void aFrameIsSafeIfASafeMessageEndsInIt() {
        OutgoingMessage large = new OutgoingMessage(2, new byte[] {'g'}, Guarantee.SAFE, new byte[BODY_BYTES]);
        packer.begin();
        packer.pack(Samples.message(1, "g", 10), 0);
        int offset = packer.pack(large, 0);
        assertThat(packer.kind()).isEqualTo(DataFrame.Kind.AGREED);
        assertThat(packer.firstNumber()).isEqualTo(1);
        packer.finish();

        packer.begin();
        packer.pack(large, offset);
        packer.pack(Samples.message(3, "g", 10), 0);
        assertThat(packer.kind()).isEqualTo(DataFrame.Kind.SAFE);
        assertThat(packer.firstNumber()).isEqualTo(2);
        assertThat(packer.endings()).isEqualTo(2);
    }

    @Test
    void equalNamesAreOneGroupWhateverArrayTheyAreIn() {
        packer.begin();
        packer.pack(Samples.message(1, "one", 1), 0);
        packer.pack(Samples.message(2, "two", 1), 0);
        packer.pack(Samples.message(3, "one", 1), 0);
        packer.pack(Samples.message(4, "two", 1), 0);

        assertThat(packer.finish()).hasSize(4 * (4 + 1) + 2 * (1 + 3));
    }

    @Test
    void aBodyNames256GroupsAtMost() throws Exception {
        Packer packer = new Packer(WireFormat.bodyBytesMax(65_507));
        packer.begin();
        for (int number = 1; number <= 256; number++) {
            assertThat(packer.pack(Samples.message(number, "group" + number, 1), 0))
                    .isEqualTo(1);
        }
        assertThat(packer.pack(Samples.message(257, "group7", 1), 0)).isEqualTo(1);

        assertThat(packer.pack(Samples.message(258, "another", 1), 0)).isEqualTo(Packer.FULL);
        Unpacker.check(packer.finish(), DataFrame.Kind.AGREED);
    }

    @Test
    void everyBodySizeTakesSomethingOfAnyMessage() {
        String longestName = "n".repeat(64);
        for (int frameBytes : new int[] {512, 513, 1472, 65_506, 65_507}) {
            Packer packer = new Packer(WireFormat.bodyBytesMax(frameBytes));
            packer.begin();

            assertThat(packer.pack(Samples.message(1, longestName, 1 << 20), 0)).isGreaterThanOrEqualTo(64);
            assertThat(packer.finish()).hasSize(packer.bodyBytes());
        }
    }

    @Test
    void finishedBodiesAreNeverWrittenAgain() {
        packer.begin();
        packer.pack(Samples.message(1, "g", 100), 0);
        byte[] shortBody = packer.finish();
        packer.begin();
        packer.pack(Samples.message(2, "g", 5_000), 0);
        byte[] longBody = packer.finish();
        byte[] shortCopy = shortBody.clone();
        byte[] longCopy = longBody.clone();

        packer.begin();
        packer.pack(Samples.message(9, "x", 5_000), 0);

        assertThat(shortBody).isEqualTo(shortCopy);
        assertThat(longBody).isEqualTo(longCopy);
    }

    @Test
    void whatIsNotTheNextMessageIsRefused() {
        byte[] noName = {};
        byte[] longName = "n".repeat(65).getBytes(StandardCharsets.UTF_8);
        packer.begin();
        packer.pack(Samples.message(1, "g", 100), 0);

        assertThatThrownBy(() -> packer.pack(Samples.message(3, "g", 1), 0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("message 2");
        assertThatThrownBy(() -> packer.pack(Samples.message(2, "g", 100), 50))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> packer.pack(new OutgoingMessage(2, noName, Guarantee.SAFE, noName), 0))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> packer.pack(new OutgoingMessage(2, longName, Guarantee.SAFE, noName), 0))
                .isInstanceOf(IllegalArgumentException.class);
        assertThat(packer.pack(Samples.message(2, "g", 1), 0))
                .as("refusing changed nothing")
                .isEqualTo(1);
    }

    @Test
    void anEmptyBodyIsNeverFinished() {
        assertThatThrownBy(() -> packer.pack(Samples.message(1, "g", 1), 0)).isInstanceOf(IllegalStateException.class);
        packer.begin();
        assertThatThrownBy(packer::finish).isInstanceOf(IllegalStateException.class);
    }
}
