package io.vsring.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.vsring.ring.RingClosedException;
import io.vsring.spring.ClusterEvent;
import io.vsring.spring.ListenerErrorHandler;
import io.vsring.spring.ListenerFailure;
import io.vsring.spring.MemoryOrder;
import io.vsring.spring.RingConfigurationChangedEvent;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.AutoConfigurationPackage;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.ApplicationEvent;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.event.ApplicationEventMulticaster;
import org.springframework.context.event.EventListener;
import org.springframework.context.event.SimpleApplicationEventMulticaster;

class ClusterEventsTest {

    private final MemoryOrder order = new MemoryOrder();
    private final ApplicationContextRunner plain = new ApplicationContextRunner()
            .withConfiguration(AutoConfigurations.of(RingAutoConfiguration.class))
            .withBean(RingOpener.class, () -> order::open);
    private final ApplicationContextRunner runner = plain.withUserConfiguration(Application.class);

    @ClusterEvent("price-changed")
    record PriceChanged(String article, long cents) {}

    @ClusterEvent
    static final class Restocked extends ApplicationEvent {

        private static final long serialVersionUID = 1;
        private final String article;

        Restocked(String article) {
            super(article);
            this.article = article;
        }

        public String getArticle() {
            return article;
        }
    }

    record Local(String text) {}

    @Configuration(proxyBeanMethods = false)
    @AutoConfigurationPackage
    static class Application {

        @Bean
        Ears ears() {
            return new Ears();
        }
    }

    static final class Ears {
        final List<String> heard = new CopyOnWriteArrayList<>();

        @EventListener
        void on(PriceChanged event) {
            heard.add(event.article() + " costs " + event.cents());
            if (event.cents() < 0) {
                throw new IllegalStateException("a price below zero");
            }
        }

        @EventListener
        void on(Restocked event) {
            heard.add(event.getArticle() + " is back " + (event.getTimestamp() > 0));
        }

        @EventListener
        void on(Local event) {
            heard.add(event.text());
        }

        @EventListener
        void on(RingConfigurationChangedEvent event) {
            if (!event.getChange().configuration().isTransitional()) {
                heard.add(
                        "members " + event.getChange().configuration().members().size());
            }
        }
    }

    @Test
    void whatOneMemberPublishesIsPublishedOnAllInOneOrder() {
        runner.run(first -> runner.run(second -> {
            Ears here = first.getBean(Ears.class);
            Ears there = second.getBean(Ears.class);
            await().until(() -> here.heard.contains("members 2") && there.heard.contains("members 2"));

            for (int cents = 0; cents < 50; cents++) {
                (cents % 2 == 0 ? first : second).publishEvent(new PriceChanged("apple", cents));
            }
            second.publishEvent(new Restocked("pear"));

            await().until(() -> here.heard.contains("pear is back true") && there.heard.contains("pear is back true"));
            List<String> events = here.heard.subList(here.heard.indexOf("members 2"), here.heard.size());
            assertThat(events)
                    .hasSize(52)
                    .containsExactlyElementsOf(
                            there.heard.subList(there.heard.indexOf("members 2"), there.heard.size()));
        }));
    }

    @Test
    void allOtherEventsStayWhereTheyAre() {
        runner.run(first -> runner.run(second -> {
            first.publishEvent(new Local("here"));
            assertThat(first.getBean(Ears.class).heard).contains("here"); // at once, as ever

            first.publishEvent(new PriceChanged("apple", 1));
            await().until(() -> second.getBean(Ears.class).heard.contains("apple costs 1"));
            assertThat(second.getBean(Ears.class).heard).doesNotContain("here");
        }));
    }

    @Test
    void whatAListenerThrowsIsAFailureAndTheNextEventFollows() {
        List<ListenerFailure> failures = new CopyOnWriteArrayList<>();
        runner.withBean(ListenerErrorHandler.class, () -> failures::add).run(context -> {
            context.publishEvent(new PriceChanged("apple", -1));
            context.publishEvent(new PriceChanged("apple", 2));

            await().until(() -> context.getBean(Ears.class).heard.contains("apple costs 2"));
            assertThat(failures)
                    .singleElement()
                    .satisfies(failure -> assertThat(failure.cause()).hasMessage("a price below zero"));
        });
    }

    @Test
    void publishingBeforeTheRingRunsIsRefused() {
        runner.withPropertyValues("vs.auto-startup=false")
                .run(context -> assertThatThrownBy(() -> context.publishEvent(new PriceChanged("apple", 1)))
                        .isInstanceOf(RingClosedException.class));
    }

    @Configuration(proxyBeanMethods = false)
    static class OwnMulticaster {

        @Bean
        ApplicationEventMulticaster applicationEventMulticaster() {
            return new SimpleApplicationEventMulticaster();
        }
    }

    @Test
    void aMulticasterThatPublishesHereOnlyIsRefused() {
        runner.withUserConfiguration(OwnMulticaster.class)
                .run(context -> assertThat(context)
                        .getFailure()
                        .rootCause()
                        .hasMessageContaining("declare a ClusterEventMulticaster in its place")
                        .hasMessageContaining("such as io.vsring.autoconfigure."));
    }

    @Test
    void anEventThatWasNotFoundIsRefusedAndNotKeptHere() {
        plain.run(context -> assertThatThrownBy(() -> context.publishEvent(new PriceChanged("apple", 1)))
                .hasMessageContaining("PriceChanged has @ClusterEvent and is in no package that is scanned")
                .hasMessageContaining("@AutoConfigurationPackage"));
    }

    @Test
    void anApplicationWithoutSuchEventsIsNotKeptAliveByThem() {
        plain.run(context -> assertThat(context).hasNotFailed().doesNotHaveBean("ringClusterEvents"));
    }

    @Configuration(proxyBeanMethods = false)
    @AutoConfigurationPackage(basePackages = {"io.vsring.autoconfigure", "io.vsring.autoconfigure.inner"})
    static class Overlapping {}

    @Test
    void packagesMayOverlap() {
        plain.withUserConfiguration(Overlapping.class)
                .run(context -> assertThat(context).hasNotFailed().hasBean("ringClusterEvents"));
    }
}
