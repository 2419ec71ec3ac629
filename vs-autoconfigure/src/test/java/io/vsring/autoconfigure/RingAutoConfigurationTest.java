package io.vsring.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;
import static org.mockito.Mockito.mock;

import io.vsring.Delivery;
import io.vsring.Guarantee;
import io.vsring.MemberId;
import io.vsring.RingConfiguration;
import io.vsring.ring.RingClosedException;
import io.vsring.ring.RingObserver;
import io.vsring.ring.RingOptions;
import io.vsring.ring.SeedProvider;
import io.vsring.spring.ListenerErrorHandler;
import io.vsring.spring.ListenerFailure;
import io.vsring.spring.ListenerStatus;
import io.vsring.spring.MemoryOrder;
import io.vsring.spring.OnConfigurationChange;
import io.vsring.spring.OnDeliver;
import io.vsring.spring.RingConfigurationChangedEvent;
import io.vsring.spring.RingListenerRegistry;
import io.vsring.spring.RingOperations;
import io.vsring.spring.RingTemplate;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.InitializingBean;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.event.EventListener;

class RingAutoConfigurationTest {

    private final MemoryOrder order = new MemoryOrder();
    private final ApplicationContextRunner runner = new ApplicationContextRunner()
            .withConfiguration(AutoConfigurations.of(RingAutoConfiguration.class))
            .withBean(RingOpener.class, () -> order::open);

    record OrderPlaced(String id, int quantity) {}

    static class Stock {
        final List<String> events = new CopyOnWriteArrayList<>();

        @OnDeliver("orders")
        void on(OrderPlaced placed, Delivery delivery) {
            events.add(delivery.group() + ":" + placed.id() + "*" + placed.quantity());
        }

        @OnConfigurationChange
        void on(RingConfiguration configuration) {
            events.add("members:" + configuration.members().size());
        }
    }

    @Test
    void deliversTypedPayloadsInOneOrderToAllContextsOfOneJvm() {
        runner.withBean(Stock.class)
                .run(one -> runner.withBean(Stock.class).run(other -> {
                    one.getBean(RingTemplate.class).sendAndAwait("orders", new OrderPlaced("a", 1), Guarantee.SAFE);
                    other.getBean(RingTemplate.class).sendAndAwait("orders", new OrderPlaced("b", 2), Guarantee.AGREED);

                    await().untilAsserted(() -> assertThat(one.getBean(Stock.class).events)
                            .containsExactly("members:1", "members:2", "orders:a*1", "orders:b*2"));
                    await().untilAsserted(() -> assertThat(other.getBean(Stock.class).events)
                            .containsExactly("members:1", "members:2", "orders:a*1", "orders:b*2"));
                }));
    }

    @Test
    void staysOutIfToldTo() {
        runner.withPropertyValues("vs.enabled=false")
                .run(context -> assertThat(context).doesNotHaveBean(RingOperations.class));
    }

    @Test
    void takesItsSeedsFromWhoeverKnowsThem() {
        runner.withPropertyValues("vs.discovery.seeds=127.0.0.1:7460")
                .withBean(RingConnectionDetails.class, () -> () -> List.of("127.0.0.1:7777"))
                .run(context ->
                        assertThat(context.getBean(RingOptions.class).seeds()).containsExactly("127.0.0.1:7777"));
        runner.withPropertyValues("vs.discovery.seeds=127.0.0.1:7460")
                .run(context ->
                        assertThat(context.getBean(RingOptions.class).seeds()).containsExactly("127.0.0.1:7460"));
    }

    @Test
    void whoIsAskedForSeedsTakesThePlaceOfAllOtherDiscovery() {
        SeedProvider known = () -> List.of("127.0.0.1:7777");
        runner.withPropertyValues("vs.discovery.seeds=127.0.0.1:7460", "vs.discovery.dns.name=orders")
                .withBean(SeedProvider.class, () -> known)
                .run(context -> {
                    RingOptions options = context.getBean(RingOptions.class);
                    assertThat(options.seedProvider()).isSameAs(known);
                    assertThat(options.seeds()).isEmpty();
                });
    }

    static class Eager implements InitializingBean {
        private final RingTemplate template;

        Eager(RingTemplate template) {
            this.template = template;
        }

        @Override
        public void afterPropertiesSet() {
            template.send("too early");
        }
    }

