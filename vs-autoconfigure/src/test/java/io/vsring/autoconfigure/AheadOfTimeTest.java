package io.vsring.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;

import io.vsring.replicated.ReplicatedMap;
import io.vsring.replicated.ReplicatedObjects;
import io.vsring.spring.ClusterEvent;
import io.vsring.spring.ObjectCodecs;
import io.vsring.spring.OnConfigurationChange;
import io.vsring.spring.OnDeliver;
import io.vsring.spring.ReplicatedMapDefinition;
import io.vsring.spring.ReplicatedType;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.springframework.aot.generate.ClassNameGenerator;
import org.springframework.aot.generate.DefaultGenerationContext;
import org.springframework.aot.generate.GeneratedFiles;
import org.springframework.aot.generate.InMemoryGeneratedFiles;
import org.springframework.aot.hint.RuntimeHints;
import org.springframework.aot.hint.predicate.RuntimeHintsPredicates;
import org.springframework.boot.autoconfigure.AutoConfigurationPackage;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.aot.ApplicationContextAotGenerator;
import org.springframework.javapoet.ClassName;

class AheadOfTimeTest {

    record Line(String article) {}

    record Order(String id, List<Line> lines) {}

    sealed interface Event permits Placed {}

    @ReplicatedType("placed")
    record Placed(String id) implements Event {}

    record Value(int quantity) {}

    record Declared(int quantity) {}

    @ClusterEvent
    record Announced(String text) {}

    static final class Handlers {

        @OnDeliver("orders")
        void on(Order order) {}

        @OnDeliver("events")
        void on(Event event) {}

        @OnConfigurationChange
        void changed() {}
    }

    @Configuration(proxyBeanMethods = false)
    @AutoConfigurationPackage
    @ImportAutoConfiguration(RingAutoConfiguration.class)
    @ReplicatedMapDefinition(name = "declared", value = Declared.class)
    static class Application {

        @Bean
        Handlers handlers() {
            return new Handlers();
        }

        @Bean
        ReplicatedMap<String, Value> stock(ReplicatedObjects objects, ObjectCodecs codecs) {
            return objects.map("stock", codecs.of(String.class), codecs.of(Value.class));
        }
    }

    @Test
    void whateverIsReadFromBytesIsKeptInANativeImage() {
        RuntimeHints hints = processed();

        for (Class<?> read : readFromBytes()) {
            assertThat(RuntimeHintsPredicates.reflection().onType(read))
                    .describedAs(read.getSimpleName())
                    .accepts(hints);
        }
    }

    @Test
    void methodsThatTheRingCallsAreKeptToo() throws NoSuchMethodException {
        RuntimeHints hints = processed();

        assertThat(RuntimeHintsPredicates.reflection()
                        .onMethodInvocation(Handlers.class.getDeclaredMethod("on", Order.class)))
                .accepts(hints);
        assertThat(RuntimeHintsPredicates.reflection().onMethodInvocation(Handlers.class.getDeclaredMethod("changed")))
                .accepts(hints);
    }

    private static List<Class<?>> readFromBytes() {
        return List.of(
                Order.class, Line.class, Event.class, Placed.class, Value.class, Declared.class, Announced.class);
    }

    private static RuntimeHints processed() {
        GeneratedFiles files = new InMemoryGeneratedFiles();
        DefaultGenerationContext generation =
                new DefaultGenerationContext(new ClassNameGenerator(ClassName.get("io.vsring", "Aot")), files);
        try (AnnotationConfigApplicationContext context = new AnnotationConfigApplicationContext()) {
            context.register(Application.class);
            var unused = new ApplicationContextAotGenerator().processAheadOfTime(context, generation);
        }
        return generation.getRuntimeHints();
    }
}
