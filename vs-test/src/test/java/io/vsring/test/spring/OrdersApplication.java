package io.vsring.test.spring;

import io.vsring.autoconfigure.RingAutoConfiguration;
import io.vsring.replicated.ReplicatedMap;
import io.vsring.replicated.ReplicatedObjects;
import io.vsring.spring.ObjectCodecs;
import io.vsring.spring.OnDeliver;
import io.vsring.spring.PayloadCodec;
import java.lang.reflect.Type;
import java.nio.charset.StandardCharsets;
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

    record Label(String text) {}

    /** The application's own encoding of labels. */
    static final class LabelCodec implements PayloadCodec {
        @Override
        public boolean supports(Type type) {
            return type == Label.class;
        }

        @Override
        public byte[] encode(Object payload) {
            return ("label:" + ((Label) payload).text()).getBytes(StandardCharsets.UTF_8);
        }

        @Override
        public Object decode(byte[] bytes, Type type) {
            return new Label(new String(bytes, StandardCharsets.UTF_8).substring("label:".length()));
        }
    }

    @Bean
    PayloadCodec labels() {
        return new LabelCodec();
    }

    static class Orders {
        final BlockingQueue<Order> handled = new LinkedBlockingQueue<>();

        @OnDeliver("orders")
        void on(Order order) {
            handled.add(order);
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
