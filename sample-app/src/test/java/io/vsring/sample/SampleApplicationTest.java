package io.vsring.sample;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatException;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import io.vsring.replicated.ReplicatedObjects;
import io.vsring.ring.RingStatus;
import io.vsring.spring.RingOperations;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ApplicationContextException;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.SmartLifecycle;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Whole applications on real sockets, talked to over HTTP. */
class SampleApplicationTest {

    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final HttpClient HTTP = HttpClient.newHttpClient();
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private static final String PORTS = FreePorts.range(10);

    /** A name of its own keeps this ring apart from whatever else runs on the machine. */
    private static final String[] ARGUMENTS = {
        "--vs.cluster-name=test-" + UUID.randomUUID(),
        "--vs.transport.port=" + PORTS,
        "--vs.discovery.seeds=127.0.0.1:" + PORTS,
        "--server.port=0"
    };

    private static List<ConfigurableApplicationContext> members;

    @BeforeAll
    static void startThreeMembers() {
        members = SampleApplication.start(ARGUMENTS);
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(configurations())
                        .containsOnly(configurations().get(0)));
    }

    @AfterAll
    static void stop() {
        members.forEach(ConfigurableApplicationContext::close);
    }

    @Test
    void allMembersShowTheSameOrder() {
        List<CompletableFuture<HttpResponse<String>>> sent = new ArrayList<>();
        for (int number = 0; number < 60; number++) {
            String guarantee = number % 3 == 0 ? "safe" : "agreed";
            sent.add(post(number % 3, "?group=same&guarantee=" + guarantee, "message " + number));
        }
        sent.forEach(answer -> assertThat(answer.join().statusCode()).isEqualTo(200));

        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(messages(0, "same")).hasSize(60));
        awaitTheSameTimeline();
    }

    @Test
    void answersWithThePlaceInTheOrder() {
        JsonNode answer = JSON.readTree(
                post(1, "?group=place&guarantee=safe", "here").join().body());
        awaitTheSameTimeline();

        JsonNode message = messages(2, "place").get(0);
        assertThat(answer.get("configuration")).isEqualTo(message.get("configuration"));
        assertThat(answer.get("sequence")).isEqualTo(message.get("sequence"));
        assertThat(answer.get("index")).isEqualTo(message.get("index"));
        assertThat(answer.get("kind").asString()).isEqualTo("regular");
        assertThat(answer.get("members")).hasSize(3);
        assertThat(message.get("guarantee").asString()).isEqualTo("SAFE");
    }

    @Test
    void keepsTheBytesThatLookLikeAForm() {
        assertThat(post(0, "?group=form", "a=1&b=2%20").join().statusCode()).isEqualTo(200);
        awaitTheSameTimeline();

        assertThat(messages(0, "form").get(0).get("text").asString()).isEqualTo("a=1&b=2%20");
    }

    @Test
    void refusesWhatCannotBeSentAndSaysWhy() {
        HttpResponse<String> wrongGuarantee = post(0, "?guarantee=perhaps", "x").join();
        HttpResponse<String> wrongGroup =
                post(0, "?group=" + "g".repeat(65), "x").join();
        HttpResponse<String> allGroups = post(0, "?group=*", "x").join();
        HttpResponse<String> tooLarge = post(0, "", "x".repeat((1 << 20) + 1)).join();

        assertThat(wrongGuarantee.statusCode()).isEqualTo(400);
        assertThat(wrongGuarantee.body()).contains("agreed or safe, not 'perhaps'");
        assertThat(wrongGroup.statusCode()).isEqualTo(400);
        assertThat(allGroups.statusCode()).isEqualTo(400);
        assertThat(tooLarge.statusCode()).isEqualTo(413);
        assertThat(tooLarge.body()).contains("vs.transport.max-message-size", "nothing was sent");
    }

    @Test
    void aMemberThatIsStartedLaterJoinsAndLeaves() {
        List<String> more = new ArrayList<>(List.of(ARGUMENTS));
        more.add("--members=1");
        post(0, "?group=before", "they have it").join();

        try (ConfigurableApplicationContext late =
                SampleApplication.start(more.toArray(String[]::new)).get(0)) {
            await().atMost(PATIENCE)
                    .until(() -> status(members.get(0)).members().size() == 4);
            post(0, "?group=after&guarantee=safe", "all have it").join();

            await().atMost(PATIENCE).untilAsserted(() -> {
                String all = timeline(members.get(0));
                String suffix = timeline(late);
                assertThat(suffix).contains("all have it").doesNotContain("they have it");
                assertThat(all).endsWith(suffix.substring(1));
            });
        }

        await().atMost(PATIENCE).until(() -> status(members.get(0)).members().size() == 3);
        awaitTheSameTimeline();
    }

    @Test
    void noMemberRunsOnWhenALaterOneCannotStart() {
        int first = FreePorts.first(2);
        String ports = first + "-" + (first + 1);
        assertThatExceptionOfType(ApplicationContextException.class)
                .isThrownBy(() -> SampleApplication.start(
                        "--vs.cluster-name=test-" + UUID.randomUUID(),
                        "--vs.transport.port=" + ports,
                        "--vs.discovery.seeds=127.0.0.1:" + ports,
                        "--server.port=0",
                        "--members=3"))
                .havingRootCause()
                .withMessageContaining("in use");

        assertThat(FreePorts.areFree(first, 2)).isTrue();
    }

    @Test
    void takesLeaveWhenThePortOfItsWebServerIsInUse() {
        List<String> taken = new ArrayList<>(List.of(ARGUMENTS));
        taken.set(3, "--server.port=" + members.get(0).getEnvironment().getProperty("local.server.port"));
        taken.add("--members=1");
        long changes = changes();

        assertThatException()
                .isThrownBy(
                        () -> new SpringApplicationBuilder(SampleApplication.class).run(taken.toArray(String[]::new)))
                .havingRootCause()
                .withMessageContaining("Address already in use");

        await().atMost(PATIENCE).until(() -> status(members.get(0)).members().size() == 3);
        assertThat(changes()).as("it had joined").isGreaterThan(changes);
    }

    private static long changes() {
        return members.get(0)
                .getBean(ReplicatedObjects.class)
                .ring()
                .statistics()
                .configurations();
    }

    @Test
    void isAMemberLikeAnyOtherEvenIfItsBeansAreLazy() {
        List<String> lazy = new ArrayList<>(List.of(ARGUMENTS));
        lazy.add("--spring.main.lazy-initialization=true");
        lazy.add("--members=1");

        try (ConfigurableApplicationContext late =
                SampleApplication.start(lazy.toArray(String[]::new)).get(0)) {
            post(0, "?group=lazy&guarantee=safe", "before anybody asks").join();

            await().atMost(PATIENCE)
                    .untilAsserted(() -> assertThat(timeline(late)).contains("before anybody asks"));
        }
        await().atMost(PATIENCE).until(() -> status(members.get(0)).members().size() == 3);
    }

    @Test
    void refusesQueriesThatItWouldOtherwiseGuessAt() {
        HttpResponse<String> misspelled = post(0, "?gurantee=safe", "x").join();
        HttpResponse<String> twice = post(0, "?group=a&group=b", "x").join();

        assertThat(misspelled.statusCode()).isEqualTo(400);
        assertThat(misspelled.body()).contains("'gurantee'", "group and guarantee");
        assertThat(twice.statusCode()).isEqualTo(400);
        assertThat(twice.body()).contains("'group' is given 2 times");
    }

    @Test
    void sendsNothingForACallerWhoCouldNotReadTheAnswer() throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create(url(members.get(0)) + "?group=html"))
                .header("Accept", "text/html")
                .POST(HttpRequest.BodyPublishers.ofString("x"))
                .build();

        assertThat(HTTP.send(request, HttpResponse.BodyHandlers.ofString()).statusCode())
                .isEqualTo(406);
        awaitTheSameTimeline();
        assertThat(messages(0, "html")).isEmpty();
    }

    /** Is started before the web server opens, and stopped after it has closed: says how things are then. */
    private static final class JustOutside implements SmartLifecycle {
        private final ConfigurableApplicationContext member;
        private final List<String> seen = new ArrayList<>();
        private boolean running;

        JustOutside(ConfigurableApplicationContext member) {
            this.member = member;
        }

        @Override
        public void start() {
            running = true;
            look();
        }

        @Override
        public void stop() {
            running = false;
            look();
        }

        void look() {
            String port = member.getEnvironment().getProperty("local.server.port");
            seen.add(status(member).state() + (isOpen(port) ? " and open" : " and closed"));
        }

        private static boolean isOpen(String port) {
            if (port == null) {
                return false;
            }
            try (Socket connected = new Socket("localhost", Integer.parseInt(port))) {
                return connected.isConnected();
            } catch (IOException refused) {
                return false;
            }
        }

        @Override
        public boolean isRunning() {
            return running;
        }

        /** That of the web server is 2048 below the default. */
        @Override
        public int getPhase() {
            return DEFAULT_PHASE - 2049;
        }
    }

    @Test
    void isOnTheRingBeforeTheWebServerOpensAndAfterItHasClosed() {
        AtomicReference<JustOutside> outside = new AtomicReference<>();
        ConfigurableApplicationContext member = new SpringApplicationBuilder(SampleApplication.class)
                .initializers(context -> {
                    outside.set(new JustOutside(context));
                    context.getBeanFactory().registerSingleton("justOutside", outside.get());
                })
                .run(
                        "--vs.cluster-name=test-" + UUID.randomUUID(),
                        "--vs.transport.port=0",
                        "--vs.discovery.seeds=",
                        "--server.port=0");
        outside.get().look();

        member.close();

        assertThat(outside.get().seen)
                .containsExactly("OPERATIONAL and closed", "OPERATIONAL and open", "OPERATIONAL and closed");
    }

    private static void awaitTheSameTimeline() {
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(List.of(timeline(members.get(1)), timeline(members.get(2))))
                        .containsOnly(timeline(members.get(0))));
    }

    private static List<String> configurations() {
        return members.stream()
                .map(member -> status(member).configuration().toString())
                .toList();
    }

    private static RingStatus status(ConfigurableApplicationContext member) {
        return member.getBean(RingOperations.class).status();
    }

    private static List<JsonNode> messages(int member, String group) {
        return JSON.readTree(timeline(members.get(member)))
                .valueStream()
                .filter(entry -> entry.path("group").asString("").equals(group))
                .toList();
    }

    private static CompletableFuture<HttpResponse<String>> post(int member, String query, String body) {
        HttpRequest request = HttpRequest.newBuilder(URI.create(url(members.get(member)) + query))
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(HttpRequest.BodyPublishers.ofByteArray(body.getBytes(StandardCharsets.UTF_8)))
                .build();
        return HTTP.sendAsync(request, HttpResponse.BodyHandlers.ofString());
    }

    private static String timeline(ConfigurableApplicationContext member) {
        try {
            return HTTP.send(
                            HttpRequest.newBuilder(URI.create(url(member))).build(),
                            HttpResponse.BodyHandlers.ofString())
                    .body();
        } catch (IOException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String url(ConfigurableApplicationContext member) {
        return "http://localhost:" + member.getEnvironment().getProperty("local.server.port") + "/messages";
    }
}
