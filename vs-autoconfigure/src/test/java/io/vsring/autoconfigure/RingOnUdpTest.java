package io.vsring.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.awaitility.Awaitility.await;

import io.vsring.Guarantee;
import io.vsring.actuate.RingHealthIndicator;
import io.vsring.ring.SeedProvider;
import io.vsring.spring.OnConfigurationChange;
import io.vsring.spring.OnDeliver;
import io.vsring.spring.RingTemplate;
import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.Status;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.util.TestPropertyValues;
import org.springframework.context.ApplicationContext;
import org.springframework.context.SmartLifecycle;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;

/** Contexts on real sockets. */
class RingOnUdpTest {

    private final ApplicationContextRunner runner = new ApplicationContextRunner()
            .withConfiguration(AutoConfigurations.of(RingAutoConfiguration.class))
            .withPropertyValues("vs.cluster-name=test-" + UUID.randomUUID());

    private DatagramSocket silent;
    private String silentSeed;

    /** A seed where nobody answers, and nobody else can begin to. */
    @BeforeEach
    void takeAPort() throws IOException {
        silent = new DatagramSocket(0, InetAddress.getLoopbackAddress());
        silentSeed = "127.0.0.1:" + silent.getLocalPort();
    }

    @AfterEach
    void releaseIt() {
        silent.close();
    }

    static class Heard {
        final List<String> texts = new CopyOnWriteArrayList<>();

        @OnDeliver("greetings")
        void on(String text) {
            texts.add(text);
        }
    }

    @Test
    void aMemberThatItsProviderLearnsOfLaterIsFound() {
        String ports = FreePorts.range(2);
        List<String> known = new CopyOnWriteArrayList<>();
        ApplicationContextRunner asking = runner.withBean(SeedProvider.class, () -> () -> List.copyOf(known))
                .withPropertyValues("vs.transport.port=" + ports, "vs.discovery.refresh-interval=100ms");
        asking.run(one -> asking.run(other -> {
            assertThat(one.getBean(RingTemplate.class).status().members()).hasSize(1);
            assertThat(other.getBean(RingTemplate.class).status().members()).hasSize(1);

            known.add("127.0.0.1:" + ports);

            await().until(() ->
                    other.getBean(RingTemplate.class).status().members().size() == 2);
        }));
    }

    @Test
    void whoIsNeverToldWhereOthersAreDoesNotStartAndSaysWhatIsMissing() {
        ApplicationContextRunner told = runner.withBean(SeedProvider.class, () -> () -> {
            throw new UnknownHostException("orders.test");
        });
        told.withPropertyValues("vs.transport.port=0", "vs.startup-timeout=2s")
                .run(context -> assertThat(context.getStartupFailure())
                        .hasStackTraceContaining("was not ready within 2000ms")
                        .hasStackTraceContaining("seeds: not known yet")
                        .hasStackTraceContaining("UnknownHostException: orders.test"));
        told.withPropertyValues("vs.transport.port=0", "vs.startup-timeout=1s", "vs.on-startup-timeout=continue")
                .run(context -> assertThat(context).hasNotFailed());
    }

    @Test
    void twoContextsOfOneJvmAreTogetherAsSoonAsTheyHaveStarted() {
        String ports = FreePorts.range(5);
        ApplicationContextRunner ring = runner.withBean(Heard.class)
                .withPropertyValues("vs.transport.port=" + ports, "vs.discovery.seeds=127.0.0.1:" + ports);
        ApplicationContextRunner sureNotToBeAlone =
                ring.withPropertyValues("vs.ring.formation-wait=1m", "vs.startup-timeout=1m");
        ring.run(one -> {
            sureNotToBeAlone.run(other -> {
                assertThat(other.getBean(RingTemplate.class).status().members()).hasSize(2);
                one.getBean(RingTemplate.class).sendAndAwait("greetings", "from one", Guarantee.SAFE);
                other.getBean(RingTemplate.class).sendAndAwait("greetings", "from other", Guarantee.SAFE);

                for (Heard heard : List.of(one.getBean(Heard.class), other.getBean(Heard.class))) {
                    await().untilAsserted(() -> assertThat(heard.texts).containsExactly("from one", "from other"));
                }
            });
            await().until(() ->
                    one.getBean(RingTemplate.class).status().members().size() == 1);
        });
    }

    @Test
    void twoMembersWithOneIdAreBothDownAndSayWhereTheOtherIs() {
        String ports = FreePorts.range(2);
        ApplicationContextRunner twin = runner.withConfiguration(
                        AutoConfigurations.of(RingHealthAutoConfiguration.class))
                .withPropertyValues(
                        "vs.member-id=7", "vs.transport.port=" + ports, "vs.discovery.seeds=127.0.0.1:" + ports);
        twin.run(one -> twin.run(other -> {
            await().until(() -> health(one).getStatus().equals(Status.DOWN)
                    && health(other).getStatus().equals(Status.DOWN));

            assertThat(health(one).getDetails().get("twin"))
                    .asString()
                    .startsWith("7#")
                    .contains(" at "
                            + other.getBean(RingTemplate.class).status().local().address() + " ")
                    .contains("vs.member-id");
            assertThat(health(other).getDetails().get("twin"))
                    .asString()
                    .contains(" at "
                            + one.getBean(RingTemplate.class).status().local().address() + " ");
        }));
    }

