package io.vsring.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;

import io.vsring.Guarantee;
import io.vsring.replicated.MapLimits;
import io.vsring.replicated.ReplicatedCounter;
import io.vsring.replicated.ReplicatedMap;
import io.vsring.replicated.ReplicatedObjects;
import io.vsring.spring.MemoryOrder;
import io.vsring.spring.ObjectCodecs;
import io.vsring.spring.Replicated;
import io.vsring.spring.ReplicatedCounterDefinition;
import io.vsring.spring.ReplicatedMapDefinition;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.util.TestPropertyValues;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.ParameterizedTypeReference;

/** The ways in which replicated objects are declared, and what they are found by. */
class ReplicatedBeansTest {

    private final MemoryOrder order = new MemoryOrder();
    private final ApplicationContextRunner runner = new ApplicationContextRunner()
            .withConfiguration(AutoConfigurations.of(RingAutoConfiguration.class))
            .withBean(RingOpener.class, () -> order::open);

    record Order(String id, int quantity) {}

    @Configuration(proxyBeanMethods = false)
    static class ByBeanMethod {
        @Bean
        ReplicatedMap<String, Order> orders(ReplicatedObjects objects, ObjectCodecs codecs) {
            return objects.map("orders", codecs.of(String.class), codecs.of(Order.class));
        }

        @Bean
        ReplicatedMap<UUID, List<Order>> baskets(ReplicatedObjects objects, ObjectCodecs codecs) {
            return objects.map("baskets", codecs.of(UUID.class), codecs.of(new ParameterizedTypeReference<>() {}));
        }

        @Bean
        ReplicatedCounter visits(ReplicatedObjects objects) {
            return objects.counter("visits");
        }
    }

    @Configuration(proxyBeanMethods = false)
    @ReplicatedMapDefinition(name = "orders", value = Order.class)
    @ReplicatedMapDefinition(name = "refunds", key = UUID.class, value = Order.class, guarantee = Guarantee.AGREED)
    @ReplicatedCounterDefinition(name = "visits")
    static class ByAnnotation {}

    @Configuration(proxyBeanMethods = false)
    @ReplicatedMapDefinition(name = "stock", value = Integer.class)
    static class ByOneAnnotation {}

    static class Uses {
        private final ReplicatedMap<String, Order> byGenerics;
        private final ReplicatedCounter visits;

        Uses(ReplicatedMap<String, Order> byGenerics, ReplicatedCounter visits) {
            this.byGenerics = byGenerics;
            this.visits = visits;
        }

        void work() {
            assertThat(byGenerics.put("a", new Order("a", 1))).isNull();
            assertThat(byGenerics.get("a")).isEqualTo(new Order("a", 1));
            assertThat(byGenerics.name()).isEqualTo("orders");
            assertThat(visits.incrementAndGet()).isOne();
        }
    }

    @Test
    void bothAreDeclaredByBeanMethods() {
        runner.withUserConfiguration(ByBeanMethod.class)
                .withBean(Uses.class)
                .run(context -> context.getBean(Uses.class).work());
    }

    @Test
    void bothAreDeclaredByProperties() {
        runner.withBean(Uses.class)
                .withPropertyValues(
                        "vs.maps.orders.value-type=" + Order.class.getName(),
                        "vs.maps.refunds.key-type=java.util.UUID",
                        "vs.maps.refunds.value-type=byte[]",
                        "vs.counters.visits.guarantee=agreed")
                .run(context -> context.getBean(Uses.class).work());
    }

    /** In YAML: a name with nothing behind it, or with braces. */
    @Test
    void aCounterNeedsNothingButItsName() {
        runner.withPropertyValues("vs.counters.visits=")
                .run(context -> assertThat(context.getBean("visits", ReplicatedCounter.class)
                                .incrementAndGet())
                        .isOne());
    }

    @Test
    void bothAreDeclaredByAnnotations() {
        runner.withUserConfiguration(ByAnnotation.class, ByOneAnnotation.class)
                .withBean(Uses.class)
                .run(context -> {
                    context.getBean(Uses.class).work();
                    assertThat(context.getBeansOfType(ReplicatedMap.class))
                            .containsOnlyKeys("orders", "refunds", "stock");
                });
    }

