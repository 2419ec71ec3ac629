package io.vsring.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import io.vsring.ConfigurationChange;
import io.vsring.Delivery;
import io.vsring.Guarantee;
import io.vsring.MemberId;
import io.vsring.MemberSet;
import io.vsring.RingConfiguration;
import io.vsring.RingId;
import java.nio.ByteBuffer;
import java.util.List;
import org.junit.jupiter.api.Test;

class OrderDigestTest {

    private static final MemberId A = new MemberId(1, 11);
    private static final MemberId B = new MemberId(2, 22);
    private static final MemberSet BOTH = MemberSet.of(List.of(A, B));
    private static final RingConfiguration RING = RingConfiguration.regular(new RingId(A, 5), BOTH);

    private record Heard(MemberId sender, long number, String group) implements Delivery {

        @Override
        public Guarantee guarantee() {
            return Guarantee.AGREED;
        }

        @Override
        public RingConfiguration configuration() {
            return RING;
        }

        @Override
        public long sequence() {
            return 1;
        }

        @Override
        public int index() {
            return 0;
        }

        @Override
        public int length() {
            return 0;
        }

        @Override
        public ByteBuffer bytes() {
            return ByteBuffer.allocate(0);
        }

        @Override
        public Delivery copy() {
            return this;
        }
    }

    @Test
    void theSameOrderHasTheSameDigest() {
        OrderDigest one = hearing(load(A, 1), load(B, 1), end(A), end(B));
        OrderDigest other = hearing(load(A, 1), load(B, 1), end(B), end(A));

        assertThat(one.complete().getCount()).isZero();
        assertThat(one.delivered()).isEqualTo(2);
        assertThat(one.parts()).hasSize(1).isEqualTo(other.parts());
    }

    @Test
    void anotherOrderHasAnotherDigest() {
        OrderDigest one = hearing(load(A, 1), load(B, 1), end(A), end(B));
        OrderDigest other = hearing(load(B, 1), load(A, 1), end(A), end(B));

        assertThat(one.parts()).isNotEqualTo(other.parts());
    }

    @Test
    void nothingIsCompleteBeforeEveryMemberHasSaidItsEnd() {
        OrderDigest one = hearing(load(A, 1), end(A));

        assertThat(one.complete().getCount()).isEqualTo(1);
        assertThat(one.parts()).isEmpty();
    }

    @Test
    void aConfigurationThatEndedIsNamedByWhereItWent() {
        OrderDigest one = hearing(load(A, 1));
        RingId next = new RingId(A, 6);

        one.onConfigurationChange(
                ConfigurationChange.between(BOTH, RingConfiguration.transitional(RING.ringId(), next, BOTH)));
        one.onConfigurationChange(ConfigurationChange.between(BOTH, RingConfiguration.regular(next, BOTH)));

        assertThat(one.parts()).extracting(OrderDigest.Part::configuration).containsExactly(RING.ringId() + ">" + next);
        assertThat(one.parts()).extracting(OrderDigest.Part::messages).containsExactly(1L);
    }

    private static Delivery load(MemberId sender, long number) {
        return new Heard(sender, number, OrderDigest.LOAD);
    }

    private static Delivery end(MemberId sender) {
        return new Heard(sender, 99, OrderDigest.END);
    }

    private static OrderDigest hearing(Delivery... deliveries) {
        OrderDigest digest = new OrderDigest(2, 2);
        digest.onConfigurationChange(ConfigurationChange.between(MemberSet.of(), RING));
        for (Delivery delivery : deliveries) {
            digest.onMessage(delivery);
        }
        return digest;
    }
}
