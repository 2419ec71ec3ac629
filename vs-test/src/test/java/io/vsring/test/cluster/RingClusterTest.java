package io.vsring.test.cluster;

import static io.vsring.Guarantee.SAFE;
import static org.assertj.core.api.Assertions.assertThat;

import io.vsring.Delivery;
import io.vsring.Receipt;
import io.vsring.test.junit.RingTest;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** What a test can do to a ring, and what it is told when it waits in vain. */
class RingClusterTest {

    @RingTest
    void aMessageReachesEveryMember(RingCluster ring) {
        ring.awaitOperational();

        Receipt receipt = ring.await(ring.member(2).send("g", "hello", SAFE));
        ring.awaitOperational();

        assertThat(receipt.configuration().members().size()).isEqualTo(3);
        assertThat(ring.members())
                .allSatisfy(member -> assertThat(texts(member.deliveries("g"))).containsExactly("hello"));
    }

    private static List<String> texts(List<Delivery> deliveries) {
        return deliveries.stream()
                .map(delivery -> new String(delivery.toByteArray(), StandardCharsets.UTF_8))
                .toList();
    }
}
