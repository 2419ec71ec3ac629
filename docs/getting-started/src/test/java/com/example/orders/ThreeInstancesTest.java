package com.example.orders;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.web.server.servlet.context.ServletWebServerApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.http.MediaType;
import org.springframework.web.client.RestClient;

/** What the README says that its application does. */
@Timeout(90)
class ThreeInstancesTest {

    private static final List<ConfigurableApplicationContext> instances = new ArrayList<>();

    @BeforeAll
    static void start() {
        String ports = freePorts();
        for (int count = 0; count < 3; count++) {
            instances.add(SpringApplication.run(
                    OrdersApplication.class,
                    "--server.port=0",
                    "--vs.transport.port=" + ports,
                    "--vs.discovery.seeds=127.0.0.1:" + ports));
        }
    }

    @AfterAll
    static void stop() {
        instances.forEach(ConfigurableApplicationContext::close);
    }

    @Test
    void whatOneInstancePutsTheOthersRead() {
        web(0).put().uri("/stock/apples").contentType(MediaType.APPLICATION_JSON).body(12).retrieve().toBodilessEntity();

        for (int each = 0; each < 3; each++) {
            RestClient web = web(each);
            await().ignoreExceptions().until(() -> get(web, "/stock/apples").equals("12"));
        }
    }

    @Test
    void whatOneInstanceSendsAllHandleInOneOrder() {
        for (int quantity = 0; quantity < 6; quantity++) {
            web(quantity % 3)
                    .post()
                    .uri("/orders")
                    .body(new Orders.OrderPlaced("apples", quantity))
                    .retrieve()
                    .toBodilessEntity();
        }

        for (int each = 0; each < 3; each++) {
            Orders orders = instances.get(each).getBean(Orders.class);
            await().untilAsserted(() -> assertThat(orders.all())
                    .extracting(Orders.OrderPlaced::quantity)
                    .containsExactly(0, 1, 2, 3, 4, 5));
        }
    }

    @Test
    void eachInstanceShowsThreeMembers() {
        for (int each = 0; each < 3; each++) {
            RestClient web = web(each);
            await().untilAsserted(() -> {
                assertThat(get(web, "/actuator/ring/configuration")).containsPattern("(?s)(\"address\".*){3}");
                assertThat(get(web, "/actuator/prometheus"))
                        .contains("vs_ring_members{vs_cluster=\"orders\"} 3.0")
                        .contains("vs_ring_primary{vs_cluster=\"orders\"} 1.0");
                assertThat(get(web, "/actuator/health")).contains("\"UP\"");
            });
        }
    }

    private static RestClient web(int instance) {
        int port = ((ServletWebServerApplicationContext) instances.get(instance)).getWebServer().getPort();
        return RestClient.create("http://localhost:" + port);
    }

    private static String get(RestClient web, String path) {
        return web.get().uri(path).retrieve().requiredBody(String.class);
    }

    /** Three UDP ports in a row that nobody has, below those that the system gives away by itself. */
    private static String freePorts() {
        while (true) {
            int first = ThreadLocalRandom.current().nextInt(20_000, 29_997);
            List<DatagramSocket> bound = new ArrayList<>();
            try {
                for (int port = first; port < first + 3; port++) {
                    bound.add(new DatagramSocket(port, InetAddress.getLoopbackAddress()));
                }
                return first + "-" + (first + 2);
            } catch (IOException taken) {
                // the next ones, then
            } finally {
                bound.forEach(DatagramSocket::close);
            }
        }
    }
}
