package io.vsring.test.assertj;

import static io.vsring.test.assertj.RingAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.vsring.Delivery;
import io.vsring.Guarantee;
import io.vsring.MemberId;
import io.vsring.MemberSet;
import io.vsring.RingConfiguration;
import io.vsring.RingId;
import io.vsring.test.cluster.Mischief;
import io.vsring.test.cluster.RingCluster;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

/** Claims that do not hold fail, and say why. */
class RingAssertionsTest {

    private final RingCluster ring = RingCluster.of(2, 9);

    @Test
    void twoOrdersAreADifference() {
        DeliveryOrder order = new DeliveryOrder();
        order.add("member 1", List.of(message("a", 1), message("only here", 2), message("b", 3)));
        order.add("member 2", List.of(message("b", 3), message("a", 1)));

        assertThat(order.firstDifference())
                .contains("member 1 has delivered 'a'", "before 'b'", "member 2 the other way round");
    }

    @Test
    void messagesThatOneLacksAreNoDifference() {
        DeliveryOrder order = new DeliveryOrder();
        order.add("member 1", List.of(message("a", 1), message("b", 2), message("c", 3)));
        order.add("member 2", List.of(message("a", 1), message("c", 3), message("d", 4)));

        assertThat(order.firstDifference()).isNull();
    }

    @Test
    void anOrderOfNothingIsNone() {
        ring.awaitOperational();

        fails(() -> assertThat(ring).hasIdenticalDeliveryOrder(), "no member has delivered anything");
    }

    @Test
    void aRingThatDeliveredOtherThingsFails() {
        ring.awaitOperational();
        ring.member(1).send("g", "m");
        ring.awaitOperational();

        fails(
                () -> assertThat(ring).hasDeliveredEverywhere("other"),
                "member 1 was to have delivered [other], and has delivered [m]",
                "seed 9");
        fails(() -> assertThat(ring.member(2)).hasDelivered("m", "m"), "[m, m], and has delivered [m]");
        fails(() -> assertThat(ring.member(2)).hasDeliveredTo("h", "m"), "delivered to h [m], and has delivered []");
        fails(() -> assertThat(ring.member(2)).hasDeliveredNothing(), "has delivered [m]");
        fails(() -> assertThat(ring.member(2)).isTogetherWith(2), "a regular configuration of [2], but member 2");
        fails(() -> assertThat(ring.member(2)).isNotPrimary(), "PRIMARY");
        ring.crash(1);
        fails(() -> assertThat(ring.member(1)).isPrimary(), "member 1 does not run");
    }

    @Test
    void aMessageThatIsNotDeliveredBreaksTheClaimsAndSaysWhich() {
        ring.awaitOperational();
        assertThat(ring).satisfiesExtendedVirtualSynchrony();

        Mischief.on(ring);

        fails(() -> assertThat(ring).satisfiesExtendedVirtualSynchrony(), "S2 violated", "seed 9");
    }

    private static void fails(ThrowingCallable claim, String... texts) {
        assertThatExceptionOfType(AssertionError.class).isThrownBy(claim).withMessageContainingAll(texts);
    }

    private static Delivery message(String text, long number) {
        return new Told(text, number);
    }

    private record Told(String text, long number) implements Delivery {
        private static final MemberId SENDER = new MemberId(7, 70);

        @Override
        public MemberId sender() {
            return SENDER;
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
            return RingConfiguration.regular(new RingId(SENDER, 1), MemberSet.of(SENDER));
        }

        @Override
        public long sequence() {
            return number;
        }

        @Override
        public int index() {
            return 0;
        }

        @Override
        public int length() {
            return bytes().remaining();
        }

        @Override
        public ByteBuffer bytes() {
            return ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
        }

        @Override
        public Delivery copy() {
            return this;
        }
    }
}
