package io.vsring.test.spring;

import io.vsring.ConfigurationChange;
import io.vsring.autoconfigure.RingAutoConfiguration;
import io.vsring.replicated.ReplicatedMap;
import io.vsring.replicated.ReplicatedObjects;
import io.vsring.spring.ObjectCodecs;
import io.vsring.spring.OnConfigurationChange;
import io.vsring.spring.OnDeliver;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** A small application on a ring, as users write them. */
@Configuration(proxyBeanMethods = false)
@ImportAutoConfiguration(RingAutoConfiguration.class)
class OrdersApplication {

    record Order(String item, int count) {}

    static class Orders {
        final BlockingQueue<Order> handled = new LinkedBlockingQueue<>();
        final BlockingQueue<Integer> sizes = new LinkedBlockingQueue<>();

        @OnDeliver("orders")
        void on(Order order) {
            handled.add(order);
        }

        @OnConfigurationChange
        void on(ConfigurationChange change) {
            sizes.add(change.configuration().members().size());
        }
    }

    @Bean
    Orders orders() {
        return new Orders();
    }

    @Bean
    ReplicatedMap<String, Order> stock(ReplicatedObjects objects, ObjectCodecs codecs) {
        return objects.map("stock", codecs.of(String.class), codecs.of(Order.class));
    }
}
