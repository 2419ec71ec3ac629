package io.vsring.sample;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.vsring.replicated.PrimaryStatus;
import io.vsring.replicated.ReplicatedObjects;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.context.ConfigurableApplicationContext;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Maps, counters and locks of whole applications on real sockets, over HTTP. */
class ReplicatedObjectsOverHttpTest {

    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final HttpClient HTTP = HttpClient.newHttpClient();
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private static List<ConfigurableApplicationContext> members;

    record Answer(int status, JsonNode body) {

        String type() {
            return body.path("type").asString("").replace("urn:vsring:problem:", "");
        }
    }

    @BeforeAll
    static void startThreeMembers() {
        members = start();
    }

    @AfterAll
    static void stop() {
        members.forEach(ConfigurableApplicationContext::close);
    }

    @Test
    void whatIsPutAtOneMemberIsReadAtTheOthers() {
        Answer before = call(0, "GET", "/maps/a/k");
        assertThat(before.status()).isEqualTo(404);
        assertThat(before.type()).isEqualTo("absent");

        Answer first = call(0, "PUT", "/maps/a/k", "x=1&y=ü%20");
        Answer second = call(1, "PUT", "/maps/a/k?guarantee=agreed", "");

        assertThat(first.status()).isEqualTo(200);
        assertThat(first.body().get("previous").isNull()).isTrue();
        assertThat(second.body().get("previous").asString()).isEqualTo("x=1&y=ü%20");
        assertThat(call(2, "GET", "/maps/a/k?read=ordered").body().get("value").asString())
                .isEmpty();
        assertThat(call(1, "GET", "/maps/a/k?read=local").body().get("value").asString())
                .isEmpty();
        assertThat(call(2, "DELETE", "/maps/a/k").body().get("previous").asString())
                .isEmpty();
        assertThat(call(2, "DELETE", "/maps/a/k").body().get("previous").isNull())
                .isTrue();
        assertThat(call(0, "GET", "/maps/a/k?read=ordered").type()).isEqualTo("absent");
    }

    @Test
    void aKeyIsSetOnlyIfItHasWhatIsExpected() {
        assertThat(done(0, "/maps/b/k/cas?value=1")).isTrue();
        assertThat(done(1, "/maps/b/k/cas?value=2")).isFalse();
        assertThat(done(1, "/maps/b/k/cas?expect=2&value=3")).isFalse();
        assertThat(done(2, "/maps/b/k/cas?expect=1&value=")).isTrue();
        assertThat(done(0, "/maps/b/k/cas?expect=&value=4")).isTrue();

        assertThat(call(1, "GET", "/maps/b/k?read=ordered").body().get("value").asString())
                .isEqualTo("4");
    }

    private static boolean done(int member, String path) {
        return call(member, "POST", path).body().get("done").asBoolean();
    }

    @Test
    void allCountTogether() {
        assertThat(call(0, "GET", "/counters/c").body()).hasToString("{\"value\":0}");
        assertThat(call(0, "POST", "/counters/c?add=40").body().get("value").asLong())
                .isEqualTo(40);
        assertThat(call(1, "POST", "/counters/c?guarantee=agreed")
                        .body()
                        .get("value")
                        .asLong())
                .isEqualTo(41);
        assertThat(call(2, "POST", "/counters/c?add=-1").body().get("value").asLong())
                .isEqualTo(40);
        assertThat(call(0, "GET", "/counters/c?read=ordered")
                        .body()
                        .get("value")
                        .asLong())
                .isEqualTo(40);
    }

    @Test
    void aLockIsHeldUntilItIsGivenBackWithItsToken() {
        long token = call(0, "POST", "/locks/door").body().get("token").asLong();
        assertThat(call(1, "POST", "/locks/door").type()).isEqualTo("lock-held");
        assertThat(call(1, "POST", "/locks/door?wait=50ms").status()).isEqualTo(409);
        CompletableFuture<Answer> waiting =
                CompletableFuture.supplyAsync(() -> call(2, "POST", "/locks/door?wait=20s"));
        await().atMost(PATIENCE)
                .untilAsserted(
                        () -> assertThat(entry(1, "door").path("waiters")).hasSize(1));
        assertThat(entry(1, "door").get("token").asLong()).isEqualTo(token);
        assertThat(entry(1, "door").get("owner")).isNotEqualTo(entry(1, "door").at("/waiters/0"));

        assertThat(call(1, "DELETE", "/locks/door?token=" + token).type()).isEqualTo("lock-not-held");
        assertThat(call(0, "DELETE", "/locks/other?token=" + token).type()).isEqualTo("lock-not-held");
        assertThat(call(0, "DELETE", "/locks/door?token=" + token).status()).isEqualTo(200);

        Answer next = waiting.join();
        assertThat(next.body().get("token").asLong()).isGreaterThan(token);
        assertThat(call(0, "DELETE", "/locks/door?token=" + token).status())
                .as("again")
                .isEqualTo(409);
        assertThat(call(2, "DELETE", "/locks/door?token=" + next.body().get("token"))
                        .status())
                .isEqualTo(200);
        await().atMost(PATIENCE)
                .untilAsserted(
                        () -> assertThat(entry(0, "door").isMissingNode()).isTrue());
    }

    private static JsonNode entry(int member, String name) {
        return call(member, "GET", "/locks")
                .body()
                .valueStream()
                .filter(entry -> entry.get("name").asString().equals(name))
                .findAny()
                .orElse(JSON.missingNode());
    }

