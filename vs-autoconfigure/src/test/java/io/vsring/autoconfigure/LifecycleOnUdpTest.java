package io.vsring.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.awaitility.Awaitility.await;

import com.sun.management.UnixOperatingSystemMXBean;
import io.vsring.Guarantee;
import io.vsring.MemberId;
import io.vsring.Receipt;
import io.vsring.replicated.ReplicatedObjects;
import io.vsring.ring.OutcomeUnknownException;
import io.vsring.ring.RingClosedException;
import io.vsring.spring.OnDeliver;
import io.vsring.spring.RingTemplate;
import io.vsring.spring.SendQueueFullException;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.ApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.SmartLifecycle;

/** Members on real sockets come and go: what they leave behind, and what not. */
@Timeout(120)
class LifecycleOnUdpTest {

    private static final int TIMES = 20;

    private final String ports = FreePorts.range(8);
    private final ApplicationContextRunner ring = runner("test-" + UUID.randomUUID());

    private ApplicationContextRunner runner(String cluster) {
        return new ApplicationContextRunner()
                .withConfiguration(AutoConfigurations.of(RingAutoConfiguration.class))
                .withBean(Heard.class)
                .withPropertyValues(
                        "vs.cluster-name=" + cluster,
                        "vs.transport.port=" + ports,
                        "vs.discovery.seeds=127.0.0.1:" + ports);
    }

    static class Heard {
        private final Queue<String> texts = new ConcurrentLinkedQueue<>();

        @OnDeliver("texts")
        void on(String text) {
            texts.add(text);
        }
    }

    /** Sends as fast as it may until the ring takes no more. */
    private static final class Sender implements Runnable {
        final Map<String, CompletableFuture<Receipt>> accepted = new TreeMap<>();
        private final RingTemplate template;
        private final String name;
        private final Guarantee guarantee;

        Sender(RingTemplate template, String name, Guarantee guarantee) {
            this.template = template;
            this.name = name;
            this.guarantee = guarantee;
        }

        @Override
        public void run() {
            try {
                for (int number = 0; ; number++) {
                    String text = name + " " + number;
                    accepted.put(text, template.send("texts", text, guarantee));
                }
            } catch (RingClosedException | SendQueueFullException refused) {
                return;
            }
        }
    }

    @Test
    void whatAMemberAcceptedBeforeItStoppedIsDeliveredAtAll() {
        // Nobody is given up for being slow: what then becomes of what was accepted is another test's business.
        ApplicationContextRunner patient = ring.withPropertyValues(
                "vs.ring.token-loss-timeout=1m", "vs.ring.leave-timeout=1m", "vs.shutdown-timeout=1m");
        patient.run(one -> patient.run(other -> patient.run(stopping -> {
            RingTemplate template = stopping.getBean(RingTemplate.class);
            List<Sender> senders = Stream.of("a", "b", "c", "d")
                    .map(name ->
                            new Sender(template, name, name.compareTo("c") < 0 ? Guarantee.SAFE : Guarantee.AGREED))
                    .toList();
            List<Thread> sending = senders.stream().map(Thread::new).toList();
            sending.forEach(Thread::start);
            await().until(() -> heard(one).size() > 2_000);

            stopping.getSourceApplicationContext().stop();

            Set<String> accepted = new HashSet<>();
            for (Thread each : sending) {
                each.join();
            }
            for (Sender sender : senders) {
                sender.accepted.forEach(
                        (text, outcome) -> assertThat(outcome).as(text).isCompleted());
                accepted.addAll(sender.accepted.keySet());
            }
            await().until(() -> heard(one).size() == accepted.size());
            List<String> heard = heard(one);
            assertThat(accepted.equals(new HashSet<>(heard))).isTrue();
            await().until(() -> heard.equals(heard(other)));
            assertThat(heard.equals(heard(stopping))).isTrue();
        })));
    }

