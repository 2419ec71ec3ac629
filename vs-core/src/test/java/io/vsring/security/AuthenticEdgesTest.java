package io.vsring.security;

import static org.assertj.core.api.Assertions.assertThat;

import io.vsring.security.Wire.Station;
import io.vsring.wire.WireFormat;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Datagrams that somebody with the key has sealed, at the edges of what there can be. */
class AuthenticEdgesTest {

    private static final long EPOCH = 1L << KeySchedule.EPOCH_BITS;

    private final Wire wire = new Wire();
    private final Station a = wire.add(1, 11);
    private final Station b = wire.add(2, 22);

    @BeforeEach
    void bothHaveGreeted() {
        a.greets(b);
    }

    @ParameterizedTest
    @EnumSource(CipherSuite.class)
    void theKeyChangesBetweenTwoCountersAndWhatIsLateStillComesIn(CipherSuite suite) {
        Keyring keys = new Keyring(Map.of(1, KeyringTest.secret(1)), 1, suite);
        Station c = wire.add(3, 33, keys, Wire.CLUSTER);
        Station d = wire.add(4, 44, keys, Wire.CLUSTER);
        c.greets(d);

        for (long epoch = EPOCH; epoch <= 3 * EPOCH; epoch += EPOCH) {
            assertThat(d.refusal(sealed(c, keys, epoch - 2, "before"))).isNull();
            assertThat(d.refusal(sealed(c, keys, epoch + 1, "behind"))).isNull();
            assertThat(d.refusal(sealed(c, keys, epoch - 1, "the last, late"))).isNull();
            assertThat(d.refusal(sealed(c, keys, epoch, "the first"))).isNull();
            assertThat(d.refusal(sealed(c, keys, epoch - 1, "the last, late")))
                    .as("once")
                    .isEqualTo(Rejection.REPLAYED);
        }
        assertThat(d.opened).hasSize(12);
    }

    @Test
    void whoSendsChangesItsKeyWhereThoseWhoOpenExpectIt() {
        long sent = a.sent.size();
        for (; sent < EPOCH - 2; sent++) {
            a.envelope.room().put((byte) 1);
            a.envelope.seal(Envelope.TO_ALL);
        }

        for (String text : new String[] {"last but one", "last", "first", "second"}) {
            sent++;
            byte[] datagram = a.seal(text, Envelope.TO_ALL);
            assertThat(datagram).as(text).isEqualTo(sealed(a, Wire.KEYS, sent, text));
            assertThat(b.takes(a.address, datagram)).isEqualTo(text);
        }
        assertThat(sent).isGreaterThan(EPOCH);
    }

    @Test
    void aCounterBeyondTheGreatestIsRefusedThoughTheTagIsRight() {

        assertThat(b.refusal(sealed(a, Wire.KEYS, Header.COUNTER_MAX + 1, "too far")))
                .isEqualTo(Rejection.BAD_HEADER);
        assertThat(b.refusal(sealed(a, Wire.KEYS, -1, "negative"))).isEqualTo(Rejection.BAD_HEADER);
        assertThat(b.refusal(sealed(a, Wire.KEYS, 100, "in order"))).isNull();
    }

    @Test
    void aGreetingThatIsNoneIsNotAnsweredAndCounts() {
        int answers = b.sent.size();
        byte[] noPort = new byte[Greeting.BYTES];
        byte[] tooLong = new byte[Greeting.BYTES + 1];
        Arrays.fill(tooLong, (byte) 1);

        long counter = 100;
        for (byte[] greeting : new byte[][] {{1}, noPort, tooLong}) {
            assertThat(b.refusal(sealed(a, Wire.KEYS, Header.GREETING, ++counter, greeting)))
                    .as("%d bytes", greeting.length)
                    .isEqualTo(Rejection.BAD_GREETING);
        }
        assertThat(b.refusal(sealed(a, Wire.KEYS, (byte) 2, ++counter, noPort))).isEqualTo(Rejection.BAD_HEADER);
        wire.settle();
        assertThat(b.sent).hasSize(answers);
    }

    private static byte[] sealed(Station sender, Keyring keys, long counter, String text) {
        return sealed(sender, keys, Header.RING, counter, text.getBytes(StandardCharsets.UTF_8));
    }

    private static byte[] sealed(Station sender, Keyring keys, byte kind, long counter, byte[] content) {
        byte[] datagram = new byte[content.length + WireFormat.ENVELOPE_BYTES];
        System.arraycopy(content, 0, datagram, Header.BYTES, content.length);
        Header header = new Header(datagram);
        header.from(sender.id, keys.active(), keys.suite());
        header.with(kind, Envelope.TO_ALL, counter);
        DatagramKey key = new KeySchedule(keys, Wire.CLUSTER)
                .derive(keys.active(), keys.suite(), sender.id, KeySchedule.epoch(counter));
        key.seal(datagram, Header.BYTES + content.length, counter);
        return datagram;
    }
}
