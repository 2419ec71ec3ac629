package io.vsring.test.hostile;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ForgerTest {

    private static final int REPETITIONS = 200;

    private final Captured heard = new Captured(1, 2, datagram(41));
    private final Captured before = new Captured(3, 1, datagram(40));
    private final Forger forger = forger();

    @Test
    void whatIsForgedComesFromAnotherMemberThanWhoGetsIt() {
        for (Forgery kind : Forgery.values()) {
            for (int i = 0; i < REPETITIONS; i++) {
                Forger.Forged forged = forger.make(kind);
                assertThat(forged.to()).isBetween(1, HostileRing.MEMBERS);
                assertThat(forged.from()).isBetween(1, HostileRing.MEMBERS);
                if (kind != Forgery.REDIRECTED) {
                    assertThat(forged.from()).as("%s", kind).isNotEqualTo(forged.to());
                }
            }
        }
    }

    @Test
    void eachKindIsWhatItsNameSays() {
        for (int i = 0; i < REPETITIONS; i++) {
            assertThat(forger.make(Forgery.REPLAYED).bytes()).isEqualTo(heard.bytes());
            assertThat(forger.make(Forgery.FORMER).bytes()).isEqualTo(before.bytes());
            assertThat(forger.make(Forgery.REDIRECTED).to()).isNotEqualTo(heard.to());
            assertThat(forger.make(Forgery.FLIPPED).bytes())
                    .hasSize(heard.bytes().length)
                    .isNotEqualTo(heard.bytes());
            assertThat(forger.make(Forgery.TRUNCATED).bytes()).hasSizeLessThan(heard.bytes().length);
            assertThat(forger.make(Forgery.OVERSIZED).bytes()).hasSizeBetween(1_401, 1_472);
        }
    }

    @Test
    void anInventedHeaderIsThatOfALivingMemberWithACounterToCome() {
        for (int i = 0; i < REPETITIONS; i++) {
            byte[] invented = forger.make(Forgery.INVENTED).bytes();

            assertThat(Arrays.copyOf(invented, Captured.DESTINATION_AT))
                    .isEqualTo(Arrays.copyOf(heard.bytes(), Captured.DESTINATION_AT));
            assertThat(ByteBuffer.wrap(invented).getLong(Captured.COUNTER_AT)).isBetween(42L, 1_041L);
        }
    }

    private Forger forger() {
        Recent recent = new Recent(10);
        recent.add(heard);
        Recent former = new Recent(10);
        former.add(before);
        byte[] secret = new byte[32];
        new Random(1).nextBytes(secret);
        return new Forger(recent, former, secret, new Random(2));
    }

    private static byte[] datagram(long counter) {
        byte[] bytes = new byte[200];
        new Random(counter).nextBytes(bytes);
        return ByteBuffer.wrap(bytes).putLong(Captured.COUNTER_AT, counter).array();
    }
}
