package io.vsring.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.vsring.Guarantee;
import io.vsring.Member;
import io.vsring.MemberAddress;
import io.vsring.MemberId;
import io.vsring.replicated.Replica;
import io.vsring.replicated.ReplicatedObjects;
import io.vsring.replicated.StateSnapshot;
import io.vsring.spring.MemoryOrder;
import io.vsring.spring.MemoryRing;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.autoconfigure.availability.ApplicationAvailabilityAutoConfiguration;
import org.springframework.boot.availability.AvailabilityChangeEvent;
import org.springframework.boot.availability.LivenessState;
import org.springframework.boot.availability.ReadinessState;
import org.springframework.boot.health.actuate.endpoint.HealthEndpoint;
import org.springframework.boot.health.autoconfigure.actuate.endpoint.AvailabilityProbesAutoConfiguration;
import org.springframework.boot.health.autoconfigure.actuate.endpoint.HealthEndpointAutoConfiguration;
import org.springframework.boot.health.autoconfigure.contributor.HealthContributorAutoConfiguration;
import org.springframework.boot.health.autoconfigure.registry.HealthContributorRegistryAutoConfiguration;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.boot.health.contributor.Status;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.ApplicationContext;

@Timeout(60)
class RingHealthTest {

    private final MemoryOrder order = new MemoryOrder();
    private final ApplicationContextRunner runner = new ApplicationContextRunner()
            .withConfiguration(AutoConfigurations.of(
                    RingAutoConfiguration.class,
                    RingHealthAutoConfiguration.class,
                    ApplicationAvailabilityAutoConfiguration.class,
                    HealthContributorAutoConfiguration.class,
                    HealthContributorRegistryAutoConfiguration.class,
                    HealthEndpointAutoConfiguration.class,
                    AvailabilityProbesAutoConfiguration.class))
            .withBean(RingOpener.class, () -> order::open);

    @Test
    void aMemberThatHoldsTheStateIsUpAndSaysWhereItIs() {
        runner.run(context -> {
            Health health = ring(context);

            assertThat(health.getStatus()).isEqualTo(Status.UP);
            assertThat(health.getDetails())
                    .containsEntry("members", 1)
                    .hasToString("{state=OPERATIONAL, member=1#3e9, ring=1.2.3e9, members=1, objects=PRIMARY}");
        });
    }

    @Test
    void whatSomebodyHasToDoSomethingAboutIsToldThoughTheMemberIsUp() {
        runner.withPropertyValues("vs.security.mode=insecure-plaintext").run(context -> {
            assertThat(ring(context).getStatus()).isEqualTo(Status.UP);
            assertThat(ring(context).getDetails()).containsEntry("security", "insecure-plaintext");
        });
    }

    @Test
    void aMemberWhoseIdSomebodyElseHasIsDownUntilOneOfThemIsGone() {
        runner.run(context -> {
            MemoryRing member = order.members().get(0);
            member.twin(new Member(new MemberId(1, 0xBEEF), MemberAddress.ofIpv4(0x7F00_0001, 7460)));

            assertThat(ring(context).getStatus()).isEqualTo(Status.DOWN);
            assertThat(ring(context).getDetails())
                    .containsEntry("member", "1#3e9")
                    .containsEntry(
                            "twin",
                            "1#beef at 127.0.0.1:7460 has the id of this member: give each a vs.member-id of its own");
            assertThat(status(context, "readiness")).isEqualTo(Status.DOWN);
            assertThat(status(context, "liveness"))
                    .as("a restart does not help")
                    .isEqualTo(Status.UP);

            member.twin(null);
            assertThat(ring(context).getStatus()).isEqualTo(Status.UP);
        });
    }

    @Test
    void whoIsInTheMinorityIsOutOfServiceAndNotDown() {
        runner.withPropertyValues("vs.quorum.expected-members=2").run(context -> {
            assertThat(ring(context).getStatus()).isEqualTo(Status.OUT_OF_SERVICE);
            assertThat(ring(context).getDetails().get("objects")).hasToString("NOT_PRIMARY");
            assertThat(status(context, "readiness")).isEqualTo(Status.OUT_OF_SERVICE);
            assertThat(status(context, "liveness")).isEqualTo(Status.UP);
        });
    }

