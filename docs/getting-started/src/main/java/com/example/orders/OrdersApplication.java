package com.example.orders;

import io.vsring.replicated.ReplicatedMap;
import java.util.List;
import java.util.Optional;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;

@SpringBootApplication
@RestController
class OrdersApplication {

    private final Orders orders;
    private final ReplicatedMap<String, Integer> stock; // declared in application.yaml

    OrdersApplication(Orders orders, ReplicatedMap<String, Integer> stock) {
        this.orders = orders;
        this.stock = stock;
    }

    public static void main(String[] args) {
        SpringApplication.run(OrdersApplication.class, args);
    }

    @PostMapping("/orders")
    void place(@RequestBody Orders.OrderPlaced order) {
        orders.place(order);
    }

    @GetMapping("/orders")
    List<Orders.OrderPlaced> orders() {
        return orders.all();
    }

    @PutMapping("/stock/{article}")
    void put(@PathVariable String article, @RequestBody int quantity) { // returns when all members have it
        stock.put(article, quantity);
    }

    @GetMapping("/stock/{article}")
    ResponseEntity<Integer> get(@PathVariable String article) { // from this member's memory
        return ResponseEntity.of(Optional.ofNullable(stock.get(article)));
    }
}
