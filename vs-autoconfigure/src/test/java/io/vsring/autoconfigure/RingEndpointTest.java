package io.vsring.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.vsring.actuate.RingEndpoint;
import io.vsring.actuate.RingHistory;
import io.vsring.actuate.RingInfoContributor;
import io.vsring.replicated.ReplicatedMap;
import io.vsring.replicated.ReplicatedObjects;
import io.vsring.ring.Ring;
import io.vsring.ring.RingClosedException;
import io.vsring.spring.OnDeliver;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.springframework.boot.actuate.endpoint.OperationResponseBody;
import org.springframework.boot.actuate.info.Info;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.ApplicationContext;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

@Timeout(60)
class RingEndpointTest {

    private final ApplicationContextRunner runner = new ApplicationContextRunner()
            .withConfiguration(AutoConfigurations.of(RingAutoConfiguration.class, RingEndpointAutoConfiguration.class))
            .withBean("ears", Ears.class)
            .withPropertyValues(
                    "vs.cluster-name=test-" + UUID.randomUUID(),
                    "vs.maps.stock.value-type=java.lang.String",
                    "management.endpoints.web.exposure.include=ring");

    static class Ears {
        @OnDeliver("texts")
        void on(String text) {}
    }

    /** As it is written to the caller. */
    private static JsonNode json(ApplicationContext context) {
        return JsonMapper.shared()
                .valueToTree(context.getBean(RingEndpoint.class).ring());
    }

    @Test
    void showsTheMemberItsRingAndHowMuchThereIsButNoKeyAndNoValue() {
        runner.run(context -> {
            @SuppressWarnings("unchecked")
            ReplicatedMap<String, String> stock = context.getBean("stock", ReplicatedMap.class);
            stock.put("secret-key", "secret-value");

            JsonNode ring = json(context);

            assertThat(ring.path("cluster").asString()).startsWith("test-");
            assertThat(ring.path("state").asString()).isEqualTo("OPERATIONAL");
            assertThat(ring.path("primary").asBoolean()).isTrue();
            assertThat(ring.at("/configuration/members/0/local").asBoolean()).isTrue();
            assertThat(ring.at("/configuration/members/0/member"))
                    .isEqualTo(ring.at("/local/member"))
                    .isEqualTo(ring.at("/component/members/0"));
            assertThat(ring.at("/component/state").asString()).isEqualTo("PRIMARY");
            assertThat(ring.path("maps")).hasToString("[{\"name\":\"stock\",\"size\":1}]");
            assertThat(ring.at("/listeners/0/id").asString()).isEqualTo("ears");
            assertThat(ring.at("/messages/delivered").asLong()).isPositive();
            assertThat(ring.at("/network/receiveDrops").isNumber()).isEqualTo(Ring.areReceiveDropsTold());
            assertThat(ring).asString().doesNotContain("secret");
        });
    }

    @Test
    void whateverIsShownCanBeAskedForAlone() {
        runner.run(context -> {
            RingEndpoint endpoint = context.getBean(RingEndpoint.class);

            for (String name : json(context).propertyNames()) {
                assertThat(endpoint.section(name)).as(name).containsOnlyKeys(name);
            }
        });
    }

    @Test
    void aSectionCanBeAskedForAlone() {
        runner.run(context -> {
            RingEndpoint endpoint = context.getBean(RingEndpoint.class);

            assertThat(endpoint.section("history"))
                    .isInstanceOf(OperationResponseBody.class)
                    .containsOnlyKeys("history");
            assertThat(endpoint.section("nonsense")).isNull();
            context.getSourceApplicationContext().stop();
            assertThat(endpoint.section("token")).isNull();
        });
    }

    @Test
    void historyTellsWhoCameAndWentAndWhy() {
        String ports = FreePorts.range(5);
        ApplicationContextRunner together =
                runner.withPropertyValues("vs.transport.port=" + ports, "vs.discovery.seeds=127.0.0.1:" + ports);
        together.run(one -> {
            together.run(other ->
                    await().until(() -> json(one).at("/configuration/members").size() == 2));
            await().until(() -> json(one).at("/configuration/members").size() == 1);

            List<RingHistory.Entry> history = one.getBean(RingHistory.class).entries();
            assertThat(history.get(0).reasons())
                    .containsExactly("MEMBER_LEAVES")
                    .isEqualTo(history.get(1).reasons());
            assertThat(history.get(1).left()).hasSize(1);
            assertThat(history.get(1).kind()).hasToString("TRANSITIONAL");
            assertThat(history).anySatisfy(entry -> {
                assertThat(entry.joined()).hasSize(1);
                assertThat(entry.members()).hasSize(2);
            });
            assertThat(history.get(history.size() - 1).reasons()).isEmpty();
        });
    }

    @Test
    void ofAMemberThatIsStoppedTheHistoryIsLeft() {
        runner.run(context -> {
            context.getSourceApplicationContext().stop();

            JsonNode ring = json(context);
            assertThat(ring.path("state").asString()).isEqualTo("NOT_RUNNING");
            assertThat(ring.path("configuration").isNull()).isTrue();
            assertThat(ring.path("history")).isNotEmpty();
        });
    }

    @Test
    void whoDoesNotExposeItHasNeitherEndpointNorHistory() {
        runner.withPropertyValues("management.endpoints.web.exposure.include=health")
                .run(context ->
                        assertThat(context).doesNotHaveBean(RingEndpoint.class).doesNotHaveBean(RingHistory.class));
        runner.withPropertyValues("management.endpoint.ring.access=NONE")
                .run(context -> assertThat(context).doesNotHaveBean(RingEndpoint.class));
    }

    @Test
    void whoHasAMemberOfItsOwnMakingAndNoneOfOursStartsAllTheSame() {
        ReplicatedObjects own = ReplicatedObjects.of(Duration.ofSeconds(1), () -> {
            throw new RingClosedException("made up");
        });
        runner.withPropertyValues("vs.enabled=false", "management.info.ring.enabled=true")
                .withBean(ReplicatedObjects.class, () -> own)
                .run(context -> assertThat(context).hasNotFailed().doesNotHaveBean(RingEndpoint.class));
    }

    @Test
    void whoHasNoActuatorStartsAllTheSame() {
        new ApplicationContextRunner()
                .withConfiguration(
                        AutoConfigurations.of(RingAutoConfiguration.class, RingEndpointAutoConfiguration.class))
                .withClassLoader(new FilteredClassLoader("org.springframework.boot.actuate"))
                .run(context -> assertThat(context).hasNotFailed().doesNotHaveBean("ringEndpoint"));
    }

    @Test
    void infoSaysWhichRingItIsWhereThatIsAskedFor() {
        runner.withPropertyValues("management.info.ring.enabled=true").run(context -> {
            Info.Builder info = new Info.Builder();
            context.getBean(RingInfoContributor.class).contribute(info);

            assertThat(info.build().getDetails())
                    .extractingByKey("ring")
                    .asInstanceOf(InstanceOfAssertFactories.map(String.class, Object.class))
                    .containsEntry("members", 1)
                    .containsKeys("cluster", "member");
        });
        runner.run(context -> assertThat(context).doesNotHaveBean(RingInfoContributor.class));
    }
}
