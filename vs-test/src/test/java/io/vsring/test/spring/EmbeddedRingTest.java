package io.vsring.test.spring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.vsring.Guarantee;
import io.vsring.replicated.DistributedLocks;
import io.vsring.replicated.LockHandle;
import io.vsring.replicated.NotPrimaryException;
import io.vsring.replicated.PrimaryStatus;
import io.vsring.replicated.ReplicatedMap;
import io.vsring.replicated.ReplicatedObjects;
import io.vsring.spring.RingOperations;
import io.vsring.test.spring.OrdersApplication.Order;
import io.vsring.test.spring.OrdersApplication.Orders;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;

/** An application context and two peers on one ring: what goes both ways, and what faults do to either side. */
@SpringBootTest(classes = OrdersApplication.class, properties = "vs.discovery.seeds=elsewhere.invalid:7460")
@EmbeddedRing(peers = 2)
@Timeout(120)
class EmbeddedRingTest {

    @Autowired
    private RingPeers peers;

    @Autowired
    private RingOperations ring;

    @Autowired
    private Orders orders;

    @Autowired
    private ReplicatedMap<String, Order> stock;

    @Autowired
    private ReplicatedObjects objects;

    @Autowired
    private DistributedLocks locks;

    @Test
    void theApplicationIsOneOfThreeFromTheBeginning() {
        assertThat(ring.status().members()).hasSize(3);
        assertThat(ring.status().local().id().id()).isEqualTo(3);
        assertThat(objects.status().isPrimary()).isTrue();
    }

    @Test
    void messagesGoBothWaysInTheApplicationsEncoding() throws InterruptedException {
        orders.handled.clear();

        peers.peer(1).send("orders", new Order("apples", 12), Guarantee.SAFE);
        ring.sendAndAwait("orders", new Order("pears", 3), Guarantee.AGREED);

        assertThat(orders.handled.poll(30, TimeUnit.SECONDS)).isEqualTo(new Order("apples", 12));
        assertThat(peers.peer(2).awaitPayloads("orders", Order.class, 2))
                .containsExactly(new Order("apples", 12), new Order("pears", 3));
        assertThat(peers.peer(2).deliveries("others")).isEmpty();
    }
}
