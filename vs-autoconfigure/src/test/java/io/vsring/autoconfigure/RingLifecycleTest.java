package io.vsring.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.awaitility.Awaitility.await;
import static org.mockito.AdditionalAnswers.delegatesTo;
import static org.mockito.Mockito.doAnswer;
import static org.mockito.Mockito.mock;

import io.vsring.Receipt;
import io.vsring.ring.Ring;
import io.vsring.ring.RingClosedException;
import io.vsring.ring.RingHandler;
import io.vsring.ring.RingObserver;
import io.vsring.ring.RingOptions;
import io.vsring.ring.RingStartException;
import io.vsring.ring.RingStatus;
import io.vsring.spring.MemoryOrder;
import io.vsring.spring.OnConfigurationChange;
import io.vsring.spring.OnDeliver;
import io.vsring.spring.RingListenerRegistry;
import io.vsring.spring.RingTemplate;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.springframework.boot.LazyInitializationBeanFactoryPostProcessor;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.SmartLifecycle;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

class RingLifecycleTest {

    /** Spring Boot's; the sample application shows the same with a real server. */
    private static final int WEB_SERVER_PHASE = SmartLifecycle.DEFAULT_PHASE - 2048;

    private static final int GRACEFUL_SHUTDOWN_PHASE = SmartLifecycle.DEFAULT_PHASE - 1024;

    /** Less than what a stop may take that waits in vain. */
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final MemoryOrder order = new MemoryOrder();
    private final List<String> steps = new CopyOnWriteArrayList<>();
    private final List<Ring> opened = new CopyOnWriteArrayList<>();
    private final ApplicationContextRunner runner = new ApplicationContextRunner()
            .withConfiguration(AutoConfigurations.of(RingAutoConfiguration.class))
            .withBean(RingOpener.class, () -> this::open);

    private Ring open(RingOptions options, RingHandler handler, RingObserver... observers) {
        Ring ring = order.open(options, handler, observers);
        opened.add(ring);
        return ring;
    }

    /** As the web server's lifecycle, in both phases that it has. */
    private class Step implements SmartLifecycle {
        private final String name;
        private final int phase;
        private boolean running;

        Step(String name, int phase) {
            this.name = name;
            this.phase = phase;
        }

        @Override
        public void start() {
            running = true;
            steps.add(name + " starts with members=" + order.members().size());
        }

        @Override
        public void stop() {
            running = false;
            steps.add(name + " stops with members=" + order.members().size());
        }

        @Override
        public boolean isRunning() {
            return running;
        }

        @Override
        public int getPhase() {
            return phase;
        }
    }

    @Test
    void joinsBeforeTheWebServerOpensAndLeavesAfterItHasDrained() {
        runner.withBean("server", Step.class, () -> new Step("server", WEB_SERVER_PHASE))
                .withBean("drain", Step.class, () -> new Step("drain", GRACEFUL_SHUTDOWN_PHASE))
                .withBean("early", Step.class, () -> new Step("early", 0))
                .run(context -> {});

        assertThat(steps)
                .containsExactly(
                        "early starts with members=0",
                        "server starts with members=1",
                        "drain starts with members=1",
                        "drain stops with members=1",
                        "server stops with members=1",
                        "early stops with members=0");
    }

    static class Lazybones {
        @OnDeliver("orders")
        void on(String text) {}
    }

    @Test
    void startsWithItsListenersEvenIfAllBeansAreLazy() {
        runner.withInitializer(context ->
                        context.addBeanFactoryPostProcessor(new LazyInitializationBeanFactoryPostProcessor()))
                .withBean("lazybones", Lazybones.class)
                .run(context -> {
                    assertThat(order.members()).hasSize(1);
                    assertThat(context.getBean(RingListenerRegistry.class).listeners())
                            .anyMatch(listener -> listener.id().equals("lazybones"));
                });
    }

    interface OrderBook {}

    static class ListeningOrderBook implements OrderBook {
        @OnDeliver("orders")
        void on(String text) {}
    }

