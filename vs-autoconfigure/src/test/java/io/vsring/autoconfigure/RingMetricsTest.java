package io.vsring.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.vsring.Guarantee;
import io.vsring.ring.Ring;
import io.vsring.ring.RingStatistics;
import io.vsring.spring.MemoryOrder;
import io.vsring.spring.OnDeliver;
import io.vsring.spring.RingTemplate;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.micrometer.metrics.autoconfigure.CompositeMeterRegistryAutoConfiguration;
import org.springframework.boot.micrometer.metrics.autoconfigure.MetricsAutoConfiguration;
import org.springframework.boot.micrometer.metrics.autoconfigure.export.simple.SimpleMetricsExportAutoConfiguration;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.ApplicationContext;

@Timeout(60)
class RingMetricsTest {

    private static final Path DOCUMENT = Path.of("../docs/metrics.md");
    private static final Path DASHBOARD = Path.of("../docs/grafana-dashboard.json");

    private final ApplicationContextRunner withoutListeners = new ApplicationContextRunner()
            .withConfiguration(AutoConfigurations.of(
                    RingAutoConfiguration.class, RingMetricsAutoConfiguration.class, MetricsAutoConfiguration.class));
    private final ApplicationContextRunner runner = withoutListeners
            .withBean(Texts.class)
            .withPropertyValues("vs.cluster-name=test", "vs.maps.stock.value-type=java.lang.Integer")
            .withPropertyValues(
                    "vs.security.keys[0].id=7",
                    "vs.security.keys[0].secret=kq0Hh5WcV1Yx3iJmT7rN2bZpEo8LdSuG4aFwKtCXyQM=");

    static class Texts {
        @OnDeliver(value = "texts", id = "texts")
        void on(String text) {
            if (text.isEmpty()) {
                throw new IllegalArgumentException("made up");
            }
        }
    }

    private ApplicationContextRunner with(MeterRegistry registry) {
        return runner.withBean(MeterRegistry.class, () -> registry);
    }

    private static double value(MeterRegistry registry, String name, String... tags) {
        Meter meter = registry.get(name).tags(tags).meter();
        return meter.measure().iterator().next().getValue();
    }

    private static void send(ApplicationContext context, String text) {
        context.getBean(RingTemplate.class).sendAndAwait("texts", text, Guarantee.SAFE);
    }

    @Test
    void countsWhatTheMemberAndItsListenersDo() {
        MeterRegistry registry = new SimpleMeterRegistry();
        with(registry).run(context -> {
            double before = value(registry, "vs.messages.delivered");
            send(context, "one");
            send(context, "");

            assertThat(value(registry, "vs.messages.delivered")).isGreaterThanOrEqualTo(before + 2);
            assertThat(value(registry, "vs.ring.members")).isEqualTo(1);
            assertThat(value(registry, "vs.ring.primary")).isEqualTo(1);
            assertThat(value(registry, "vs.ring.state", "state", "operational")).isEqualTo(1);
            assertThat(value(registry, "vs.ring.state", "state", "joining")).isZero();
            assertThat(value(registry, "vs.map.size", "map", "stock")).isZero();
            await().untilAsserted(() -> {
                assertThat(value(registry, "vs.listener.calls", "listener", "texts", "outcome", "success"))
                        .isEqualTo(1);
                assertThat(value(registry, "vs.listener.calls", "listener", "texts", "outcome", "error"))
                        .isEqualTo(1);
            });
        });
    }

    @Test
    void allReasonsAreThereFromTheBeginningSoThatTagsNeverChange() {
        MeterRegistry registry = new SimpleMeterRegistry();
        with(registry)
                .run(context -> assertThat(registry.get("vs.ring.gathers").meters())
                        .hasSameSizeAs(RingStatistics.gatherReasons())
                        .allSatisfy(meter ->
                                assertThat(meter.getId().getTag("reason")).isLowerCase()));
    }

    @Test
    void countersGoOnWhenTheMemberIsStoppedAndStartedAgain() {
        MeterRegistry registry = new SimpleMeterRegistry();
        with(registry).run(context -> {
            send(context, "one");
            double counted = value(registry, "vs.messages.delivered");
            send(context, "two, of which nobody has read");

            context.getSourceApplicationContext().stop();
            double whenStopped = value(registry, "vs.messages.delivered");
            assertThat(whenStopped).isGreaterThan(counted);
            assertThat(value(registry, "vs.ring.members")).isZero();
            assertThat(value(registry, "vs.ring.state", "state", "closed")).isEqualTo(1);

            context.getSourceApplicationContext().start();
            send(context, "three");
            assertThat(value(registry, "vs.messages.delivered")).isGreaterThan(whenStopped);
            assertThat(value(registry, "vs.ring.members")).isEqualTo(1);
        });
    }

