package io.vsring.sample;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;
import static org.awaitility.Awaitility.await;

import io.vsring.replicated.Codec;
import io.vsring.replicated.DistributedLocks;
import io.vsring.replicated.ReplicatedObjects;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.springframework.context.ConfigurableApplicationContext;

/** Three instances are replaced one after the other, while clients write that try again elsewhere at a 503. */
@Timeout(120)
class RollingShutdownTest {

    private static final Duration SHUTDOWN_TIMEOUT = Duration.ofSeconds(5);
    private static final int CLIENTS = 8;
    private static final int WRITES_BETWEEN = 200;

    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(SHUTDOWN_TIMEOUT)
            .build();
    private final List<ConfigurableApplicationContext> running = new ArrayList<>();

    /** What a load balancer knows: it notices a stop only because it is refused. */
    private final List<String> instances = new CopyOnWriteArrayList<>();

    private final Set<String> acknowledgedKeys = ConcurrentHashMap.newKeySet();
    private final AtomicLong acknowledgedAdds = new AtomicLong();
    /** A connection may be closed at the moment in which it is used again: that is how HTTP is. */
    private final AtomicLong addsThatWereCutOff = new AtomicLong();

    private final AtomicInteger refusals = new AtomicInteger();
    private final AtomicLong longestNanos = new AtomicLong();
    private final Queue<String> wrong = new ConcurrentLinkedQueue<>();
    private volatile boolean ended;

    private final String ports = FreePorts.range(10);
    private final String[] arguments = {
        "--members=1",
        "--vs.cluster-name=test-" + UUID.randomUUID(),
        "--vs.transport.port=" + ports,
        "--vs.discovery.seeds=127.0.0.1:" + ports,
        "--vs.quorum.expected-members=3",
        "--vs.shutdown-timeout=" + SHUTDOWN_TIMEOUT.toSeconds() + "s",
        "--spring.lifecycle.timeout-per-shutdown-phase=" + SHUTDOWN_TIMEOUT.toSeconds() + "s",
        "--server.shutdown=graceful",
        "--server.port=0"
    };

    @AfterEach
    void stopAll() {
        running.forEach(ConfigurableApplicationContext::close);
    }

    @Test
    void noAcknowledgedWriteIsLostAndNoRequestHangs() throws Exception {
        ExecutorService clients = Executors.newFixedThreadPool(CLIENTS);
        try {
            for (int i = 0; i < 3; i++) {
                start();
            }
            List<Future<?>> writing = new ArrayList<>();
            for (int client = 0; client < CLIENTS; client++) {
                int number = client;
                writing.add(clients.submit(() -> write(number)));
            }
            for (int i = 0; i < 3; i++) {
                awaitWrites();
                stop(running.remove(0));
                awaitWrites();
                start();
                instances.remove(0);
            }
            awaitWrites();
            ended = true;
            for (Future<?> each : writing) {
                each.get();
            }

            assertThat(wrong).isEmpty();
            assertThat(refusals).as("clients met an instance that stopped").hasPositiveValue();
            assertThat(Duration.ofNanos(longestNanos.get())).isLessThan(SHUTDOWN_TIMEOUT);
            for (ConfigurableApplicationContext member : running) {
                ReplicatedObjects objects = member.getBean(ReplicatedObjects.class);
                assertThat(objects.counter("rolled").getOrdered())
                        .isBetween(acknowledgedAdds.get(), acknowledgedAdds.get() + addsThatWereCutOff.get());
                assertThat(objects.map("rolled", Codec.strings(), Codec.strings())
                                .snapshot()
                                .keySet())
                        .containsAll(acknowledgedKeys);
            }
        } finally {
            ended = true;
            clients.shutdownNow();
        }
    }

    /** The web server waits for it as long as a phase may take, and the ring does not wait again. */
    @Test
    void aRequestThatWaitsForALockEndsWithItsInstance() throws Exception {
        for (int i = 0; i < 3; i++) {
            start();
        }
        DistributedLocks locks = running.get(0).getBean(DistributedLocks.class);
        assertThat(status(0, "POST", "/locks/door", "")).isEqualTo(200);
        CompletableFuture<Void> waiting = CompletableFuture.runAsync(
                () -> assertThatIOException().isThrownBy(() -> status(1, "POST", "/locks/door?wait=1m", "")));
        await().until(() -> locks.snapshot().get(0).waiting().size() == 1);

        running.remove(1).close();

        waiting.get(1, TimeUnit.SECONDS);
        assertThat(Duration.ofNanos(longestNanos.get())).isLessThan(SHUTDOWN_TIMEOUT.multipliedBy(2));
        await().until(() -> locks.snapshot().get(0).waiting().isEmpty());
    }

    private void start() {
        ConfigurableApplicationContext started =
                SampleApplication.start(arguments).get(0);
        running.add(started);
        instances.add("http://localhost:" + started.getEnvironment().getProperty("local.server.port"));
    }

    private void stop(ConfigurableApplicationContext member) {
        long begin = System.nanoTime();
        member.close();
        assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(SHUTDOWN_TIMEOUT);
    }

    private void awaitWrites() {
        int so = acknowledgedKeys.size();
        await().atMost(Duration.ofSeconds(30))
                .until(() -> !wrong.isEmpty() || acknowledgedKeys.size() >= so + WRITES_BETWEEN);
    }

    private void write(int client) {
        for (int number = 0; !ended && wrong.isEmpty(); number++) {
            put(client + "-" + number, client);
            add(client);
        }
    }

    /** What is repeated does no harm here, so it is repeated until it is acknowledged. */
    private void put(String key, int client) {
        for (int attempt = client; ; attempt++) {
            try {
                if (isDone(attempt, "PUT", "/maps/rolled/" + key, key)) {
                    acknowledgedKeys.add(key);
                    return;
                }
            } catch (IOException cutOff) {
                refusals.incrementAndGet();
            }
        }
    }

    /** What is repeated is added twice here, so it is repeated only if it is known to have been refused. */
    private void add(int client) {
        for (int attempt = client; ; attempt++) {
            try {
                if (isDone(attempt, "POST", "/counters/rolled", "")) {
                    acknowledgedAdds.incrementAndGet();
                    return;
                }
            } catch (ConnectException refused) {
                refusals.incrementAndGet();
            } catch (IOException cutOff) {
                addsThatWereCutOff.incrementAndGet();
                return;
            }
        }
    }

    /** An instance that stops in good order knows what has become of each request. */
    private boolean isDone(int attempt, String method, String path, String body) throws IOException {
        int status = status(attempt, method, path, body);
        if (status == 503) {
            refusals.incrementAndGet();
        } else if (status != 200) {
            wrong.add(method + " " + path + " was answered " + status);
        }
        return status != 503;
    }

    private int status(int attempt, String method, String path, String body) throws IOException {
        List<String> known = List.copyOf(instances);
        HttpRequest request = HttpRequest.newBuilder(URI.create(known.get(attempt % known.size()) + path))
                .method(method, HttpRequest.BodyPublishers.ofString(body))
                .build();
        long begin = System.nanoTime();
        try {
            return http.send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        } finally {
            longestNanos.accumulateAndGet(System.nanoTime() - begin, Math::max);
        }
    }
}
