package io.vsring.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;

import io.vsring.Guarantee;
import io.vsring.replicated.ReplicatedObjects;
import io.vsring.replicated.ReplicationListener;
import io.vsring.spring.OnConfigurationChange;
import io.vsring.spring.OnDeliver;
import io.vsring.spring.RingTemplate;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.system.JavaVersion;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

/** Where there are virtual threads, that is from Java 21 on; before, the property changes nothing. */
@Timeout(60)
class VirtualThreadsTest {

    private static final boolean EXIST = JavaVersion.getJavaVersion().isEqualOrNewerThan(JavaVersion.TWENTY_ONE);

    static class Listeners {
        final CompletableFuture<Thread> message = new CompletableFuture<>();
        final CompletableFuture<Thread> change = new CompletableFuture<>();

        @OnDeliver("texts")
        void on(String text) {
            message.complete(Thread.currentThread());
        }

        @OnConfigurationChange
        void on() {
            change.complete(Thread.currentThread());
        }
    }

    private final CompletableFuture<Thread> replication = new CompletableFuture<>();

    private final ApplicationContextRunner runner = new ApplicationContextRunner()
            .withConfiguration(AutoConfigurations.of(RingAutoConfiguration.class))
            .withBean(Listeners.class)
            .withBean(ReplicationListener.class, () -> new ReplicationListener() {
                @Override
                public void onApplied(long history, long position, long digest) {
                    replication.complete(Thread.currentThread());
                }
            });

    @Test
    void listenersAreVirtualAndTheRingIsNot() {
        runner.withPropertyValues("spring.threads.virtual.enabled=true").run(context -> {
            context.getBean(RingTemplate.class).sendAndAwait("texts", "text", Guarantee.SAFE);
            assertThat(context.getBean(ReplicatedObjects.class).counter("c").incrementAndGet())
                    .isEqualTo(1);

            Listeners listeners = context.getBean(Listeners.class);
            assertThat(isVirtual(listeners.message.get(10, TimeUnit.SECONDS))).isEqualTo(EXIST);
            assertThat(isVirtual(listeners.change.get(10, TimeUnit.SECONDS))).isEqualTo(EXIST);
            assertThat(isVirtual(replication.get(10, TimeUnit.SECONDS))).isFalse();
            assertThat(Thread.getAllStackTraces().keySet()) // which has platform threads only
                    .extracting(Thread::getName)
                    .anyMatch(name -> name.startsWith("vs-loop-"))
                    .anyMatch(name -> name.startsWith("vs-delivery-"))
                    .contains("vs-keep-alive");
        });
    }

    @Test
    void listenersArePlatformThreadsUnlessVirtualOnesAreAskedFor() {
        runner.run(context -> {
            context.getBean(RingTemplate.class).sendAndAwait("texts", "text", Guarantee.SAFE);

            assertThat(isVirtual(context.getBean(Listeners.class).message.get(10, TimeUnit.SECONDS)))
                    .isFalse();
        });
    }

    /** {@code Thread.isVirtual()} cannot be called in a class that Java 17 can load as well. */
    private static boolean isVirtual(Thread thread) {
        return thread.getClass().getName().equals("java.lang.VirtualThread");
    }
}
