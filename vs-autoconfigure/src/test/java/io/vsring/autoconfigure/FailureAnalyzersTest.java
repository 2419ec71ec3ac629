package io.vsring.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;

import io.vsring.ConfigurationChange;
import io.vsring.Delivery;
import io.vsring.ring.RingHandler;
import io.vsring.ring.RingOptions;
import io.vsring.ring.RingStartException;
import io.vsring.ring.RingStatistics;
import io.vsring.ring.RingStatus;
import io.vsring.spring.MemoryOrder;
import io.vsring.spring.MemoryRing;
import io.vsring.spring.OnDeliver;
import java.time.Duration;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.BeanFactory;
import org.springframework.beans.factory.support.DefaultListableBeanFactory;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.diagnostics.FailureAnalyzer;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.core.io.support.SpringFactoriesLoader;

class FailureAnalyzersTest {

    private final MemoryOrder order = new MemoryOrder();

    @Test
    void saysWhatToDoAboutAPortInUse() {
        FailureAnalysis analysis = failing(new RingStartException("UDP port 7460 of 127.0.0.1 is in use"));

        assertThat(analysis.getDescription())
                .isEqualTo(
                        "This application could not become a member of its ring: UDP port 7460 of 127.0.0.1 is in use");
        assertThat(analysis.getAction())
                .startsWith("Stop the process that has the port, or set vs.transport.port to another one")
                .contains("7460-7469", "vs.discovery.seeds");
    }

    @Test
    void listsTheAddressesInPlaceOfOneThatIsNotHere() {
        FailureAnalysis analysis =
                failing(new RingStartException("vs.transport.bind-address: '192.0.2.7' is not known here"));

        assertThat(analysis.getAction())
                .startsWith("Set vs.transport.bind-address to an address of this machine, which has [")
                .contains("127.0.0.1");
    }

    @Test
    void saysHowPlainTextMayLeaveTheMachine() {
        FailureAnalysis analysis =
                analysis(runner(), "vs.discovery.seeds=192.0.2.7:7460", "vs.transport.bind-address=loopback");

        assertThat(analysis.getDescription())
                .startsWith("The properties of the ring do not fit:")
                .contains("    - the seed '192.0.2.7:7460'");
        assertThat(analysis.getAction()).contains("vs.security.mode=insecure-plaintext");
    }

    @Test
    void listsAllPropertiesThatDoNotFit() {
        FailureAnalysis analysis = analysis(runner(), "vs.member-id=-1", "vs.transport.port=x");

        assertThat(analysis.getDescription().lines())
                .containsExactly(
                        "The properties of the ring do not fit:",
                        "    - vs.member-id must be 1 to 4294967295, not -1",
                        "    - vs.transport.port must be a port, a range such as 7460-7469, or 0 for any free one,"
                                + " not 'x'");
        assertThat(analysis.getAction()).isEqualTo("Change the properties that are named.");
    }

    static class Wrong {
        @OnDeliver
        void on(String one, byte[] two) {}
    }

    @Test
    void showsTheLegalSignaturesOfAListener() {
        FailureAnalysis analysis = analysis(runner().withBean(Wrong.class));

        assertThat(analysis.getDescription())
                .contains("Wrong.on(String, byte[]) cannot be called: it takes two payloads")
                .contains("void on(P payload, Delivery delivery)");
    }

    @Test
    void tellsWhatWasSeenWhenNoRingCameAbout() {
        RingStatus status;
        FailureAnalysis analysis;
        try (var ring = order.open(RingOptions.builder().build(), new Deaf())) {
            ring.start().join();
            status = ring.status();
            analysis = analyzed(new RingFormationException(
                    Duration.ofSeconds(30),
                    status,
                    ring.statistics(),
                    new RingStartException("seeds: [10.0.0.1:7460]")));
        }

        assertThat(analysis.getDescription())
                .contains("was not ready within 30000ms")
                .contains("[10.0.0.1:7460]")
                .contains("It received 0 datagrams");
        assertThat(analysis.getAction())
                .startsWith("Nothing came in. Look whether its seeds are those that you mean")
                .contains("a firewall that drops UDP")
                .contains("vs.on-startup-timeout=continue");
    }

    @ParameterizedTest
    @CsvSource({
        "DUPLICATE_ID, vs.member-id",
        "OTHER_CLUSTER, vs.cluster-name",
        "INCOMPATIBLE_VERSION, another release",
        "OTHER_VERSION, another release",
        "BAD_MAGIC, vs.transport.port",
        "RING_FULL, as many members as it can have",
        "NOT_TWO_WAY, vs.transport.advertised-address",
    })
    void saysWhatDatagramsThatWereDroppedAreASignOf(String reason, String fix) {
        String counter = RingStatistics.malformedReasons().contains(reason) ? "malformed" : "drops";
        RingStatistics seen = MemoryRing.statistics(Map.of("datagramsReceived", 3L, counter, Map.of(reason, 3L)));
        RingStatus status =
                order.open(RingOptions.builder().build(), new Deaf()).status();

        FailureAnalysis analysis =
                analyzed(new RingFormationException(Duration.ofSeconds(30), status, seen, new RingStartException("x")));

        assertThat(Stream.concat(RingStatistics.malformedReasons().stream(), RingStatistics.dropReasons().stream()))
                .contains(reason);
        assertThat(analysis.getDescription()).contains(reason + "=3");
        assertThat(analysis.getAction()).contains(fix).doesNotContain("Something came in");
    }

    private static final class Deaf implements RingHandler {
        @Override
        public void onMessage(Delivery delivery) {}

        @Override
        public void onConfigurationChange(ConfigurationChange change) {}
    }

    private FailureAnalysis failing(RingStartException failure) {
        return analysis(new ApplicationContextRunner()
                .withConfiguration(AutoConfigurations.of(RingAutoConfiguration.class))
                .withBean(RingOpener.class, () -> (options, handler, observers) -> {
                    throw failure;
                }));
    }

    private ApplicationContextRunner runner() {
        return new ApplicationContextRunner()
                .withConfiguration(AutoConfigurations.of(RingAutoConfiguration.class))
                .withBean(RingOpener.class, () -> order::open);
    }

    static FailureAnalysis analysis(ApplicationContextRunner runner, String... properties) {
        FailureAnalysis[] analysis = new FailureAnalysis[1];
        runner.withPropertyValues(properties).run(context -> analysis[0] = analyzed(context.getStartupFailure()));
        return analysis[0];
    }

    private static FailureAnalysis analyzed(Throwable failure) {
        return analyzed(failure, new DefaultListableBeanFactory());
    }

    /** By whichever of the analyzers that Spring Boot would find knows the failure. */
    static FailureAnalysis analyzed(Throwable failure, BeanFactory beans) {
        return SpringFactoriesLoader.forDefaultResourceLocation()
                .load(
                        FailureAnalyzer.class,
                        SpringFactoriesLoader.ArgumentResolver.of(BeanFactory.class, beans),
                        (type, name, cause) -> {})
                .stream()
                .filter(analyzer -> analyzer.getClass().getName().startsWith("io.vsring."))
                .map(analyzer -> analyzer.analyze(failure))
                .filter(analysis -> analysis != null)
                .findFirst()
                .orElseThrow();
    }
}