    @Test
    void theTemplateSaysWhenItIsUsedTooEarly() {
        runner.withBean(Eager.class)
                .run(context -> assertThat(context)
                        .getFailure()
                        .rootCause()
                        .isInstanceOf(RingClosedException.class)
                        .hasMessageContaining("is not started")
                        .hasMessageContaining("Use it from an ApplicationRunner"));
        assertThat(order.members()).isEmpty();
    }

    static class Events {
        final List<RingConfigurationChangedEvent> events = new CopyOnWriteArrayList<>();

        @EventListener
        void on(RingConfigurationChangedEvent event) {
            events.add(event);
        }
    }

    @Test
    void publishesAnEventForEachRegularConfiguration() {
        runner.withBean(Events.class).run(one -> {
            MemberId[] gone = new MemberId[1];
            runner.run(other ->
                    gone[0] = other.getBean(RingTemplate.class).status().local().id());

            List<RingConfigurationChangedEvent> events = one.getBean(Events.class).events;
            await().until(() -> events.size() == 3);
            assertThat(events.get(1).getChange().joined().toList()).containsExactly(gone[0]);
            assertThat(events.get(2).getChange().left().toList()).containsExactly(gone[0]);
        });
    }

    static class Failing {
        @OnDeliver("orders")
        void on(OrderPlaced placed) {
            throw new IllegalStateException("no " + placed.id());
        }
    }

    @Test
    void tellsTheApplicationsErrorHandler() {
        List<ListenerFailure> failures = new CopyOnWriteArrayList<>();
        runner.withBean("failing", Failing.class)
                .withBean(ListenerErrorHandler.class, () -> failures::add)
                .run(context -> {
                    RingTemplate template = context.getBean(RingTemplate.class);
                    template.sendAndAwait("orders", new OrderPlaced("a", 1), Guarantee.AGREED);
                    template.sendAndAwait("orders", "no order", Guarantee.AGREED);

                    await().until(() -> failures.size() == 2);
                    assertThat(failures.get(0).cause()).hasMessage("no a");
                    assertThat(failures.get(1).kind()).isEqualTo(ListenerFailure.Kind.UNDECODABLE);
                    assertThat(context.getBean(RingListenerRegistry.class).status("failing"))
                            .returns(0L, ListenerStatus::handled)
                            .returns(1L, ListenerStatus::failed)
                            .returns(1L, ListenerStatus::undecodable);
                });
    }

    @Test
    void refusesPropertiesThatDoNotFitBeforeAnythingStarts() {
        runner.withPropertyValues("vs.transport.port=high", "vs.startup-timeout=0s")
                .run(context -> assertThat(context)
                        .getFailure()
                        .rootCause()
                        .isInstanceOf(InvalidRingPropertiesException.class)
                        .hasMessageContaining("vs.transport.port")
                        .hasMessageContaining("vs.startup-timeout"));
        assertThat(order.members()).isEmpty();
    }

    @Test
    void usesTheDefaultsOfTheProperties() {
        runner.withBean(Stock.class)
                .withPropertyValues("vs.template.default-group=orders", "vs.template.default-guarantee=safe")
                .run(context -> assertThat(context.getBean(RingTemplate.class)
                                .send(new OrderPlaced("a", 1))
                                .get()
                                .guarantee())
                        .isEqualTo(Guarantee.SAFE));
    }

    @Test
    void theTemplateRefusesAfterTheMemberHasLeft() {
        runner.run(context -> {
            RingTemplate template = context.getBean(RingTemplate.class);

            context.getBean(RingLifecycle.class).stop();

            assertThatExceptionOfType(RingClosedException.class).isThrownBy(() -> template.send("late"));
            assertThat(order.members()).isEmpty();
        });
    }

    @Test
    void anApplicationMayBringItsOwnOperations() {
        runner.withBean(RingOperations.class, () -> mock(RingOperations.class))
                .run(context -> assertThat(context).hasSingleBean(RingOperations.class));
    }

    @Test
    void handsItsObserversToTheRing() {
        RingObserver observer = new RingObserver() {};
        List<RingObserver> seen = new CopyOnWriteArrayList<>();
        new ApplicationContextRunner()
                .withConfiguration(AutoConfigurations.of(RingAutoConfiguration.class))
                .withBean(RingObserver.class, () -> observer)
                .withBean(RingOpener.class, () -> (options, handler, observers) -> {
                    seen.addAll(List.of(observers));
                    return order.open(options, handler, observers);
                })
                .run(context -> assertThat(seen).containsExactly(observer));
    }
}