    @Test
    void whatAMemberSeesOfItsRingIsSeenOverHttp() {
        JsonNode ring = call(1, "GET", "/actuator/ring").body();

        assertThat(ring.path("state").asString()).isEqualTo("OPERATIONAL");
        assertThat(ring.at("/configuration/members")).hasSize(3);
        assertThat(ring.at("/history/0/members")).hasSize(3);
        assertThat(call(1, "GET", "/actuator/ring/token")
                        .body()
                        .at("/token/visits")
                        .asLong())
                .isPositive();
        assertThat(call(1, "GET", "/actuator/ring/nonsense").status()).isEqualTo(404);
        assertThat(call(1, "GET", "/actuator/metrics/vs.ring.members")
                        .body()
                        .at("/measurements/0/value")
                        .asInt())
                .isEqualTo(3);
        assertThat(call(1, "GET", "/actuator/health").body().path("status").asString())
                .isEqualTo("UP");
    }

    @Test
    void badInputIsNamedAndChangesNothing() {
        assertThat(call(0, "PUT", "/maps/bad/k?guarantee=perhaps", "x").type()).isEqualTo("bad-request");
        assertThat(call(0, "PUT", "/maps/bad/k?garantee=safe", "x").type()).isEqualTo("bad-request");
        assertThat(call(0, "GET", "/maps/bad/k?read=soon").type()).isEqualTo("bad-request");
        assertThat(call(0, "POST", "/maps/bad/k/cas?expect=1").type()).isEqualTo("bad-request");
        assertThat(call(0, "POST", "/counters/bad?add=much").type()).isEqualTo("bad-request");
        assertThat(call(0, "POST", "/locks/bad?wait=-1s").type()).isEqualTo("bad-request");
        assertThat(call(0, "DELETE", "/locks/bad").type()).isEqualTo("bad-request");
        assertThat(call(0, "PUT", "/maps/bad/k", "x".repeat((1 << 20) + 1)).status())
                .isEqualTo(413);
        assertThat(call(0, "PUT", "/maps/bad/k", "x".repeat(1 << 20)).type()).isEqualTo("refused");

        assertThat(call(0, "GET", "/maps/bad/k?read=ordered").status()).isEqualTo(404);
        assertThat(call(0, "GET", "/counters/bad?read=ordered")
                        .body()
                        .get("value")
                        .asLong())
                .isZero();
        assertThat(entry(0, "bad").isMissingNode()).isTrue();
    }

    @Test
    void aMinorityRefusesChangesAndStillReads() {
        List<ConfigurableApplicationContext> alone = start("--members=1", "--vs.quorum.expected-members=3");
        try {
            assertThat(alone.get(0).getBean(ReplicatedObjects.class).status().state())
                    .isEqualTo(PrimaryStatus.State.NOT_PRIMARY);
            Answer refused = call(alone.get(0), "PUT", "/maps/m/k", "x");

            assertThat(refused.status()).isEqualTo(503);
            assertThat(refused.type()).isEqualTo("not-primary");
            assertThat(call(alone.get(0), "POST", "/locks/m", null).status()).isEqualTo(503);
            assertThat(call(alone.get(0), "POST", "/counters/m", null).status()).isEqualTo(503);
            assertThat(call(alone.get(0), "GET", "/maps/m/k?read=ordered", null).status())
                    .isEqualTo(503);
            assertThat(call(alone.get(0), "GET", "/maps/m/k", null).status()).isEqualTo(404);
            assertThat(call(alone.get(0), "GET", "/counters/m", null)
                            .body()
                            .path("stale")
                            .asBoolean())
                    .isTrue();
            assertThat(call(alone.get(0), "GET", "/locks", null).status()).isEqualTo(200);
        } finally {
            alone.forEach(ConfigurableApplicationContext::close);
        }
    }

    /** On a ring of their own, which nobody else finds. */
    private static List<ConfigurableApplicationContext> start(String... more) {
        String ports = FreePorts.range(10);
        List<String> arguments = new ArrayList<>(List.of(
                "--vs.cluster-name=test-" + UUID.randomUUID(),
                "--vs.transport.port=" + ports,
                "--vs.discovery.seeds=127.0.0.1:" + ports,
                "--server.port=0"));
        arguments.addAll(List.of(more));
        return SampleApplication.start(arguments.toArray(String[]::new));
    }

    private static Answer call(int member, String method, String path) {
        return call(members.get(member), method, path, null);
    }

    private static Answer call(int member, String method, String path, String body) {
        return call(members.get(member), method, path, body);
    }

    /** As curl -d does it: it says of all bodies that they are forms. */
    private static Answer call(ConfigurableApplicationContext member, String method, String path, String body) {
        String url = "http://localhost:" + member.getEnvironment().getProperty("local.server.port") + path;
        HttpRequest request = HttpRequest.newBuilder(URI.create(url))
                .header("Content-Type", "application/x-www-form-urlencoded")
                .method(
                        method,
                        body == null ? HttpRequest.BodyPublishers.noBody() : HttpRequest.BodyPublishers.ofString(body))
                .build();
        try {
            HttpResponse<String> answer = HTTP.send(request, HttpResponse.BodyHandlers.ofString());
            return new Answer(answer.statusCode(), JSON.readTree(answer.body()));
        } catch (IOException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