    @Configuration(proxyBeanMethods = false)
    static class Books {
        @Bean
        OrderBook book() {
            return new ListeningOrderBook();
        }
    }

    @Test
    void aListenerBehindAnInterfaceHearsEvenIfAllBeansAreLazy() {
        runner.withInitializer(context ->
                        context.addBeanFactoryPostProcessor(new LazyInitializationBeanFactoryPostProcessor()))
                .withUserConfiguration(Books.class)
                .run(context -> assertThat(
                                context.getBean(RingListenerRegistry.class).listeners())
                        .anyMatch(listener -> listener.id().equals("book")));
    }

    @Test
    void aChildContextUsesTheMemberOfItsParent() {
        runner.run(parent -> runner.withParent(parent.getSourceApplicationContext())
                .run(child -> {
                    assertThat(order.members()).hasSize(1);
                    assertThat(child.getBean(RingTemplate.class)).isSameAs(parent.getBean(RingTemplate.class));
                }));
    }

    @Test
    void aListenerInAChildContextIsRefusedBecauseItWouldOutliveItsBean() {
        runner.run(parent -> runner.withParent(parent.getSourceApplicationContext())
                .withBean("lazybones", Lazybones.class)
                .run(child -> assertThat(child)
                        .getFailure()
                        .hasMessageContaining("RingLifecycleTest$Lazybones cannot be called")
                        .hasMessageContaining("the ring belongs to a parent")));
    }

    @Test
    void aPausedTestContextStaysOnItsRing() {
        runner.withBean("other", Step.class, () -> new Step("other", 0)).run(context -> {
            ConfigurableApplicationContext pausing = context.getSourceApplicationContext();

            pausing.pause();

            assertThat(steps).contains("other stops with members=1");
            assertThat(order.members()).hasSize(1);
            pausing.restart();
            assertThat(opened).hasSize(1);
        });
    }

    @Test
    void aContextThatIsStartedAgainIsANewIncarnation() {
        runner.run(context -> {
            RingTemplate template = context.getBean(RingTemplate.class);
            var first = template.status().local().id();

            context.getSourceApplicationContext().stop();
            assertThat(order.members()).isEmpty();
            context.getSourceApplicationContext().start();

            assertThat(template.status().local().id()).isNotEqualTo(first);
            assertThat(template.send("text").get()).isNotNull();
        });
    }

    @Test
    void leavesWhenTheContextCannotBeRefreshed() {
        runner.withBean("failing", SmartLifecycle.class, () -> new Step("failing", Integer.MAX_VALUE) {
                    @Override
                    public void start() {
                        throw new IllegalStateException("as if a port were in use");
                    }
                })
                .run(context -> assertThat(context).hasFailed());

        assertThat(opened).hasSize(1);
        assertThat(opened.get(0).status().state()).isEqualTo(RingStatus.State.CLOSED);
    }

    static final class StartingByHand {
        StartingByHand(RingLifecycle lifecycle) {
            lifecycle.start();
            throw new IllegalStateException("as if something else were missing");
        }
    }

    @Test
    void leavesWhenABeanFailsThatHasStartedItByHand() {
        runner.withBean(StartingByHand.class).run(context -> assertThat(context).hasFailed());

        assertThat(opened).hasSize(1);
        assertThat(opened.get(0).status().state()).isEqualTo(RingStatus.State.CLOSED);
    }

    @Test
    void leavesNoThreadBehindWhenTheMemberCannotBeStarted() {
        new ApplicationContextRunner()
                .withConfiguration(AutoConfigurations.of(RingAutoConfiguration.class))
                .withBean("orphan", Lazybones.class)
                .withBean(RingOpener.class, () -> (options, handler, observers) -> {
                    Ring opened = mock(Ring.class, delegatesTo(open(options, handler, observers)));
                    doAnswer(call -> {
                                assertThat(threadsOf("vs-listener-orphan")).hasSize(1);
                                return CompletableFuture.failedFuture(new RingStartException("as if it had died"));
                            })
                            .when(opened)
                            .start();
                    return opened;
                })
                .run(context -> assertThat(context).getFailure().rootCause().hasMessage("as if it had died"));

        await().until(() -> threadsOf("vs-listener-orphan").isEmpty());
        assertThat(opened.get(0).status().state()).isEqualTo(RingStatus.State.CLOSED);
    }