    @Test
    void aMemberThatHasEndedByItselfIsDownAndOneThatWasStoppedIsOutOfService() {
        runner.run(context -> {
            context.getBean(ReplicatedObjects.class).ring().leave().join();
            assertThat(ring(context).getStatus()).isEqualTo(Status.DOWN);

            context.getSourceApplicationContext().stop();
            assertThat(ring(context).getStatus()).isEqualTo(Status.OUT_OF_SERVICE);
            assertThat(ring(context).getDetails()).containsEntry("state", "NOT_RUNNING");
        });
    }

    @Test
    void whoIsStartedByHandIsOutOfServiceUntilThen() {
        runner.withPropertyValues("vs.auto-startup=false").run(context -> {
            assertThat(ring(context).getDetails()).containsEntry("state", "NOT_RUNNING");
            assertThat(status(context, "readiness")).isEqualTo(Status.OUT_OF_SERVICE);
            assertThat(status(context, "liveness")).isEqualTo(Status.UP);

            context.getBean(RingLifecycle.class).start();

            assertThat(status(context, "readiness")).isEqualTo(Status.UP);
        });
    }

    /** Takes over the state of others when it is let. */
    private record Gated(CountDownLatch gate) implements Replica {

        @Override
        public byte[] apply(byte[] command, Circumstances circumstances) {
            return command;
        }

        @Override
        public StateSnapshot snapshot() {
            return StateSnapshot.of(new byte[1]);
        }

        @Override
        public void restore(byte[] piece) {
            try {
                gate.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }

    @Test
    void whoStillReceivesTheStateIsOutOfService() {
        CountDownLatch gate = new CountDownLatch(1);
        ApplicationContextRunner gated = runner.withBean(
                        ReplicationOptionsCustomizer.class,
                        () -> options -> options.withKinds(Map.of("gated", () -> new Gated(gate))))
                .withPropertyValues("vs.startup-timeout=1s", "vs.on-startup-timeout=continue");
        gated.run(holder -> {
            holder.getBean(ReplicatedObjects.class)
                    .custom("g", "gated", Guarantee.SAFE)
                    .call(new byte[1])
                    .join();
            gated.run(joining -> {
                assertThat(ring(joining).getDetails().get("state")).hasToString("OPERATIONAL");
                assertThat(ring(joining).getDetails().get("objects")).hasToString("UNDECIDED");
                assertThat(status(joining, "readiness")).isEqualTo(Status.OUT_OF_SERVICE);
                assertThat(status(holder, "readiness")).isEqualTo(Status.UP);

                gate.countDown();

                await().untilAsserted(
                                () -> assertThat(status(joining, "readiness")).isEqualTo(Status.UP));
            });
        });
    }

    @Test
    void readinessCanDoWithoutTheRing() {
        runner.withPropertyValues("vs.quorum.expected-members=2", "vs.health.readiness=false")
                .run(context -> assertThat(status(context, "readiness")).isEqualTo(Status.UP));
    }

    @Test
    void whoDoesNotWantItHasNone() {
        runner.withPropertyValues("management.health.ring.enabled=false")
                .run(context -> assertThat(context).doesNotHaveBean("ringHealthIndicator"));
        runner.withPropertyValues("vs.enabled=false")
                .run(context -> assertThat(context).doesNotHaveBean("ringHealthIndicator"));
    }

    private static Health ring(ApplicationContext context) {
        return context.getBean("ringHealthIndicator", HealthIndicator.class).health();
    }

    /** Of an application that has started, as far as Spring Boot is concerned. */
    private static Status status(ApplicationContext context, String group) {
        AvailabilityChangeEvent.publish(context, LivenessState.CORRECT);
        AvailabilityChangeEvent.publish(context, ReadinessState.ACCEPTING_TRAFFIC);
        return context.getBean(HealthEndpoint.class).healthForPath(group).getStatus();
    }
}
