package io.vsring.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.vsring.Guarantee;
import io.vsring.replicated.ReplicatedMap;
import io.vsring.replicated.ReplicatedObjects;
import io.vsring.spring.ObjectCodecs;
import io.vsring.spring.OnDeliver;
import io.vsring.spring.RingTemplate;
import java.beans.Introspector;
import java.lang.ref.WeakReference;
import java.net.URI;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.FutureTask;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.devtools.restart.classloader.RestartClassLoader;
import org.springframework.boot.devtools.settings.DevToolsSettings;
import org.springframework.boot.test.util.TestPropertyValues;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.core.ResolvableType;
import org.springframework.core.annotation.AnnotationUtils;
import org.springframework.util.ReflectionUtils;

/** What DevTools does with an application: a new class loader for its classes and ours, the old one for all else. */
@Timeout(180)
class DevToolsRestartTest {

    private static final String ALONE = "vs.cluster-name=alone";

    record Order(String id) {}

    /** An application's context; to be made in the class loader of a restart, and handled as what the JDK knows. */
    static final class Generation implements Function<String, String>, AutoCloseable {
        private final BlockingQueue<Order> heard = new LinkedBlockingQueue<>();
        private final AnnotationConfigApplicationContext context = new AnnotationConfigApplicationContext();

        final class Listener {
            @OnDeliver("orders")
            void on(Order order) {
                heard.add(order);
            }
        }

        /** Starts, sends an order and puts it; answers with what was heard and what the map had. */
        @Override
        public String apply(String properties) {
            context.setClassLoader(Generation.class.getClassLoader());
            TestPropertyValues.of(properties.split(" ")).applyTo(context);
            context.register(RingAutoConfiguration.class);
            context.registerBean(Listener.class, () -> new Listener());
            context.refresh();
            ObjectCodecs codecs = context.getBean(ObjectCodecs.class);
            ReplicatedMap<String, Order> orders = context.getBean(ReplicatedObjects.class)
                    .map("orders", codecs.of(String.class), codecs.of(Order.class));
            Order before = orders.put("last", new Order("written"));
            context.getBean(RingTemplate.class).sendAndAwait("orders", new Order("heard"), Guarantee.SAFE);
            try {
                Order last = heard.poll(10, TimeUnit.SECONDS);
                return (last == null ? "nothing" : last.id()) + " after " + (before == null ? "nothing" : before.id());
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        }

        @Override
        public void close() {
            context.close();
        }
    }

    @ParameterizedTest
    @CsvSource({
        "vs-core-0.1.0-SNAPSHOT.jar, true",
        "vs-autoconfigure-0.1.0-SNAPSHOT.jar, true",
        "vs-core-1.0.0-RC1.jar, true",
        "vs-autoconfigure-1.2.3.jar, true",
        "acme-vs-core-1.0.0.jar, false",
        "vs-corex-1.0.0.jar, false",
        "netty-transport-4.2.18.Final.jar, false"
    })
    void ourJarsAreOfTheRestartAndOthersAreNot(String jar, boolean included) throws Exception {
        URL url = URI.create("file:/home/somebody/.m2/repository/" + jar).toURL();

        assertThat(DevToolsSettings.get().isRestartInclude(url)).isEqualTo(included);
    }

    @Test
    void theNextGenerationReadsWhatTheLastOneWrote() throws Exception {
        String ports = FreePorts.range(4);
        String properties = "vs.cluster-name=test-" + UUID.randomUUID() + " vs.transport.port=" + ports
                + " vs.discovery.seeds=127.0.0.1:" + ports;
        try (Generation colleague = new Generation()) {
            assertThat(colleague.apply(properties)).isEqualTo("heard after nothing");

            for (int generation = 0; generation < 2; generation++) {
                run(properties, "heard after written");
            }

            assertThat(colleague.heard).hasSize(2);
        }
    }

    /** In a JVM that forgets at each collection what it holds softly, as most caches hold what they know. */
    @Test
    void nothingHoldsWhatIsOver(@TempDir Path directory) throws Exception {
        Path output = directory.resolve("output");
        Process java = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:SoftRefLRUPolicyMSPerMB=0",
                        "-cp",
                        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                        DevToolsRestartTest.class.getName())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        try {
            boolean ended = java.waitFor(2, TimeUnit.MINUTES);

            assertThat(ended && java.exitValue() == 0)
                    .as(Files.readString(output))
                    .isTrue();
        } finally {
            java.destroyForcibly();
        }
    }

    public static void main(String[] args) throws Exception {
        try (Generation unrestarted = new Generation()) {
            // Netty keeps the error that it has no native library, and the stack of whoever was first to ask for it.
            assertThat(unrestarted.apply(ALONE)).isEqualTo("heard after nothing");
        }
        List<WeakReference<ClassLoader>> loaders = new ArrayList<>();
        for (int generation = 0; generation < 3; generation++) {
            loaders.add(new WeakReference<>(run(ALONE, "heard after nothing")));
        }
        loaders.remove(
                2); // the JDK's methods of records hold the class of the one that was last compared, or made a text
        await().atMost(1, TimeUnit.MINUTES).until(() -> {
            Introspector.flushCaches();
            ResolvableType.clearCache();
            ReflectionUtils.clearCache();
            AnnotationUtils.clearCache();
            System.gc();
            return loaders.stream().allMatch(loader -> loader.get() == null);
        });
    }

    /** As the main thread of a restarted application; the context is closed as DevTools does before the next one. */
    private static ClassLoader run(String properties, String answer) throws Exception {
        RestartClassLoader loader = new RestartClassLoader(DevToolsRestartTest.class.getClassLoader(), new URL[] {
            location(DevToolsRestartTest.class), location(RingAutoConfiguration.class), location(Guarantee.class)
        });
        FutureTask<Void> main = new FutureTask<>(() -> {
            Class<?> reloaded = loader.loadClass(Generation.class.getName());
            assertThat(reloaded).isNotSameAs(Generation.class);
            var constructor = reloaded.getDeclaredConstructor();
            constructor.setAccessible(true);
            try (AutoCloseable generation = (AutoCloseable) constructor.newInstance()) {
                @SuppressWarnings("unchecked") // as declared above
                Function<String, String> function = (Function<String, String>) generation;
                assertThat(function.apply(properties)).isEqualTo(answer);
            }
            return null;
        });
        Thread thread = new Thread(main, "restartedMain");
        thread.setContextClassLoader(loader);
        thread.start();
        main.get();
        thread.join();
        return loader;
    }

    private static URL location(Class<?> type) {
        return type.getProtectionDomain().getCodeSource().getLocation();
    }
}
