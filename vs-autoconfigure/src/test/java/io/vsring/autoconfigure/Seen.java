package io.vsring.autoconfigure;

import io.vsring.spring.MemoryOrder;
import java.io.File;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicReference;
import org.assertj.core.api.Assertions;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.springframework.beans.BeansException;
import org.springframework.beans.factory.BeanFactory;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.diagnostics.FailureAnalyzer;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.env.Environment;
import org.springframework.core.io.support.SpringFactoriesLoader;

/** What a person sees of a failure. What differs from run to run and from machine to machine looks alike here. */
public final class Seen {

    private Seen() {}

    /** An application whose members are on the network. */
    static ApplicationContextRunner onUdp() {
        return new ApplicationContextRunner().withConfiguration(AutoConfigurations.of(RingAutoConfiguration.class));
    }

    /** An application whose members are in this JVM. */
    static ApplicationContextRunner application() {
        return onUdp().withBean(RingOpener.class, () -> new MemoryOrder()::open);
    }

    /** Of an application that must not start: what Spring Boot prints of it. */
    static String atStart(ApplicationContextRunner runner, String... properties) {
        AtomicReference<ConfigurableApplicationContext> starting = new AtomicReference<>();
        AtomicReference<String> seen = new AtomicReference<>();
        runner.withInitializer(starting::set)
                .withPropertyValues(properties)
                .run(context -> seen.set(analysis(context.getStartupFailure(), starting.get())));
        return seen.get();
    }

    /** Of a call that must fail: its exception, and what is behind it all. */
    public static String of(ThrowingCallable call) {
        Throwable thrown = Assertions.catchThrowable(call);
        return of(thrown);
    }

    public static String of(Throwable thrown) {
        if (thrown == null) {
            throw new AssertionError("nothing was thrown");
        }
        StringBuilder text = new StringBuilder(thrown.toString());
        for (Throwable cause = thrown.getCause(); cause != null; cause = cause.getCause()) {
            text.append("\nCaused by: ").append(cause);
        }
        return alike(text.toString());
    }

    /** By the first of the analyzers that knows the failure, in the order in which Spring Boot asks them. */
    static String analysis(Throwable failure, ConfigurableApplicationContext context) {
        if (failure == null) {
            throw new AssertionError("the application has started");
        }
        SpringFactoriesLoader.ArgumentResolver arguments = SpringFactoriesLoader.ArgumentResolver.of(
                        BeanFactory.class, context.getBeanFactory())
                .and(Environment.class, context.getEnvironment());
        return SpringFactoriesLoader.forDefaultResourceLocation()
                .load(FailureAnalyzer.class, arguments, (type, name, cause) -> {})
                .stream()
                .map(analyzer -> analyzer.analyze(failure))
                .filter(analysis -> analysis != null)
                .findFirst()
                .map(Seen::of)
                .orElseGet(() -> of(withoutBeans(failure)));
    }

    /** What a bean threw, without the beans that needed it. */
    private static Throwable withoutBeans(Throwable failure) {
        Throwable thrown = failure;
        while (thrown instanceof BeansException && thrown.getCause() != null) {
            thrown = thrown.getCause();
        }
        return thrown;
    }

    private static String of(FailureAnalysis analysis) {
        return alike("Description:\n\n" + analysis.getDescription() + "\n\nAction:\n\n" + analysis.getAction());
    }

    private static String alike(String text) {
        String shown = new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8); // as in a log
        return shown.replace(System.lineSeparator(), "\n")
                .replace(System.getProperty("java.io.tmpdir") + File.separator, "/var/lib/")
                .replaceAll("/var/lib/acme\\d+", "/var/lib/acme")
                .replaceAll("(host is '[^']*'; it has) \\[[^]]*]", "$1 [10.0.0.7]")
                .replaceAll("(?<!seeds are )\\[[^]]*\\d\\.\\d+\\.\\d+\\.\\d[^]]*]", "[10.0.0.7]")
                .replaceAll("label=[^,]+", "label=7.1.9f2c")
                .replaceAll("127\\.0\\.0\\.1:\\d+", "127.0.0.1:7460")
                .replaceAll("(port|ports from) 2\\d{4}( to 2\\d{4})?", "$1 7460$2")
                .replaceAll(" to 2\\d{4} of", " to 7461 of")
                .replaceAll("(\\d)#[0-9a-f]+", "$1#9f2c")
                .replaceAll("regular \\S+", "regular 7.1.9f2c")
                .replaceAll("alone within \\d+ms", "alone within 1000ms")
                .replaceAll("io\\.vsring\\.\\w+\\.\\w+Troubles\\$", "com.acme.")
                .replaceAll("\\w+Troubles\\.", "");
    }
}
