package io.vsring.test.guide;

import io.vsring.Guarantee;
import io.vsring.autoconfigure.RingAutoConfiguration;
import io.vsring.replicated.ReplicatedCounter;
import io.vsring.replicated.ReplicatedObjects;
import io.vsring.spring.OnDeliver;
import io.vsring.spring.RingOperations;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** What the tests of docs/testing.md test. */
class Shop {

    record OrderPlaced(String item, int count) {}

    @Configuration(proxyBeanMethods = false)
    @ImportAutoConfiguration(RingAutoConfiguration.class)
    static class ShopApplication {
        @Bean
        ReplicatedCounter reserved(ReplicatedObjects objects) {
            return objects.counter("reserved");
        }

        @Bean
        Shop shop(RingOperations ring, ReplicatedCounter reserved) {
            return new Shop(ring, reserved);
        }
    }

    private final RingOperations ring;
    private final ReplicatedCounter reserved;
    private final Map<String, Integer> sold = new ConcurrentHashMap<>();

    Shop(RingOperations ring, ReplicatedCounter reserved) {
        this.ring = ring;
        this.reserved = reserved;
    }

    void place(OrderPlaced order) {
        ring.sendAndAwait("orders", order, Guarantee.SAFE);
    }

    @OnDeliver("orders")
    void on(OrderPlaced order) {
        sold.merge(order.item(), order.count(), Integer::sum);
    }

    int sold(String item) {
        return sold.getOrDefault(item, 0);
    }

    long reserve() {
        return reserved.incrementAndGet();
    }
}