    @Test
    void aMemberThatEndsWhileItLooksForOthersIsNotTakenForOneThatIsLate() {
        new ApplicationContextRunner()
                .withConfiguration(AutoConfigurations.of(RingAutoConfiguration.class))
                .withPropertyValues("vs.discovery.seeds=127.0.0.1:7460", "vs.on-startup-timeout=continue")
                .withBean(RingOpener.class, () -> (options, handler, observers) -> {
                    Ring opened = open(options, handler, observers);
                    return mock(Ring.class, call -> {
                        if (call.getMethod().getName().equals("awaitFormation")) {
                            throw new RingClosedException("as if it had failed");
                        }
                        return delegatesTo(opened).answer(call);
                    });
                })
                .run(context -> assertThat(context).getFailure().rootCause().hasMessage("as if it had failed"));
    }

    static final class Greeter {
        private final RingTemplate template;
        private final CompletableFuture<Receipt> greeted;

        Greeter(RingTemplate template, CompletableFuture<Receipt> greeted) {
            this.template = template;
            this.greeted = greeted;
        }

        @OnConfigurationChange
        void greet() {
            try {
                template.send("greetings", "hello").thenAccept(greeted::complete);
            } catch (RuntimeException e) {
                greeted.completeExceptionally(e);
            }
        }
    }

    @Test
    void aHandlerMaySendInTheFirstConfigurationHoweverEarlyItIsTold() {
        CompletableFuture<Receipt> greeted = new CompletableFuture<>();
        new ApplicationContextRunner()
                .withConfiguration(AutoConfigurations.of(RingAutoConfiguration.class))
                .withBean(RingOpener.class, () -> (options, handler, observers) -> {
                    Ring opened = mock(Ring.class, delegatesTo(open(options, handler, observers)));
                    doAnswer(call -> {
                                CompletableFuture<Void> started =
                                        this.opened.get(0).start();
                                greeted.handle((receipt, refusal) -> "told").get(20, TimeUnit.SECONDS);
                                return started;
                            })
                            .when(opened)
                            .start();
                    return opened;
                })
                .withBean("greeted", CompletableFuture.class, () -> greeted)
                .withBean(Greeter.class)
                .run(context -> assertThat(greeted).isCompleted());
    }

    @Test
    void seesThatItsRingHasEndedAndCanBeStartedAgain() {
        runner.withBean("lazybones", Lazybones.class).run(context -> {
            RingLifecycle lifecycle = context.getBean(RingLifecycle.class);
            RingTemplate template = context.getBean(RingTemplate.class);
            var first = template.status().local().id();

            order.crash(order.members().get(0));
            assertThat(template.status().state()).isEqualTo(RingStatus.State.CLOSED);
            lifecycle.start();

            assertThat(template.status().state()).isEqualTo(RingStatus.State.OPERATIONAL);
            assertThat(template.status().local().id()).isNotEqualTo(first);
            assertThat(template.send("orders", "text").get()).isNotNull();
        });
    }

    @Test
    void stopsTheListenersOfARingThatHasEndedByItself() {
        runner.withBean("lazybones", Lazybones.class).run(context -> {
            order.crash(order.members().get(0));

            context.getSourceApplicationContext().stop();

            await().until(() -> threadsThatKeepTheJvmAlive().isEmpty());
            assertThat(threadsOf("vs-listener-lazybones")).isEmpty();
        });
    }

    /** Does as it is told in its first message. */
    static final class Ending {
        private final CompletableFuture<Runnable> first;
        private final CompletableFuture<Boolean> interrupted = new CompletableFuture<>();
        private final List<String> heard = new CopyOnWriteArrayList<>();

        Ending(CompletableFuture<Runnable> first) {
            this.first = first;
        }

