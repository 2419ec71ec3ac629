package io.vsring.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.micrometer.observation.ObservationRegistry;
import io.micrometer.observation.tck.TestObservationRegistry;
import io.micrometer.observation.tck.TestObservationRegistryAssert;
import io.vsring.Guarantee;
import io.vsring.spring.MemoryOrder;
import io.vsring.spring.OnDeliver;
import io.vsring.spring.OutboundMessage;
import io.vsring.spring.RingOperations;
import io.vsring.spring.RingTemplateCustomizer;
import io.vsring.spring.observation.DefaultHandleConvention;
import io.vsring.spring.observation.HandleContext;
import io.vsring.spring.observation.HandleConvention;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.messaging.handler.annotation.Header;

class RingObservationTest {

    private final MemoryOrder order = new MemoryOrder();
    private final TestObservationRegistry observed = TestObservationRegistry.create();
    private final ApplicationContextRunner runner = new ApplicationContextRunner()
            .withConfiguration(AutoConfigurations.of(RingAutoConfiguration.class))
            .withBean(RingOpener.class, () -> order::open)
            .withBean(ObservationRegistry.class, () -> observed)
            .withBean("orders", Orders.class);

    static final class Orders {
        final List<String> heard = new CopyOnWriteArrayList<>();

        @OnDeliver("orders")
        void on(String text, @Header(defaultValue = "none") String tenant) {
            heard.add(text + " of " + tenant);
        }
    }

    @Test
    void observesNothingUnlessItIsAskedTo() {
        runner.run(context -> {
            context.getBean(RingOperations.class).send("orders", "a").join();

            await().until(() -> !context.getBean(Orders.class).heard.isEmpty());
            TestObservationRegistryAssert.assertThat(observed).doesNotHaveAnyObservation();
        });
    }

    @Test
    void observesWhatIsSentAndEachCallOfAListener() {
        runner.withPropertyValues("vs.template.observation-enabled=true", "vs.listener.observation-enabled=true")
                .run(context -> {
                    RingOperations ring = context.getBean(RingOperations.class);
                    ring.sendAndAwait(
                            OutboundMessage.of("a").to("orders").header("tenant", "acme"), Duration.ofSeconds(10));

                    await().until(() -> context.getBean(Orders.class).heard.contains("a of acme"));
                    await().untilAsserted(() -> TestObservationRegistryAssert.assertThat(observed)
                            .hasObservationWithNameEqualTo("vs.listener")
                            .that()
                            .hasBeenStopped()
                            .hasLowCardinalityKeyValue("vs.listener", "orders")
                            .hasLowCardinalityKeyValue("messaging.destination.name", "orders")
                            .hasHighCardinalityKeyValueWithKey("vs.sequence"));
                    TestObservationRegistryAssert.assertThat(observed)
                            .hasObservationWithNameEqualTo("vs.template")
                            .that()
                            .hasBeenStopped()
                            .hasLowCardinalityKeyValue("vs.guarantee", "agreed");
                });
    }

    static final class OwnNames implements HandleConvention {

        @Override
        public String getName() {
            return "orders.handled";
        }

        @Override
        public String getContextualName(HandleContext context) {
            return new DefaultHandleConvention().getContextualName(context);
        }
    }

    @Test
    void usesTheNamesOfTheApplication() {
        runner.withPropertyValues("vs.listener.observation-enabled=true")
                .withBean(OwnNames.class)
                .run(context -> {
                    context.getBean(RingOperations.class).send("orders", "a").join();

                    await().untilAsserted(() -> TestObservationRegistryAssert.assertThat(observed)
                            .hasObservationWithNameEqualTo("orders.handled"));
                });
    }

    @Test
    void customizersHaveTheLastWord() {
        runner.withBean(
                        "safe",
                        RingTemplateCustomizer.class,
                        () -> settings -> settings.withDefaultGroup("orders").withDefaultGuarantee(Guarantee.SAFE))
                .run(context -> {
                    RingOperations ring = context.getBean(RingOperations.class);

                    assertThat(ring.send("a").join().guarantee()).isEqualTo(Guarantee.SAFE);
                    await().until(() -> context.getBean(Orders.class).heard.contains("a of none"));
                });
    }
}