    @Test
    void whatAFullReceiveBufferCostIsNotForgottenWithTheMember() {
        assumeTrue(Ring.areReceiveDropsTold(), "nobody tells here");
        MeterRegistry registry = new SimpleMeterRegistry();
        MemoryOrder order = new MemoryOrder();
        with(registry).withBean(RingOpener.class, () -> order::open).run(context -> {
            order.members().get(0).receiveDrops(5);
            assertThat(value(registry, "vs.datagrams.receive.drops")).isEqualTo(5);

            context.getSourceApplicationContext().stop();
            assertThat(value(registry, "vs.datagrams.receive.drops")).isEqualTo(5);

            context.getSourceApplicationContext().start();
            assertThat(value(registry, "vs.datagrams.receive.drops")).isEqualTo(5);
            order.members().get(0).receiveDrops(2);
            assertThat(value(registry, "vs.datagrams.receive.drops")).isEqualTo(7);
        });
    }

    @Test
    void theRegistryThatSpringBootMakesIsOneToo() {
        runner.withConfiguration(AutoConfigurations.of(
                        CompositeMeterRegistryAutoConfiguration.class, SimpleMetricsExportAutoConfiguration.class))
                .run(context -> assertThat(value(context.getBean(MeterRegistry.class), "vs.ring.members"))
                        .isEqualTo(1));
    }

    @Test
    void whoHasNoRegistryOrNoMicrometerHasNoMeters() {
        runner.run(context -> assertThat(context).hasNotFailed().doesNotHaveBean("ringMeters"));
        new ApplicationContextRunner()
                .withConfiguration(
                        AutoConfigurations.of(RingAutoConfiguration.class, RingMetricsAutoConfiguration.class))
                .withClassLoader(new FilteredClassLoader("io.micrometer"))
                .run(context -> assertThat(context).hasNotFailed().doesNotHaveBean("ringMeters"));
    }

    @Test
    void aChildContextDoesNotShowTheMemberOfItsParentAgain() {
        MeterRegistry registry = new SimpleMeterRegistry();
        with(registry)
                .run(parent -> withoutListeners
                        .withParent(parent)
                        .run(child -> assertThat(child.getBeanFactory().containsLocalBean("ringMeters"))
                                .isFalse()));
    }

    /** {@code docs/metrics.md} is what this test says it is to be. */
    @Test
    void everyMeterIsDocumented() throws IOException {
        assumeTrue(Ring.areReceiveDropsTold(), "not every system has all of them");
        MeterRegistry registry = new SimpleMeterRegistry();
        TreeMap<String, String> rows = new TreeMap<>();
        with(registry)
                .run(context -> registry.getMeters().stream()
                        .filter(meter -> meter.getId().getName().startsWith("vs."))
                        .forEach(meter -> rows.put(meter.getId().getName(), row(meter.getId()))));
        List<String> documented = Files.readAllLines(DOCUMENT).stream()
                .filter(line -> line.startsWith("| `vs."))
                .toList();

        assertThat(documented).hasSizeGreaterThan(40).containsExactlyElementsOf(rows.values());
    }

    private static String row(Meter.Id id) {
        String unit = id.getBaseUnit() == null ? "" : id.getBaseUnit();
        String tags = id.getTags().stream().map(Tag::getKey).sorted().collect(Collectors.joining(", "));
        return "| `" + id.getName() + "` | " + id.getType().name().toLowerCase(Locale.ROOT) + " | " + unit + " | "
                + tags + " | " + id.getDescription() + " |";
    }

    @Test
    void everyPanelOfTheDashboardShowsAMeterThatThereIs() throws IOException {
        assumeTrue(Ring.areReceiveDropsTold(), "not every system has all of them");
        PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
        Set<String> there = new TreeSet<>();
        with(registry).run(context -> there.addAll(names(registry.scrape())));

        assertThat(names(Files.readString(DASHBOARD))).hasSizeGreaterThan(10).isSubsetOf(there);
    }

    private static Set<String> names(String text) {
        return Pattern.compile("\\bvs_[a-z_]+")
                .matcher(text)
                .results()
                .map(MatchResult::group)
                .collect(Collectors.toCollection(TreeSet::new));
    }
}
