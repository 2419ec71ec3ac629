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
import io.vsring.test.spring.OrdersApplication.Label;
import io.vsring.test.spring.OrdersApplication.Order;
import io.vsring.test.spring.OrdersApplication.Orders;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;

/** An application context and two peers on one ring: what goes both ways, and what faults do to either side. */
@SpringBootTest(
        classes = OrdersApplication.class,
        properties = {"vs.discovery.seeds=elsewhere.invalid:7460", "vs.quorum.expected-members=7", "vs.enabled=false"})
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

    @Test
    void peersWriteAndReadWithTheCodecsOfTheApplication() {
        peers.peer(1).send("labels", new Label("fragile"));

        assertThat(peers.peer(2).awaitPayloads("labels", Label.class, 1)).containsExactly(new Label("fragile"));
        assertThat(peers.peer(2).deliveries("labels").get(0).toByteArray())
                .asString()
                .isEqualTo("label:fragile");
    }

    @Test
    void objectsAreThoseOfThePeers() throws Exception {
        stock.put("apples", new Order("apples", 5));

        assertThat(peers.peer(1).map("stock", String.class, Order.class).getOrdered("apples"))
                .isEqualTo(new Order("apples", 5));
        peers.peer(2).objects().counter("visits").addAndGet(7);
        assertThat(objects.counter("visits").getOrdered()).isEqualTo(7);
        LockHandle held = peers.peer(1).objects().locks().acquire("door");
        assertThat(locks.tryAcquire("door", Duration.ofMillis(1))).isEmpty();
        held.release();
    }

    @Test
    void aCrashIsNoLeaveAndTheNextIncarnationIsAnother() throws Exception {
        long leaves = gathers("MEMBER_LEAVES");
        LockHandle held = peers.peer(2).objects().locks().acquire("crashed");

        peers.crash(2);

        assertThat(peers.peer(2).isRunning()).isFalse();
        assertThatExceptionOfType(IllegalStateException.class)
                .isThrownBy(() -> peers.peer(2).send("orders", new Order("none", 0)))
                .withMessageContaining("peers.restart(2)");
        peers.awaitConfiguration(2);
        assertThat(gathers("MEMBER_LEAVES")).isEqualTo(leaves);
        assertThat(objects.status().isPrimary()).isTrue();
        LockHandle next = locks.acquire("crashed");
        assertThat(next.fencingToken()).isGreaterThan(held.fencingToken());
        next.release();

        peers.restart(2);
        peers.awaitConfiguration(3);
        stock.put("restarted", new Order("r", 1));
        assertThat(peers.peer(2).map("stock", String.class, Order.class).getOrdered("restarted"))
                .isEqualTo(new Order("r", 1));
    }

    private long gathers(String reason) {
        return objects.ring().statistics().gathers().getOrDefault(reason, 0L);
    }

    @Test
    void theSideWithTheMajorityGoesOnAndTheOtherOneDoesNot() {
        peers.partition(1);
        peers.awaitConfiguration(2);

        stock.put("apart", new Order("apart", 1));
        assertThat(peers.peer(1).objects().status().state()).isEqualTo(PrimaryStatus.State.NOT_PRIMARY);
        ring.sendAndAwait("orders", new Order("of two", 2), Guarantee.SAFE);
        assertThat(peers.peer(2).awaitPayloads("orders", Order.class, 1)).hasSize(1);
        assertThat(peers.peer(1).deliveries("orders")).isEmpty();

        peers.heal();
        peers.awaitOperational();
        assertThat(ring.status().members()).hasSize(3);
        assertThat(peers.peer(1).map("stock", String.class, Order.class).get("apart"))
                .isEqualTo(new Order("apart", 1));
    }

    @Test
    void anApplicationThatIsAloneIsNotPrimaryUntilItIsBack() {
        peers.isolateApplication();
        peers.awaitOperational();

        assertThat(ring.status().members()).hasSize(1);
        assertThatExceptionOfType(NotPrimaryException.class)
                .isThrownBy(() -> stock.put("alone", new Order("alone", 1)));
        peers.peer(1).objects().counter("of the majority").incrementAndGet();

        peers.heal();
        peers.awaitConfiguration(3);
        assertThat(objects.counter("of the majority").get()).isEqualTo(1);
    }

    @Nested
    class InANestedClass {

        @Test
        void theRingIsThatOfTheEnclosingClass(@Autowired RingPeers own) {
            assertThat(own).isSameAs(peers);
            assertThat(own.all()).hasSize(2);
        }
    }
}