    static class Stuck {
        @OnDeliver("texts")
        void on(String text) throws InterruptedException {
            new CountDownLatch(1).await();
        }
    }

    @Test
    void whatAMemberAcceptedHasAnOutcomeEvenIfItsListenerIsStuck() {
        ApplicationContextRunner impatient =
                ring.withPropertyValues("vs.shutdown-timeout=1s", "vs.ring.leave-timeout=1s");
        ring.run(one -> impatient
                .withBean(Stuck.class)
                .withPropertyValues("vs.listener.queue-capacity=4", "vs.template.send-timeout=1ms")
                .run(stopping -> {
                    RingTemplate template = stopping.getBean(RingTemplate.class);
                    Sender sender = new Sender(template, "a", Guarantee.SAFE);
                    sender.run(); // until the queue is full, since nothing comes out of the other end

                    stopping.getSourceApplicationContext().stop();

                    await().until(() -> sender.accepted.values().stream().allMatch(CompletableFuture::isDone));
                    await().until(() -> members(one).size() == 1);
                    List<String> received = new ArrayList<>();
                    sender.accepted.forEach((text, outcome) -> {
                        if (outcome.isCompletedExceptionally()) {
                            assertThat(catchThrowable(outcome::join))
                                    .cause()
                                    .isInstanceOf(OutcomeUnknownException.class);
                        } else {
                            received.add(text);
                        }
                    });
                    assertThat(received).as("of %d", sender.accepted.size()).hasSizeGreaterThan(4);
                    await().until(() -> new HashSet<>(heard(one)).containsAll(received));
                }));
    }

    @Test
    void aRefreshThatFailsInAnotherBeanLeavesNothingBehind() {
        leavesNothingBehind(() -> {
            throw new IllegalStateException("as if a database were away");
        });
    }

    @Test
    void aRefreshThatFailsInALaterPhaseLeavesNothingBehind() {
        leavesNothingBehind(FailingLast::new);
    }

    private void leavesNothingBehind(Supplier<SmartLifecycle> failing) {
        // Nobody is missed within the test: whoever is gone has said so.
        ApplicationContextRunner patient = ring.withPropertyValues("vs.ring.token-loss-timeout=1m");
        patient.run(peer -> {
            List<String> threads = ringThreads();

            patient.withBean(
                            "failing",
                            SmartLifecycle.class,
                            failing,
                            definition -> definition.setDependsOn("ringLifecycle", "ringTemplate"))
                    .run(context -> assertThat(context).getFailure().rootCause().hasMessageStartingWith("as if"));

            await().untilAsserted(() -> assertThat(ringThreads()).isEqualTo(threads));
            await().until(() -> members(peer).size() == 1);
            int first = Integer.parseInt(ports.substring(0, ports.indexOf('-')));
            assertThat(FreePorts.areFree(first + 1, 7)).isTrue();
            assertThat(peer.getBean(RingTemplate.class).sendAndAwait("texts", "alone", Guarantee.SAFE))
                    .isNotNull();
        });
    }

    private static final class FailingLast implements SmartLifecycle {

        @Override
        public void start() {
            assertThat(ringThreads()).as("those of two members").hasSizeGreaterThan(4);
            throw new IllegalStateException("as if the port of the web server were in use");
        }

        @Override
        public void stop() {}

        @Override
        public boolean isRunning() {
            return false;
        }
    }

    @Test
    void aContextCanBeStoppedAndStartedAgainAndAgain() {
        ring.run(peer -> ring.run(context -> {
            ConfigurableApplicationContext restarted = context.getSourceApplicationContext();
            Set<MemberId> incarnations = new HashSet<>();
            comeAndGo(time -> {
                restarted.stop();
                await().until(() -> members(peer).size() == 1);
                restarted.start();
                incarnations.add(
                        context.getBean(RingTemplate.class).status().local().id());
                takesPart(context, peer, time);
            });

            assertThat(incarnations).hasSize(TIMES);
        }));
    }

