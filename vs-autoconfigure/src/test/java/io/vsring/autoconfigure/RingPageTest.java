package io.vsring.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.vsring.page.MemberReports;
import io.vsring.page.RingPage;
import io.vsring.replicated.Codec;
import io.vsring.replicated.DistributedLocks;
import io.vsring.replicated.LockHandle;
import io.vsring.replicated.ReplicatedObjects;
import io.vsring.ring.Ring;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.context.runner.WebApplicationContextRunner;
import org.springframework.context.ConfigurableApplicationContext;
import tools.jackson.databind.JsonNode;

/** The page of a whole application with a web server, over HTTP. */
@Timeout(60)
class RingPageTest {

    private static final HttpClient HTTP = HttpClient.newHttpClient();

    private final String cluster = "test-" + UUID.randomUUID();
    private final List<ConfigurableApplicationContext> running = new ArrayList<>();

    @EnableAutoConfiguration
    static class Application {}

    @AfterEach
    void stop() {
        running.forEach(ConfigurableApplicationContext::close);
    }

    private ConfigurableApplicationContext start(String... properties) {
        ConfigurableApplicationContext started = new SpringApplicationBuilder(Application.class)
                .web(WebApplicationType.SERVLET)
                .properties("server.port=0", "vs.cluster-name=" + cluster, "spring.main.banner-mode=off")
                .properties(properties)
                .run();
        running.add(started);
        return started;
    }

    private static URI uri(ConfigurableApplicationContext of, String path) {
        return URI.create("http://localhost:" + of.getEnvironment().getProperty("local.server.port") + path);
    }

    private static HttpResponse<String> get(ConfigurableApplicationContext of, String path, String... headers)
            throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(uri(of, path));
        if (headers.length > 0) {
            request.headers(headers);
        }
        return HTTP.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    private static HttpResponse<InputStream> open(ConfigurableApplicationContext of, String path)
            throws IOException, InterruptedException {
        return HTTP.send(HttpRequest.newBuilder(uri(of, path)).build(), HttpResponse.BodyHandlers.ofInputStream());
    }

    @Test
    void servesThePageWithItsFilesAndNothingElse() throws Exception {
        ConfigurableApplicationContext member = start("vs.page.enabled=true", "vs.page.path=/admin/ring");

        HttpResponse<String> page = get(member, "/admin/ring/");
        assertThat(page.statusCode()).isEqualTo(200);
        assertThat(page.headers().firstValue("Content-Type")).hasValue("text/html;charset=UTF-8");
        assertThat(page.headers().firstValue("X-Content-Type-Options")).hasValue("nosniff");
        assertThat(page.headers().firstValue("Content-Security-Policy"))
                .hasValueSatisfying(policy -> assertThat(policy)
                        .contains("default-src 'none'", "script-src 'self'")
                        .doesNotContain("unsafe"));
        assertThat(page.body()).contains("start.js").doesNotContain("style=", "//");
        assertThat(get(member, "/admin/ring").headers().firstValue("Location")).hasValue("ring/");
        HttpResponse<String> script = get(member, "/admin/ring/page.js");
        assertThat(script.headers().firstValue("Content-Type")).hasValue("text/javascript;charset=UTF-8");
        assertThat(script.headers().firstValue("Cache-Control")).hasValue("no-cache");
        String tag = script.headers().firstValue("ETag").orElseThrow();
        assertThat(get(member, "/admin/ring/page.js", "If-None-Match", tag).statusCode())
                .isEqualTo(304);
        assertThat(get(member, "/admin/ring/nothing.js").statusCode()).isEqualTo(404);
        assertThat(get(member, "/admin/ring/RingPage.class").statusCode()).isEqualTo(404);
        assertThat(get(member, "/admin/ring/page/page.js").statusCode()).isEqualTo(404);
        assertThat(get(member, "/admin/ring/%2e%2e/ring").statusCode()).isBetween(400, 404);
        assertThat(HTTP.send(
                                HttpRequest.newBuilder(uri(member, "/admin/ring/page.js"))
                                        .DELETE()
                                        .build(),
                                HttpResponse.BodyHandlers.ofString())
                        .statusCode())
                .isEqualTo(405);
        assertThat(get(member, "/ring/").statusCode()).isEqualTo(404);
    }

    @Test
    void whoDoesNotAskForItHasNothingOfIt() throws Exception {
        ConfigurableApplicationContext member = start();

        assertThat(get(member, "/ring/").statusCode()).isEqualTo(404);
        assertThat(get(member, "/ring/events").statusCode()).isEqualTo(404);
        assertThat(member.getBeanNamesForType(RingPage.class)).isEmpty();
        assertThat(member.getBeanNamesForType(MemberReports.class)).isEmpty();
    }

