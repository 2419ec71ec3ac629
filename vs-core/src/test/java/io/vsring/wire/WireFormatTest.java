package io.vsring.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vsring.Guarantee;
import org.junit.jupiter.api.Test;

class WireFormatTest {

    @Test
    void theLargestFrameFitsWithItsEnvelopeAlsoWhenItIsRecovered() {
        for (int frameBytes : new int[] {512, 1400, 1472, 8972, 65_507}) {
            Packer packer = new Packer(WireFormat.bodyBytesMax(frameBytes));
            packer.begin();
            packer.pack(Samples.message(1, "g", 100_000), 0);
            DataFrame frame = new DataFrame(Samples.RING, Samples.A, 1, packer.kind(), 1, packer.finish());
            DatagramCodec codec = new DatagramCodec(Samples.CLUSTER, frameBytes);

            int recovery = Samples.encode(codec, Samples.recovery(frame)).length;

            assertThat(recovery + WireFormat.ENVELOPE_BYTES).isEqualTo(frameBytes);
        }
    }

    @Test
    void theNumbersOfThePageAreTheNumbersOfTheCode() {
        assertThat(WireFormat.bodyBytesMax(1472)).isEqualTo(1319);
        assertThat(WireFormat.bodyBytesMax(65_507)).isEqualTo(65_354);
        assertThat(WireFormat.requestsMax(512)).isEqualTo(46);
        assertThat(WireFormat.requestsMax(65_507)).isEqualTo(128);
        assertThat(WireFormat.DATAGRAM_BYTES_MAX).isEqualTo(65_463);
    }

    @Test
    void framesAreEstimatedWithinOneInTwenty() {
        int bodyBytes = WireFormat.bodyBytesMax(1472);
        for (int length : new int[] {0, 16, 100, 1000, 100_000}) {
            int messages = 500;
            Packer packer = new Packer(bodyBytes);
            long frames = 0;
            int offset = 0;
            byte[] name = {'g'};
            byte[] bytes = new byte[length];
            for (int number = 1; number <= messages; frames++) {
                packer.begin();
                int next = 0;
                while (number <= messages && next != Packer.FULL) {
                    next = packer.pack(new OutgoingMessage(number, name, Guarantee.AGREED, bytes), offset);
                    offset = next == Packer.FULL ? offset : next;
                    if (next == length) {
                        number++;
                        offset = 0;
                    }
                }
            }

            long estimate = WireFormat.framesFor(messages, (long) messages * length, bodyBytes);

            assertThat((double) estimate / frames)
                    .as("messages of %d bytes", length)
                    .isBetween(0.95, 1.05);
        }
        assertThat(WireFormat.framesFor(0, 0, bodyBytes)).isZero();
    }

    @Test
    void frameSizesThatCannotBeAreRefused() {
        assertThatThrownBy(() -> WireFormat.bodyBytesMax(511)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> WireFormat.bodyBytesMax(65_508)).isInstanceOf(IllegalArgumentException.class);
    }
}