    @Test
    void aContextCanFollowAnotherAgainAndAgain() {
        ring.run(peer -> comeAndGo(time -> {
            ring.run(context -> takesPart(context, peer, time));
            await().until(() -> members(peer).size() == 1);
        }));
    }

    @FunctionalInterface
    private interface Step {
        void run(int time) throws Exception;
    }

    private static void comeAndGo(Step step) throws Exception {
        step.run(1);
        List<String> threads = ringThreads();
        long files = openFiles();
        for (int time = 2; time <= TIMES; time++) {
            step.run(time);
        }
        await().untilAsserted(() -> assertThat(ringThreads()).isEqualTo(threads));
        assertThat(openFiles()).isLessThan(files + TIMES / 2);
    }

    private static void takesPart(ApplicationContext context, ApplicationContext peer, int time) {
        assertThat(members(context)).hasSize(2);
        await().untilAsserted(() -> assertThat(members(peer)).isEqualTo(members(context)));
        assertThat(context.getBean(ReplicatedObjects.class).counter("times").incrementAndGet())
                .isEqualTo(time);
        context.getBean(RingTemplate.class).sendAndAwait("texts", "time " + time, Guarantee.SAFE);
        for (ApplicationContext each : List.of(context, peer)) {
            await().untilAsserted(() -> assertThat(heard(each)).endsWith("time " + time));
        }
    }

    @Test
    void twoClustersInOneJvmDoNotMeetOnTheSamePorts() {
        ring.run(one -> runner("other-" + UUID.randomUUID())
                .run(foreign -> ring.run(other -> {
                    one.getBean(RingTemplate.class).sendAndAwait("texts", "ours", Guarantee.SAFE);
                    foreign.getBean(RingTemplate.class).sendAndAwait("texts", "theirs", Guarantee.SAFE);

                    assertThat(members(other)).hasSize(2);
                    await().untilAsserted(() -> assertThat(members(one)).isEqualTo(members(other)));
                    assertThat(members(foreign)).hasSize(1);
                    await().untilAsserted(() -> assertThat(heard(other)).containsExactly("ours"));
                    await().untilAsserted(() -> assertThat(heard(one)).containsExactly("ours"));
                    await().untilAsserted(() -> assertThat(heard(foreign)).containsExactly("theirs"));
                })));
    }

    @Test
    void theMemberOfAParentOutlivesItsChildren() {
        ring.run(parent -> {
            for (int child = 0; child < 2; child++) {
                new ApplicationContextRunner()
                        .withConfiguration(AutoConfigurations.of(RingAutoConfiguration.class))
                        .withParent(parent.getSourceApplicationContext())
                        .run(context -> context.getBean(RingTemplate.class)
                                .sendAndAwait("texts", "from a child", Guarantee.SAFE));
            }

            assertThat(catchThrowable(() -> parent.getBean(RingTemplate.class)
                            .sendAndAwait("texts", "from the parent", Guarantee.SAFE)))
                    .isNull();
            await().untilAsserted(() ->
                    assertThat(heard(parent)).containsExactly("from a child", "from a child", "from the parent"));
        });
    }

    private static List<String> heard(ApplicationContext context) {
        return List.copyOf(context.getBean(Heard.class).texts);
    }

    private static List<MemberId> members(ApplicationContext context) {
        return context.getBean(RingTemplate.class).status().configuration().members().stream()
                .toList();
    }

    /** Ours have names. What else a JVM has comes and goes as it likes. */
    private static List<String> ringThreads() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(Thread::isAlive)
                .map(Thread::getName)
                .filter(name -> name.startsWith("vs-"))
                .map(name -> name.replaceAll("\\d+$", "")) // which says whose it is
                .sorted()
                .toList();
    }

    private static long openFiles() {
        return ManagementFactory.getOperatingSystemMXBean() instanceof UnixOperatingSystemMXBean unix
                ? unix.getOpenFileDescriptorCount()
                : 0;
    }
}