    @Test
    @SuppressWarnings("unchecked") // beans are asked for by class
    void valuesWithGenericsAreWrittenAndReadAsWhatTheyAre() {
        runner.withUserConfiguration(ByBeanMethod.class).run(context -> {
            ReplicatedMap<UUID, List<Order>> baskets = context.getBean("baskets", ReplicatedMap.class);
            UUID key = UUID.randomUUID();

            baskets.put(key, List.of(new Order("a", 1)));

            assertThat(baskets.get(key)).containsExactly(new Order("a", 1));
        });
    }

    static class ByName {
        private final ReplicatedMap<String, Integer> apples;
        private final ReplicatedMap<String, Integer> qualified;

        ByName(ReplicatedMap<String, Integer> apples, @Replicated("pears") ReplicatedMap<String, Integer> qualified) {
            this.apples = apples;
            this.qualified = qualified;
        }
    }

    @Test
    void theNameDecidesWhereTheTypeDoesNot() {
        runner.withBean(ByName.class)
                .withPropertyValues(
                        "vs.maps.apples.value-type=java.lang.Integer", "vs.maps.pears.value-type=java.lang.Integer")
                .run(context -> {
                    assertThat(context.getBean(ByName.class).apples.name()).isEqualTo("apples");
                    assertThat(context.getBean(ByName.class).qualified.name()).isEqualTo("pears");
                });
    }

    static class ByQualifierOnly {
        ByQualifierOnly(@Replicated("refunds") ReplicatedMap<UUID, Order> any) {}
    }

    @Test
    void givesTheLinesThatDeclareWhatIsMissing() {
        FailureAnalysis analysis = analysis(ByQualifierOnly.class, ByOneAnnotation.class);

        assertThat(analysis.getDescription())
                .contains("ByQualifierOnly required a ReplicatedMap<UUID, Order> named 'refunds', and no such object")
                .contains("- stock is a ReplicatedMap<String, Integer>");
        assertThat(analysis.getAction().lines().map(String::strip))
                .contains(
                        "- a property: vs.maps.refunds.value-type=" + Order.class.getName()
                                + " and vs.maps.refunds.key-type=java.util.UUID",
                        "- on a @Configuration class: @ReplicatedMapDefinition(name = \"refunds\", key = UUID.class,"
                                + " value = Order.class)",
                        "- in a @Configuration class: @Bean"
                                + " ReplicatedMap<UUID, Order> refunds(ReplicatedObjects"
                                + " objects, ObjectCodecs codecs) { return objects.map(\"refunds\","
                                + " codecs.of(UUID.class), codecs.of(Order.class)); }");
    }

    static class OfAnotherType {
        OfAnotherType(ReplicatedMap<String, List<Order>> stock) {}
    }

    @Test
    void showsTheTypeThatAnObjectOfThatNameHas() {
        FailureAnalysis analysis = analysis(OfAnotherType.class, ByOneAnnotation.class);

        assertThat(analysis.getDescription())
                .contains("required a ReplicatedMap<String, List<Order>> named 'stock'")
                .contains("- stock is a ReplicatedMap<String, Integer>");
        assertThat(analysis.getAction())
                .startsWith("Change the type or the name")
                .contains("codecs.of(new ParameterizedTypeReference<List<Order>>() {})")
                .doesNotContain("@ReplicatedMapDefinition");
    }

    static class OfSeveral {
        OfSeveral(ReplicatedCounter any) {}
    }

    @Test
    void saysHowToChooseAmongSeveral() {
        FailureAnalysis analysis =
                analysis(OfSeveral.class, "vs.counters.one.guarantee=safe", "vs.counters.two.guarantee=safe");

        assertThat(analysis.getDescription()).contains("- one is a ReplicatedCounter", "- two is a ReplicatedCounter");
        assertThat(analysis.getAction()).contains("@Replicated(\"name\")");
    }

    @Test
    void givesTheLinesThatDeclareACounter() {
        FailureAnalysis analysis = analysis(OfSeveral.class);

        assertThat(analysis.getAction())
                .contains(
                        "vs.counters.any.guarantee=safe",
                        "@ReplicatedCounterDefinition(name = \"any\")",
                        "@Bean ReplicatedCounter any(ReplicatedObjects objects)");
    }

    @Configuration(proxyBeanMethods = false)
    @ReplicatedMapDefinition(name = "basket", value = Integer.class, timeToLive = "30m", maxEntries = 2)
    static class Limited {}

