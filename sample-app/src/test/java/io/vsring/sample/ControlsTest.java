package io.vsring.sample;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.vsring.ring.RingStatus;
import io.vsring.spring.RingOperations;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.springframework.context.ConfigurableApplicationContext;

/** Members that are disturbed over HTTP, on real sockets. */
@Timeout(120)
class ControlsTest {

    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    private List<ConfigurableApplicationContext> members;

    @BeforeEach
    void start() {
        String ports = FreePorts.range(5);
        members = SampleApplication.start(
                "--vs.cluster-name=test-" + UUID.randomUUID(),
                "--vs.transport.port=" + ports,
                "--vs.discovery.seeds=127.0.0.1:" + ports,
                "--server.port=0");
        awaitMembers(0, 3);
    }

    @AfterEach
    void stop() {
        members.forEach(ConfigurableApplicationContext::close);
    }

    @Test
    void whoPausesIsLeftBehindByTheOthersAndComesBack() throws Exception {
        int answer = post(0, "/controls/pause?for=3s&member=" + id(2));

        assertThat(answer).isEqualTo(202);
        awaitMembers(0, 2);
        assertThat(status(1).members()).hasSize(2);
        assertThat(status(2).members()).as("it has not noticed yet").hasSize(3);
        awaitMembers(0, 3);
    }

    @Test
    void whoPausesCanBeStoppedAllTheSame() throws Exception {
        post(0, "/controls/pause?for=60s");
        awaitMembers(1, 2);

        long began = System.nanoTime();
        members.get(0).close();

        assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Duration.ofSeconds(15));
    }

    @Test
    void whoIsStoppedClosesItsApplicationAndTheOthersGoOn() throws Exception {
        assertThat(post(0, "/controls/stop?member=" + id(1))).isEqualTo(202);

        await().atMost(PATIENCE).until(() -> !members.get(1).isActive());
        awaitMembers(0, 2);
        assertThat(members.get(2).isActive()).isTrue();
    }

    @Test
    void onlyAMemberCanBeNamed() throws Exception {
        assertThat(post(0, "/controls/stop?member=1")).isEqualTo(400);
        assertThat(post(0, "/controls/pause?for=2h")).isEqualTo(400);
        assertThat(post(0, "/controls/pause?of=2s")).isEqualTo(400);
    }

    private String id(int member) {
        return URLEncoder.encode(status(member).local().id().toString(), StandardCharsets.UTF_8);
    }

    private RingStatus status(int member) {
        return members.get(member).getBean(RingOperations.class).status();
    }

    private void awaitMembers(int member, int count) {
        await().atMost(PATIENCE).until(() -> status(member).members().size() == count);
    }

    private int post(int member, String path) throws IOException, InterruptedException {
        String port = members.get(member).getEnvironment().getProperty("local.server.port");
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://localhost:" + port + path))
                .POST(HttpRequest.BodyPublishers.noBody())
                .build();
        return HTTP.send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
    }
}
