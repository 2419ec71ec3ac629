package com.example.orders;

import io.vsring.Guarantee;
import io.vsring.spring.OnDeliver;
import io.vsring.spring.RingTemplate;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.springframework.stereotype.Service;

@Service
class Orders {

    record OrderPlaced(String article, int quantity) {}

    private final RingTemplate ring;
    private final List<OrderPlaced> all = new CopyOnWriteArrayList<>();

    Orders(RingTemplate ring) {
        this.ring = ring;
    }

    void place(OrderPlaced order) { // returns when every member has it, and this one has delivered it
        ring.sendAndAwait("orders", order, Guarantee.SAFE);
    }

    @OnDeliver("orders")
    void on(OrderPlaced order) { // on every member, in one order
        all.add(order);
    }

    List<OrderPlaced> all() {
        return all;
    }
}
