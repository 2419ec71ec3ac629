package io.vsring.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.vsring.spring.OnDeliver;
import io.vsring.spring.RingTemplate;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.SmartLifecycle;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.test.annotation.DirtiesContext.HierarchyMode;
import org.springframework.test.context.ContextConfiguration;
import org.springframework.test.context.TestContextManager;
import org.springframework.test.context.TestPropertySource;
import org.springframework.test.context.cache.ContextCache.PauseMode;
import org.springframework.test.context.cache.DefaultCacheAwareContextLoaderDelegate;
import org.springframework.test.context.cache.DefaultContextCache;
import org.springframework.test.context.support.DefaultBootstrapContext;
import org.springframework.test.context.support.DefaultTestContextBootstrapper;

/** The cache of Spring's tests pauses the contexts that no test class uses, and wakes them for the next one. */
@Timeout(60)
class PausedTestContextTest {

    private final DefaultContextCache cache = new DefaultContextCache(8, PauseMode.ALWAYS);

    @Configuration(proxyBeanMethods = false)
    @ImportAutoConfiguration(RingAutoConfiguration.class)
    @Import(Pauseable.class)
    static class Application {
        final List<String> heard = new CopyOnWriteArrayList<>();

        @OnDeliver("texts")
        void on(String text) {
            heard.add(text);
        }
    }

    static final class Pauseable implements SmartLifecycle {
        private boolean running;

        @Override
        public void start() {
            running = true;
        }

        @Override
        public void stop() {
            running = false;
        }

        @Override
        public boolean isRunning() {
            return running;
        }
    }

    @ContextConfiguration(classes = Application.class)
    static class OneTest {}

    @ContextConfiguration(classes = Application.class)
    static class NextTest {}

    private TestContextManager begin(Class<?> test) throws Exception {
        DefaultTestContextBootstrapper bootstrapper = new DefaultTestContextBootstrapper();
        bootstrapper.setBootstrapContext(
                new DefaultBootstrapContext(test, new DefaultCacheAwareContextLoaderDelegate(cache)));
        TestContextManager manager = new TestContextManager(bootstrapper);
        manager.beforeTestClass();
        return manager;
    }

    private static ConfigurableApplicationContext context(TestContextManager test) {
        return (ConfigurableApplicationContext) test.getTestContext().getApplicationContext();
    }

    @Test
    void aPausedContextStaysOnItsRingAndHears() throws Exception {
        TestContextManager one = begin(OneTest.class);
        ConfigurableApplicationContext context = context(one);
        RingTemplate template = context.getBean(RingTemplate.class);
        var member = template.status().local().id();

        one.afterTestClass();

        assertThat(context.getBean(Pauseable.class).isRunning()).isFalse();
        template.send("texts", "while paused").join();
        await().until(() -> context.getBean(Application.class).heard.contains("while paused"));

        TestContextManager next = begin(NextTest.class);
        assertThat(context(next)).isSameAs(context);
        assertThat(context.getBean(Pauseable.class).isRunning()).isTrue();
        assertThat(template.status().local().id()).isEqualTo(member);
        next.getTestContext().markApplicationContextDirty(HierarchyMode.EXHAUSTIVE);
        assertThat(context.isActive()).isFalse();
    }

    @Test
    void aMemberThatATestHasStoppedStaysSoUntilTheContextIsUsedAgain() throws Exception {
        TestContextManager one = begin(OneTest.class);
        ConfigurableApplicationContext context = context(one);
        RingLifecycle lifecycle = context.getBean(RingLifecycle.class);

        lifecycle.stop();
        one.afterTestClass();

        assertThat(context.getBean(Pauseable.class).isRunning()).isFalse();
        assertThat(lifecycle.isRunning()).isFalse();
        TestContextManager next = begin(NextTest.class);
        assertThat(context(next).getBean(RingLifecycle.class).isRunning())
                .as("as all that starts with the context")
                .isTrue();
        next.getTestContext().markApplicationContextDirty(HierarchyMode.EXHAUSTIVE);
    }

    @ContextConfiguration(classes = Application.class)
    @TestPropertySource(properties = "vs.auto-startup=false")
    static class ByHandTest {}

    @Test
    void aMemberThatIsStartedByHandStaysStoppedWhenItsContextIsUsedAgain() throws Exception {
        TestContextManager one = begin(ByHandTest.class);
        RingLifecycle lifecycle = context(one).getBean(RingLifecycle.class);

        lifecycle.start();
        lifecycle.stop();
        one.afterTestClass();

        TestContextManager next = begin(ByHandTest.class);
        assertThat(context(next).getBean(Pauseable.class).isRunning()).isTrue();
        assertThat(lifecycle.isRunning()).isFalse();
        next.getTestContext().markApplicationContextDirty(HierarchyMode.EXHAUSTIVE);
    }
}
