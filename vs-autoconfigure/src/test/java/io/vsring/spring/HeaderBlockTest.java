package io.vsring.spring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.vsring.Delivery;
import io.vsring.Guarantee;
import io.vsring.MemberId;
import io.vsring.MemberSet;
import io.vsring.RingConfiguration;
import io.vsring.RingId;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HeaderBlockTest {

    private static final MemberId A = new MemberId(1, 1);
    private static final RingConfiguration ALONE = RingConfiguration.regular(new RingId(A, 1), MemberSet.of(A));
    private static final byte MARK = (byte) 0xFF;

    @Test
    void costsNothingWhereThereAreNoHeaders() {
        byte[] payload = "hello".getBytes(StandardCharsets.UTF_8);

        byte[] message = HeaderBlock.inFrontOf(payload, Map.of());
        Delivery delivery = delivery(message);

        assertThat(message).isSameAs(payload);
        assertThat(HeaderBlock.open(delivery)).isSameAs(delivery);
        assertThat(HeaderBlock.of(delivery)).isEmpty();
    }

    @Test
    void carriesHeadersInTheirOrderAndThePayloadBehindThem() {
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put("tenant", "Größe");
        headers.put("empty", "");
        headers.put("unread", "what another could not read: \uFFFD");
        headers.put("attempt", "2");

        Delivery opened = HeaderBlock.open(delivery(HeaderBlock.inFrontOf(new byte[] {1, 2, 3}, headers)));

        assertThat(HeaderBlock.of(opened)).containsExactlyEntriesOf(headers);
        assertThat(opened.toByteArray()).containsExactly(1, 2, 3);
        assertThat(opened.length()).isEqualTo(3);
        assertThat(opened.bytes().remaining()).isEqualTo(3);
        assertThat(opened.sequence()).isEqualTo(7);
    }

    @Test
    void bytesThatLookLikeHeadersArriveAsTheyWereSent() {
        byte[] payload = HeaderBlock.inFrontOf(new byte[] {9}, Map.of("a", "b"));

        Delivery opened = HeaderBlock.open(delivery(HeaderBlock.inFrontOf(payload, Map.of())));

        assertThat(opened.toByteArray()).isEqualTo(payload);
        assertThat(HeaderBlock.of(opened)).isEmpty();
    }

    @Test
    void aHeaderThatIsNoTextIsNotRepaired() {
        byte[] message = HeaderBlock.inFrontOf(new byte[] {9}, Map.of("a", "b"));
        message[message.length - 2] = MARK; // the "b"

        Delivery opened = HeaderBlock.open(delivery(message));

        assertThat(opened.toByteArray()).isEqualTo(message);
        assertThat(HeaderBlock.of(opened)).isEmpty();
    }

    @Test
    void whatIsNoBlockOfOursIsLeftAlone() {
        byte[] whole = HeaderBlock.inFrontOf(new byte[0], Map.of("name", "value"));
        for (int length = 1; length < whole.length; length++) {
            byte[] cut = new byte[length];
            System.arraycopy(whole, 0, cut, 0, length);

            Delivery opened = HeaderBlock.open(delivery(cut));

            assertThat(opened.toByteArray()).isEqualTo(cut);
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void noBytesMakeItThrow(long seed) {
        Random random = new Random(seed);
        for (int round = 0; round < 20_000; round++) {
            byte[] noise = new byte[1 + random.nextInt(24)];
            random.nextBytes(noise);
            noise[0] = MARK;
            if (noise.length > 2) {
                noise[1] = 0;
                noise[2] = (byte) random.nextInt(24);
            }

            Delivery opened = HeaderBlock.open(delivery(noise));

            assertThat(opened.length()).isLessThanOrEqualTo(noise.length);
        }
    }

    @Test
    void refusesHeadersThatDoNotFit() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> HeaderBlock.inFrontOf(new byte[0], Map.of("long", "x".repeat(HeaderBlock.BYTES_MAX))))
                .withMessageContaining("at most 8192 bytes")
                .withMessageContaining("'long'");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> HeaderBlock.inFrontOf(new byte[0], Map.of("", "x")))
                .withMessageContaining("name of a header has 1 to 255 bytes");
    }

    private static Delivery delivery(byte[] message) {
        return new MemoryDelivery(A, 1, "orders", Guarantee.AGREED, ALONE, 7, message);
    }
}
