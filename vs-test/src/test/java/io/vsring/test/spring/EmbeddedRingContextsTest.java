package io.vsring.test.spring;

import static org.assertj.core.api.Assertions.assertThat;

import io.vsring.spring.RingOperations;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.Timeout;
import org.junit.platform.engine.DiscoverySelector;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.engine.discovery.DiscoverySelectors;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.context.annotation.Configuration;
import org.springframework.test.annotation.DirtiesContext;

/** Which tests share a ring, what one leaves to the next, and what is told when it does not work. */
@Timeout(120)
class EmbeddedRingContextsTest {

    private static final List<RingPeers> SEEN = new ArrayList<>();

    @BeforeEach
    void forget() {
        SEEN.clear();
    }

    abstract static class Seeing {
        @Autowired
        RingPeers peers;

        @Test
        void sees() {
            SEEN.add(peers);
        }
    }

    @SpringBootTest(classes = OrdersApplication.class)
    @EmbeddedRing(peers = 1)
    static final class First extends Seeing {}

    @SpringBootTest(classes = OrdersApplication.class)
    @EmbeddedRing(peers = 1)
    static final class LikeTheFirst extends Seeing {}

    @SpringBootTest(classes = OrdersApplication.class)
    @EmbeddedRing(peers = 1, expectedMembers = 0)
    @DirtiesContext
    static final class Other extends Seeing {}

    @Test
    void classesWithTheSameAttributesShareARing() {
        assertThat(run(First.class, LikeTheFirst.class, Other.class)).isEmpty();

        assertThat(SEEN).hasSize(3);
        assertThat(SEEN.get(1)).isSameAs(SEEN.get(0)).isNotSameAs(SEEN.get(2));
    }

    @SpringBootTest(classes = OrdersApplication.class)
    @EmbeddedRing(peers = 2)
    @TestMethodOrder(MethodOrderer.OrderAnnotation.class)
    static final class OneAfterTheOther {
        @Autowired
        RingPeers peers;

        @Autowired
        RingOperations ring;

        @Test
        @Order(1)
        void leavesARingInPieces() {
            peers.peer(2).send("orders", new OrdersApplication.Order("left behind", 1));
            peers.crash(1);
            peers.partition(2);
            peers.awaitConfiguration(1);
        }

        @Test
        @Order(2)
        void findsItWhole() {
            assertThat(ring.status().members()).hasSize(3);
            assertThat(peers.peer(1).isRunning()).isTrue();
            assertThat(peers.peer(2).deliveries("orders")).isEmpty();
            SEEN.add(peers);
        }
    }

    @Test
    void aTestFindsTheRingAsItWasInTheBeginning() {
        assertThat(run(OneAfterTheOther.class)).isEmpty();
        assertThat(SEEN).hasSize(1);
    }

    @SpringBootTest(classes = OrdersApplication.class)
    @EmbeddedRing(peers = 0)
    @DirtiesContext
    static final class Alone extends Seeing {}

    @Test
    void anApplicationCanBeAlone() {
        assertThat(run(Alone.class)).isEmpty();
        assertThat(SEEN).hasSize(1);
    }

    @SpringBootTest(classes = OrdersApplication.class)
    @EmbeddedRing(peers = 1, patienceMillis = 1_500)
    @DirtiesContext
    static final class InVain {
        @Autowired
        RingPeers peers;

        @Test
        void waits() {
            peers.isolateApplication();
            peers.awaitConfiguration(7);
        }

        @Test
        void waitsForMessages() {
            peers.peer(1).awaitPayloads("orders", OrdersApplication.Order.class, 1);
        }
    }

    @Test
    void aWaitInVainSaysHowAllStand() {
        String told = String.join("\n", run(InVain.class));

        assertThat(told)
                .contains(
                        "waited 1500ms for a configuration of 7, in vain",
                        "the application, member 2, is in regular",
                        "peer 1 is in regular",
                        "cut off: [2]",
                        "waited 1500ms for peer 1 to be delivered 1 messages to orders");
    }

    @Configuration(proxyBeanMethods = false)
    static class NoRing {}

    @SpringBootTest(classes = NoRing.class)
    @EmbeddedRing
    static final class WithoutARing {
        @Test
        void neverRuns() {}
    }

    @Test
    void aContextWithoutARingIsToldWhatItLacks() {
        assertThat(String.join("\n", run(WithoutARing.class)))
                .contains("@EmbeddedRing finds no ring in this application context");
    }

    @SpringBootTest(classes = OrdersApplication.class)
    @EmbeddedRing(peers = 17)
    static final class TooMany {
        @Test
        void neverRuns() {}
    }

    @Test
    void moreThanSixteenPeersAreRefused() {
        assertThat(String.join("\n", run(TooMany.class))).contains("must have 0 to 16 peers");
    }

    /** Failures, with all that is printed of them. */
    private static List<String> run(Class<?>... testClasses) {
        List<String> failures = new ArrayList<>();
        DiscoverySelector[] selectors =
                Stream.of(testClasses).map(DiscoverySelectors::selectClass).toArray(DiscoverySelector[]::new);
        LauncherFactory.create()
                .execute(
                        LauncherDiscoveryRequestBuilder.request()
                                .selectors(selectors)
                                .build(),
                        new TestExecutionListener() {
                            @Override
                            public void executionFinished(TestIdentifier test, TestExecutionResult result) {
                                result.getThrowable().ifPresent(failure -> failures.add(printed(failure)));
                            }
                        });
        return failures;
    }

    private static String printed(Throwable failure) {
        StringWriter text = new StringWriter();
        failure.printStackTrace(new PrintWriter(text));
        return text.toString();
    }
}