    private static Health health(ApplicationContext context) {
        return context.getBean(RingHealthIndicator.class).health();
    }

    @Test
    void withoutSeedsItIsAloneAtOnce() {
        runner.run(context -> {
            RingTemplate template = context.getBean(RingTemplate.class);

            assertThat(template.status().members()).hasSize(1);
            assertThat(template.sendAndAwait("g", "text", Guarantee.SAFE)).isNotNull();
        });
    }

    @Test
    void saysThatThePortIsInUse() throws IOException {
        try (DatagramSocket taken = new DatagramSocket(0, InetAddress.getLoopbackAddress())) {
            FailureAnalysis analysis =
                    FailureAnalyzersTest.analysis(runner, "vs.transport.port=" + taken.getLocalPort());

            assertThat(analysis.getDescription())
                    .contains("UDP port " + taken.getLocalPort())
                    .contains("in use");
            assertThat(analysis.getAction()).startsWith("Stop the process that has the port");
        }
    }

    @Test
    void saysWhichAddressesThisMachineHas() {
        FailureAnalysis analysis = FailureAnalyzersTest.analysis(
                runner, "vs.transport.bind-address=192.0.2.7", "vs.security.mode=insecure-plaintext");

        assertThat(analysis.getDescription()).contains("192.0.2.7").contains("vs.transport.bind-address");
        assertThat(analysis.getAction())
                .startsWith("Set vs.transport.bind-address to an address of this machine, which has [")
                .contains("127.0.0.1");
    }

    @Test
    void saysThatNoRingCameAboutInTime() {
        FailureAnalysis analysis = FailureAnalyzersTest.analysis(
                runner,
                "vs.discovery.seeds=" + silentSeed,
                "vs.transport.port=0",
                "vs.ring.formation-wait=60s",
                "vs.startup-timeout=2s");

        assertThat(analysis.getDescription())
                .contains("was not ready within 2000ms")
                .contains("[" + silentSeed + "]");
        assertThat(analysis.getAction()).contains("vs.startup-timeout");
    }

    static final class FirstConfiguration {
        private final CountDownLatch told;

        FirstConfiguration(CountDownLatch told) {
            this.told = told;
        }

        @OnConfigurationChange
        void on() {
            told.countDown();
        }
    }

    @Test
    @Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void isStoppedAtOnceWhileItStillLooksForOthers() throws InterruptedException {
        AnnotationConfigApplicationContext context = new AnnotationConfigApplicationContext();
        TestPropertyValues.of(
                        "vs.cluster-name=test-" + UUID.randomUUID(),
                        "vs.discovery.seeds=" + silentSeed,
                        "vs.transport.port=0",
                        "vs.ring.formation-wait=10m",
                        "vs.startup-timeout=10m")
                .applyTo(context);
        CountDownLatch told = new CountDownLatch(1);
        context.registerBean(FirstConfiguration.class, () -> new FirstConfiguration(told));
        context.register(RingAutoConfiguration.class);
        CompletableFuture<Throwable> failure = new CompletableFuture<>();
        Thread starting = new Thread(() -> failure.complete(catchThrowable(context::refresh)));
        starting.start();
        told.await();
        await().until(() -> starting.getState() == Thread.State.WAITING); // any other is not interrupted by a close

        context.close();

        assertThat(failure.join()).rootCause().isInstanceOf(InterruptedException.class);
        assertThat(context.isActive()).isFalse();
    }

    @Test
    void startsAllTheSameIfToldTo() {
        runner.withPropertyValues(
                        "vs.discovery.seeds=" + silentSeed,
                        "vs.transport.port=0",
                        "vs.ring.formation-wait=60s",
                        "vs.startup-timeout=2s",
                        "vs.on-startup-timeout=continue")
                .run(context -> assertThat(context.getBean(RingTemplate.class)
                                .send("g", "text")
                                .get())
                        .isNotNull());
    }

    @Test
    void aRefreshThatFailsReleasesThePort() {
        int port = FreePorts.first(1);
        runner.withPropertyValues("vs.transport.port=" + port)
                .withBean("failing", SmartLifecycle.class, FailingLast::new)
                .run(context -> assertThat(context).hasFailed());

        assertThat(FreePorts.areFree(port, 1)).isTrue();
    }

    private static final class FailingLast implements SmartLifecycle {

        @Override
        public void start() {
            throw new IllegalStateException("as if the web server could not start");
        }

        @Override
        public void stop() {}

        @Override
        public boolean isRunning() {
            return false;
        }
    }
}