        @OnDeliver("orders")
        void on(String text) {
            heard.add(text);
            first.join().run();
            interrupted.complete(Thread.currentThread().isInterrupted());
        }
    }

    @Test
    void aListenerThatClosesItsApplicationIsNeitherWaitedForNorInterrupted() {
        CompletableFuture<Runnable> closing = new CompletableFuture<>();
        runner.withBean("ending", Ending.class, () -> new Ending(closing))
                .withPropertyValues("vs.shutdown-timeout=1m", "vs.listener.queue-capacity=4")
                .run(context -> {
                    Ending ending = context.getBean(Ending.class);
                    for (int number = 0; number < 9; number++) {
                        context.getBean(RingTemplate.class).send("orders", "text " + number);
                    }

                    closing.complete(context.getSourceApplicationContext()::close);

                    await().atMost(PATIENCE).until(ending.interrupted::isDone);
                    assertThat(ending.interrupted).isCompletedWithValue(false);
                    await().until(() -> threadsOf("vs-listener-ending").isEmpty());
                    assertThat(ending.heard).containsExactly("text 0");
                });
    }

    @Test
    void aStopThatIsInterruptedInterruptsAListenerThatIsStuck() {
        CountDownLatch never = new CountDownLatch(1);
        CompletableFuture<Throwable> stuck = new CompletableFuture<>();
        runner.withBean(
                        "ending",
                        Ending.class,
                        () -> new Ending(
                                CompletableFuture.completedFuture(() -> stuck.complete(catchThrowable(never::await)))))
                .run(context -> {
                    context.getBean(RingTemplate.class).send("orders", "text").join();
                    await().until(() -> !context.getBean(Ending.class).heard.isEmpty());

                    Thread.currentThread().interrupt();
                    context.getBean(RingLifecycle.class).stop();

                    assertThat(Thread.interrupted()).isTrue();
                    await().until(stuck::isDone);
                    assertThat(stuck.join()).isInstanceOf(InterruptedException.class);
                });
    }

    private static List<Thread> threadsOf(String name) {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.isAlive() && thread.getName().equals(name))
                .toList();
    }

    @Test
    void anApplicationThatListensLivesUntilItIsStopped() {
        runner.withBean("lazybones", Lazybones.class).run(context -> {
            await().untilAsserted(() -> assertThat(threadsThatKeepTheJvmAlive()).containsExactly("vs-keep-alive"));

            context.getSourceApplicationContext().stop();

            await().until(() -> threadsThatKeepTheJvmAlive().isEmpty());
        });
    }

    @Test
    void anApplicationThatOnlySendsEndsWithItsMainMethod() {
        runner.run(context -> await().until(() -> threadsThatKeepTheJvmAlive().isEmpty()));
    }

    /** Of those that an application has. Those of a test before may still be about to end: nobody waits for them. */
    private static List<String> threadsThatKeepTheJvmAlive() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.isAlive() && !thread.isDaemon())
                .map(Thread::getName)
                .filter(Set.of("vs-keep-alive", "vs-listener-lazybones", "vs-listener-vs.events")::contains)
                .toList();
    }

    @Test
    void doesNotStartByItselfIfToldTo() {
        runner.withPropertyValues("vs.auto-startup=false").run(context -> {
            assertThat(order.members()).isEmpty();

            context.getBean(RingLifecycle.class).start();

            assertThat(order.members()).hasSize(1);
        });
    }

    @Test
    void handlesWhatWasDeliveredBeforeItEnds() {
        List<String> heard = new CopyOnWriteArrayList<>();
        runner.withBean("hearing", Hearing.class, () -> new Hearing(heard)).run(context -> {
            for (int number = 0; number < 50; number++) {
                context.getBean(RingTemplate.class).send("orders", "text");
            }
        });

        assertThat(heard).hasSize(50);
    }

    static class Hearing {
        private final List<String> heard;

        Hearing(List<String> heard) {
            this.heard = heard;
        }

        @OnDeliver("orders")
        void on(String text) {
            heard.add(text);
        }
    }
}