    @Test
    void limitsAreDeclaredWithTheMap() {
        runner.withUserConfiguration(Limited.class)
                .withPropertyValues(
                        "vs.maps.cart.value-type=java.lang.Integer",
                        "vs.maps.cart.time-to-live=10s",
                        "vs.maps.cart.max-entries=1")
                .run(context -> {
                    ReplicatedMap<String, Integer> basket = map(context, "basket");
                    ReplicatedMap<String, Integer> cart = map(context, "cart");
                    basket.put("a", 1);
                    cart.put("a", 1);
                    cart.put("b", 2);

                    assertThat(basket.limits()).isEqualTo(new MapLimits(Duration.ofMinutes(30), 2));
                    assertThat(cart.limits()).isEqualTo(new MapLimits(Duration.ofSeconds(10), 1));
                    assertThat(cart.snapshot()).containsExactly(Map.entry("b", 2));
                });
    }

    @SuppressWarnings("unchecked")
    private static ReplicatedMap<String, Integer> map(ApplicationContext context, String name) {
        return context.getBean(name, ReplicatedMap.class);
    }

    @Configuration(proxyBeanMethods = false)
    @ReplicatedMapDefinition(name = "basket", value = Integer.class, timeToLive = "soon")
    static class NoTime {}

    @Test
    void aTimeThatIsNoneIsNamedWithItsMap() {
        runner.withUserConfiguration(NoTime.class)
                .run(context -> assertThat(context)
                        .getFailure()
                        .hasMessageContaining("@ReplicatedMapDefinition of 'basket': timeToLive = 'soon'")
                        .hasMessageContaining("such as 30m"));
    }

    @Test
    void everythingThatIsWrongWithPropertiesIsSaidAtOnce() {
        FailureAnalysis analysis = analysis(
                ByName.class,
                "vs.maps.apples.key-type=int",
                "vs.maps.pears.value-type=com.acme.Pear",
                "vs.maps.pears.time-to-live=-1s",
                "vs.maps.pears.max-entries=-1",
                "vs.counters.pears.guarantee=safe",
                "vs.quorum.expected-members=-1",
                "vs.replication.call-timeout=0s");

        assertThat(analysis.getDescription().lines().map(String::strip))
                .contains(
                        "- vs.maps.apples.value-type must be set: the name of a class, such as java.lang.Integer",
                        "- vs.maps.pears.value-type must be the full name of a class, such as java.lang.Integer, or"
                                + " byte[], and 'com.acme.Pear' is none that this application has",
                        "- vs.maps.pears.time-to-live must not be negative, and is PT-1S; 0: for ever",
                        "- vs.maps.pears.max-entries must not be negative, and is -1; 0: any number",
                        "- vs.maps.pears and vs.counters.pears would be two beans of one name: give one of"
                                + " them another",
                        "- vs.quorum.expected-members must be the number of members that there are to be, or 0 if"
                                + " nobody knows, not -1",
                        "- vs.replication.call-timeout must be 1ms to 365 days, not 0ms");
    }

    interface Shape {}

    @Configuration(proxyBeanMethods = false)
    @ReplicatedMapDefinition(name = "shapes", value = Shape.class)
    static class OfAnInterface {}

    @Test
    void refusesATypeThatNoBytesCanBeReadAs() {
        runner.withUserConfiguration(OfAnInterface.class)
                .run(context -> assertThat(context).getFailure().rootCause().hasMessageContaining("Shape"));
    }

    @Test
    void thereAreNoneWithoutARing() {
        runner.withPropertyValues("vs.enabled=false", "vs.maps.orders.value-type=java.lang.Integer")
                .run(context -> assertThat(context)
                        .doesNotHaveBean(ReplicatedMap.class)
                        .doesNotHaveBean(ReplicatedObjects.class));
    }

    private FailureAnalysis analysis(Class<?> bean, Object... classesAndProperties) {
        AnnotationConfigApplicationContext context = new AnnotationConfigApplicationContext();
        context.registerBean(RingOpener.class, () -> order::open);
        context.register(RingAutoConfiguration.class, bean);
        for (Object each : classesAndProperties) {
            if (each instanceof Class<?> type) {
                context.register(type);
            } else {
                TestPropertyValues.of(each.toString()).applyTo(context);
            }
        }
        try {
            context.refresh();
        } catch (RuntimeException failure) {
            return FailureAnalyzersTest.analyzed(failure, context.getBeanFactory());
        }
        throw new AssertionError("started: " + Map.of(bean, List.of(classesAndProperties)));
    }
}
