package io.vsring.test.guide;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import io.vsring.Guarantee;
import io.vsring.replicated.DistributedLocks;
import io.vsring.replicated.LockHandle;
import io.vsring.replicated.NotPrimaryException;
import io.vsring.test.guide.Shop.OrderPlaced;
import io.vsring.test.guide.Shop.ShopApplication;
import io.vsring.test.spring.EmbeddedRing;
import io.vsring.test.spring.RingPeers;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;

@SpringBootTest(classes = ShopApplication.class)
@EmbeddedRing(peers = 2)
class ShopTest {

    @Autowired
    private RingPeers peers;

    @Autowired
    private Shop shop;

    @Test
    void countsWhatAnotherMemberSold() {
        peers.peer(1).send("orders", new OrderPlaced("apples", 12), Guarantee.SAFE);

        await().untilAsserted(() -> assertThat(shop.sold("apples")).isEqualTo(12));
    }

    @Test
    void tellsTheOthersWhatItSold() {
        shop.place(new OrderPlaced("pears", 3));

        assertThat(peers.peer(2).awaitPayloads("orders", OrderPlaced.class, 1))
                .containsExactly(new OrderPlaced("pears", 3));
    }

    @Test
    void reservesNothingWithoutAMajority() {
        long before = shop.reserve();

        peers.isolateApplication();
        peers.awaitConfiguration(1);
        assertThatExceptionOfType(NotPrimaryException.class).isThrownBy(shop::reserve);

        peers.heal();
        peers.awaitConfiguration(3);
        assertThat(shop.reserve()).isEqualTo(before + 1);
    }

    @Test
    void getsTheLockOfAMemberThatCrashed(@Autowired DistributedLocks locks) throws InterruptedException {
        LockHandle theirs = peers.peer(1).objects().locks().acquire("invoices");

        peers.crash(1);

        LockHandle ours = locks.acquire("invoices"); // granted once the ring has found out
        assertThat(ours.fencingToken()).isGreaterThan(theirs.fencingToken());
        ours.release();
    }
}
