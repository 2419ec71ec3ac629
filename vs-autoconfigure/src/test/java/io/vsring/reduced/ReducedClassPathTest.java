package io.vsring.reduced;

import static org.assertj.core.api.Assertions.assertThat;

import io.vsring.replicated.ReplicatedObjects;
import io.vsring.spring.ObjectCodecs;
import io.vsring.spring.OnDeliver;
import io.vsring.spring.RingTemplate;
import java.io.File;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.Banner;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

/**
 * Whole applications whose class path has not all that ours has; a web server is on none of them. In a package of its
 * own, which is looked through as that of an application is.
 */
class ReducedClassPathTest {

    private static final String CBOR = "jackson-dataformat-cbor";

    private static final String WEB = "tomcat|servlet|spring-web|spring-boot-web";

    /** What an application may do without, with what each jar takes along. */
    private static final String ALL =
            "actuator|micrometer-(core|registry|metrics)|spring-boot-(health|micrometer)|jackson";

    record Order(String id) {}

    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    static class Application {
        final LinkedBlockingQueue<String> heard = new LinkedBlockingQueue<>();

        @OnDeliver("texts")
        void on(String text) {
            heard.add(text);
        }

        @OnDeliver("bytes")
        void on(byte[] bytes) {
            heard.add(bytes.length + " bytes");
        }
    }

    @Import(Application.class)
    static class ApplicationWithRecords {
        @OnDeliver("orders")
        void on(Order order) {}
    }

    /** Sends text and bytes, to itself, and adds to a map; run by its name, in a class loader of its own. */
    static final class SendTextAndBytes implements Function<String, String> {
        @Override
        public String apply(String unused) {
            try (ConfigurableApplicationContext context = start(Application.class)) {
                RingTemplate template = context.getBean(RingTemplate.class);
                ObjectCodecs codecs = context.getBean(ObjectCodecs.class);
                context.getBean(ReplicatedObjects.class)
                        .map("m", codecs.of(String.class), codecs.of(Long.class))
                        .put("apples", 12L);
                LinkedBlockingQueue<String> heard = context.getBean(Application.class).heard;
                template.send("texts", "text").join();
                String first = heard.poll(10, TimeUnit.SECONDS);
                template.send("bytes", new byte[3]).join();
                return first + ", " + heard.poll(10, TimeUnit.SECONDS);
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        }
    }

    /** What is said of records that are sent, put and listened to. */
    static final class UseRecords implements Function<String, String> {
        @Override
        public String apply(String use) {
            try (ConfigurableApplicationContext context =
                    start(use.equals("listen") ? ApplicationWithRecords.class : Application.class)) {
                if (use.equals("send")) {
                    context.getBean(RingTemplate.class).send("orders", new Order("1"));
                } else {
                    context.getBean(ObjectCodecs.class).of(Order.class);
                }
                return "nothing";
            } catch (RuntimeException e) {
                Throwable root = e;
                while (root.getCause() != null) {
                    root = root.getCause();
                }
                return String.valueOf(root.getMessage());
            }
        }
    }

    private static ConfigurableApplicationContext start(Class<?> application) {
        return new SpringApplicationBuilder(application)
                .bannerMode(Banner.Mode.OFF)
                .logStartupInfo(false)
                .properties("logging.level.root=error")
                .run();
    }

    @ParameterizedTest
    @CsvSource({CBOR, "actuator", "spring-boot-health", "micrometer-(core|registry|metrics)", ALL})
    void startsAndDeliversTextAndBytesWithout(String jars) throws Exception {
        assertThat(without(jars, SendTextAndBytes.class, "")).isEqualTo("text, 3 bytes");
    }

    @ParameterizedTest
    @CsvSource({"send", "put", "listen"})
    void saysWhatToAddWhereARecordIsToBeWrittenAndCborIsMissing(String use) throws Exception {
        assertThat(without(CBOR, UseRecords.class, use))
                .contains(Order.class.getName(), "add tools.jackson.dataformat:jackson-dataformat-cbor")
                .contains("PayloadCodec");
    }

    @Test
    void writesRecordsWithAllThatItHas() throws Exception {
        assertThat(without("nothing", UseRecords.class, "listen")).isEqualTo("nothing");
    }

    /** Runs it where no jar has a name with this in it; the class loader shares nothing but the JDK's with ours. */
    @SuppressWarnings("unchecked") // both are the JDK's
    private static String without(String jars, Class<? extends Function<String, String>> what, String argument)
            throws Exception {
        ClassLoader before = Thread.currentThread().getContextClassLoader();
        try (URLClassLoader reduced =
                new URLClassLoader(classPathWithout(jars), ClassLoader.getPlatformClassLoader())) {
            Thread.currentThread().setContextClassLoader(reduced);
            var constructor = reduced.loadClass(what.getName()).getDeclaredConstructor();
            constructor.setAccessible(true);
            return ((Function<String, String>) constructor.newInstance()).apply(argument);
        } finally {
            Thread.currentThread().setContextClassLoader(before);
        }
    }

    private static URL[] classPathWithout(String jars) {
        String all = System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
        List<Path> kept = Arrays.stream(all.split(File.pathSeparator))
                .map(Path::of)
                .filter(entry -> !entry.getFileName().toString().matches(".*(" + jars + "|" + WEB + ").*"))
                .toList();
        return kept.stream().map(ReducedClassPathTest::url).toArray(URL[]::new);
    }

    private static URL url(Path entry) {
        try {
            return entry.toUri().toURL();
        } catch (MalformedURLException e) {
            throw new IllegalStateException(e);
        }
    }
}
