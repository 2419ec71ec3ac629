package io.vsring.sample;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.vsring.Guarantee;
import io.vsring.replicated.LockHandle;
import io.vsring.test.spring.EmbeddedRing;
import io.vsring.test.spring.RingPeers;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.test.web.servlet.assertj.MockMvcTester;
import org.springframework.test.web.servlet.assertj.MvcTestResult;
import org.springframework.web.context.WebApplicationContext;

/** The application beside two members that crash and are cut off, which no test can do to its own sockets. */
@SpringBootTest
@EmbeddedRing(peers = 2)
@Timeout(120)
class SampleOnEmbeddedRingTest {

    @Autowired
    private RingPeers peers;

    private MockMvcTester http;

    @BeforeEach
    void open(@Autowired WebApplicationContext context) {
        http = MockMvcTester.from(context);
    }

    @Test
    void whatOthersSayIsInTheTimeline() {
        peers.peer(1).send("greetings", "hello from another member", Guarantee.SAFE);

        await().untilAsserted(() ->
                assertThat(get("/messages")).bodyText().contains("hello from another member", "greetings"));
    }

    @Test
    void whatIsPostedReachesTheOthers() {
        assertThat(http.post().uri("/messages?group=greetings&guarantee=safe").content("hello"))
                .hasStatusOk();

        assertThat(peers.peer(2).awaitPayloads("greetings", String.class, 1)).containsExactly("hello");
    }

    @Test
    void aMemberThatIsCutOffShowsWhatItHadAndRefusesTheRest() {
        assertThat(post("/counters/cut?add=3")).hasStatusOk();

        peers.isolateApplication();
        peers.awaitConfiguration(1);

        assertThat(get("/counters/cut")).bodyJson().isStrictlyEqualTo("{\"value\": 3, \"stale\": true}");
        assertThat(post("/counters/cut")).hasStatus(503).bodyText().contains("urn:vsring:problem:not-primary");
        assertThat(get("/actuator/health/readiness")).hasStatus(503);
        peers.peer(1).objects().counter("cut").addAndGet(4);

        peers.heal();
        peers.awaitConfiguration(3);
        assertThat(get("/counters/cut")).bodyJson().isStrictlyEqualTo("{\"value\": 7}");
        assertThat(post("/counters/cut")).bodyJson().isStrictlyEqualTo("{\"value\": 8}");
    }

    @Test
    void theLockOfAMemberThatCrashedIsTheNextOnes() throws InterruptedException {
        LockHandle theirs = peers.peer(2).objects().locks().acquire("crashed");
        assertThat(post("/locks/crashed")).hasStatus(409);

        peers.crash(2);

        assertThat(post("/locks/crashed?wait=20s")).hasStatusOk();
        assertThat(theirs.fencingToken()).isPositive();
    }

    private MvcTestResult get(String path) {
        return http.get().uri(path).exchange();
    }

    private MvcTestResult post(String path) {
        return http.post().uri(path).exchange();
    }
}