    @Test
    void theStreamTellsOfAllMembersAndOfWhatTheyShare() throws Exception {
        String ports = FreePorts.range(4);
        String[] together = {
            "vs.page.enabled=true", "vs.transport.port=" + ports, "vs.discovery.seeds=127.0.0.1:" + ports
        };
        ConfigurableApplicationContext one = start(together);
        start(together);
        ReplicatedObjects objects = one.getBean(ReplicatedObjects.class);
        objects.map("stock", Codec.strings(), Codec.strings()).put("secret-key", "secret-value");
        objects.counter("visits").addAndGet(1L << 60);
        LockHandle lock = one.getBean(DistributedLocks.class).acquire("door");

        try (Events events = new Events(open(one, "/ring/events").body())) {
            JsonNode snapshot = events.await(now -> now.path("reports").size() == 2
                    && now.at("/reports/0/latencyNanos").asLong() > 0
                    && now.path("locks").size() == 1);

            assertThat(snapshot.at("/ring/cluster").asString()).isEqualTo(cluster);
            assertThat(snapshot.at("/ring/configuration/members")).hasSize(2);
            assertThat(snapshot.at("/reports/0/ageMillis").asLong()).isLessThan(5000);
            assertThat(snapshot.at("/reports/1/delivered").asLong()).isPositive();
            assertThat(snapshot.at("/reports/1/safe").asLong()).isPositive();
            assertThat(snapshot.at("/reports/1/saidAt").asLong())
                    .isGreaterThanOrEqualTo(snapshot.at("/reports/1/delivered").asLong());
            assertThat(snapshot.path("maps")).hasToString("[{\"name\":\"stock\",\"size\":1,\"entries\":null}]");
            assertThat(snapshot.path("counters"))
                    .hasToString("[{\"name\":\"visits\",\"value\":\"1152921504606846976\"}]");
            assertThat(snapshot.at("/locks/0/token").asString()).isEqualTo(Long.toString(lock.fencingToken()));
            assertThat(snapshot.at("/locks/0/owner")).isEqualTo(snapshot.at("/ring/local/member"));
            assertThat(snapshot).asString().doesNotContain("secret");
            assertThat(events.history().get(0).path("members")).hasSize(2);
            assertThat(events.history().get(0).path("kind").asString()).isEqualTo("REGULAR");
        }
    }

    @Test
    void entriesAreShownToWhoAskedForThem() throws Exception {
        ConfigurableApplicationContext member = start("vs.page.enabled=true", "vs.page.show-entries=true");
        member.getBean(ReplicatedObjects.class)
                .map("stock", Codec.strings(), Codec.strings())
                .put("apples", "12");

        try (Events events = new Events(open(member, "/ring/events").body())) {
            JsonNode snapshot = events.await(now -> now.path("maps").size() == 1);

            assertThat(snapshot.at("/maps/0/entries")).hasToString("[{\"key\":\"apples\",\"value\":\"12\"}]");
        }
    }

    @Test
    void aMemberAtWhichNobodyLooksSaysNothing() throws Exception {
        ConfigurableApplicationContext member = start("vs.page.enabled=true");
        Ring ring = member.getBean(ReplicatedObjects.class).ring();
        long before = ring.statistics().messagesAccepted();
        get(member, "/ring/");
        assertThat(ring.statistics().messagesAccepted()).isEqualTo(before);

        try (Events events = new Events(open(member, "/ring/events").body())) {
            events.await(now -> now.path("reports").size() == 1);
        }
        assertThat(ring.statistics().messagesAccepted()).isGreaterThan(before);

        await().untilAsserted(() -> assertThat(threads()).doesNotContain("vs-page"));
    }

    private static List<String> threads() {
        return Thread.getAllStackTraces().keySet().stream().map(Thread::getName).toList();
    }

    @Test
    void whoStopsEndsTheStreamsAndWaitsForNobody() throws Exception {
        ConfigurableApplicationContext member = start("vs.page.enabled=true");
        try (Events events = new Events(open(member, "/ring/events").body())) {
            events.await(now -> true);

            long began = System.nanoTime();
            member.close();

            // A web server waits thirty seconds for requests that do not end.
            assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Duration.ofSeconds(15));
            assertThat(events.ends()).isTrue();
        }
    }

    @Test
    void onlySoManyWatch() throws Exception {
        ConfigurableApplicationContext member = start("vs.page.enabled=true");
        List<Events> watching = new ArrayList<>();
        try {
            for (int i = 0; i < 16; i++) {
                watching.add(new Events(open(member, "/ring/events").body()));
            }
            HttpResponse<String> refused = get(member, "/ring/events");
            assertThat(refused.statusCode()).isEqualTo(503);
            assertThat(refused.headers().firstValue("Retry-After")).isPresent();

            watching.remove(0).close();

            await().untilAsserted(() -> {
                HttpResponse<InputStream> next = open(member, "/ring/events");
                watching.add(new Events(next.body()));
                assertThat(next.statusCode()).isEqualTo(200);
            });
        } finally {
            for (Events each : watching) {
                each.close();
            }
        }
    }

    @Test
    void withoutAWebServerOrWithoutActuatorTheApplicationStartsAllTheSame() {
        AutoConfigurations all = AutoConfigurations.of(RingAutoConfiguration.class, RingPageAutoConfiguration.class);
        new ApplicationContextRunner()
                .withConfiguration(all)
                .withPropertyValues("vs.page.enabled=true")
                .run(context -> assertThat(context).hasNotFailed().doesNotHaveBean("ringPage"));
        new ApplicationContextRunner()
                .withConfiguration(all)
                .withPropertyValues("vs.page.enabled=true")
                .withClassLoader(new FilteredClassLoader("org.springframework.web", "jakarta.servlet"))
                .run(context -> assertThat(context).hasNotFailed().doesNotHaveBean("ringPage"));
        new WebApplicationContextRunner()
                .withConfiguration(all)
                .withPropertyValues("vs.page.enabled=true")
                .withClassLoader(new FilteredClassLoader("org.springframework.boot.actuate"))
                .run(context -> assertThat(context).hasNotFailed().hasSingleBean(RingPage.class));
    }

    @Test
    void aPathThatIsNoneIsRefused() {
        for (String path : List.of("ring", "/", "/ring/", "/a//b", "/..", "/ring/**", "")) {
            new WebApplicationContextRunner()
                    .withConfiguration(AutoConfigurations.of(RingAutoConfiguration.class))
                    .withPropertyValues("vs.page.path=" + path)
                    .run(context -> assertThat(context)
                            .getFailure()
                            .rootCause()
                            .hasMessage(
                                    "vs.page.path must be a path such as /ring or /admin/ring, not '" + path + "'"));
        }
    }
}
