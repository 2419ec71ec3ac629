package io.vsring.sample;

import static org.assertj.core.api.Assertions.assertThat;

import io.vsring.Delivery;
import io.vsring.Guarantee;
import io.vsring.MemberId;
import io.vsring.MemberSet;
import io.vsring.RingConfiguration;
import io.vsring.RingId;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class TimelineTest {

    private static final MemberId A = new MemberId(1, 10);
    private final Timeline timeline = new Timeline();

    @Test
    void beginsWithTheConfigurationOfTheFirstMessage() {
        timeline.onConfiguration(configuration(1));
        timeline.onConfiguration(configuration(2));
        timeline.onMessage(new Text("a", 1));
        timeline.onConfiguration(configuration(3));

        assertThat(timeline.entries())
                .extracting(TimelineEntry::type)
                .containsExactly("configuration", "message", "configuration");
        assertThat(timeline.entries().get(0)).isEqualTo(TimelineEntry.Configuration.of(configuration(2)));
    }

    @Test
    void keepsTheLastThousand() {
        for (int number = 1; number <= 1500; number++) {
            timeline.onMessage(new Text("a", number));
        }

        assertThat(timeline.entries()).hasSize(1000);
        assertThat(timeline.entries().get(0)).isEqualTo(TimelineEntry.Message.of(new Text("a", 501)));
    }

    @Test
    void showsTextAsTextAndOtherBytesAsBase64() {
        TimelineEntry.Message text = TimelineEntry.Message.of(new Text("größer", 1));
        TimelineEntry.Message bytes = TimelineEntry.Message.of(new Text("\0", 1, new byte[] {(byte) 0xFF, 0}));

        assertThat(text.text()).isEqualTo("größer");
        assertThat(text.base64()).isNull();
        assertThat(bytes.text()).isNull();
        assertThat(bytes.base64()).isEqualTo("/wA=");
    }

    @Test
    void cutsALongTextBetweenTwoCharacters() {
        TimelineEntry.Message message = TimelineEntry.Message.of(new Text("x" + "ö".repeat(5000), 1));

        assertThat(message.text()).startsWith("xö").hasSize(2048);
        assertThat(message.length()).isEqualTo(10_001);
    }

    private static RingConfiguration configuration(long ring) {
        return RingConfiguration.regular(new RingId(A, ring), MemberSet.of(A));
    }

    private record Text(String text, long sequence, byte[] message) implements Delivery {

        Text(String text, long sequence) {
            this(text, sequence, text.getBytes(StandardCharsets.UTF_8));
        }

        @Override
        public MemberId sender() {
            return A;
        }

        @Override
        public long number() {
            return sequence;
        }

        @Override
        public String group() {
            return "g";
        }

        @Override
        public Guarantee guarantee() {
            return Guarantee.AGREED;
        }

        @Override
        public RingConfiguration configuration() {
            return TimelineTest.configuration(1);
        }

        @Override
        public int index() {
            return 0;
        }

        @Override
        public int length() {
            return message.length;
        }

        @Override
        public ByteBuffer bytes() {
            return ByteBuffer.wrap(message);
        }

        @Override
        public Delivery copy() {
            return this;
        }
    }
}
