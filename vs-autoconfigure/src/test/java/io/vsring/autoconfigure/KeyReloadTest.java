package io.vsring.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vsring.actuate.RingHealthIndicator;
import io.vsring.actuate.RingMeters;
import io.vsring.replicated.ReplicatedObjects;
import io.vsring.security.CipherSuite;
import io.vsring.security.Keyring;
import io.vsring.spring.MemoryOrder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.autoconfigure.ssl.SslAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ApplicationContext;

@Timeout(60)
@ExtendWith(OutputCaptureExtension.class)
class KeyReloadTest {

    private static final byte[] OLD = secret(1);
    private static final byte[] NEW = secret(2);

    @TempDir
    private Path directory;

    private final ApplicationContextRunner runner = new ApplicationContextRunner()
            .withConfiguration(AutoConfigurations.of(
                    SslAutoConfiguration.class,
                    RingAutoConfiguration.class,
                    RingHealthAutoConfiguration.class,
                    RingMetricsAutoConfiguration.class))
            .withBean(RingOpener.class, () -> new MemoryOrder()::open);
    private ApplicationContextRunner fromFiles;

    @BeforeEach
    void oneKeyInADirectory() throws IOException {
        replace("1", OLD);
        fromFiles = runner.withPropertyValues("vs.security.key-dir=" + directory, "vs.security.reload=20ms");
    }

    @Test
    void keysComeAndGoWithTheirFiles() {
        MeterRegistry registry = new SimpleMeterRegistry();
        fromFiles.withBean(MeterRegistry.class, () -> registry).run(context -> {
            context.getBean(RingMeters.class).bindTo(registry);
            replace("active", new byte[] {'1'});
            replace("2", NEW);
            awaitKeys(context, both(1));
            assertThat(registry.get("vs.security.opened").tag("key", "2").functionCounter())
                    .isNotNull();

            replace("active", new byte[] {'2'});
            awaitKeys(context, both(2));

            Files.delete(directory.resolve("1"));
            awaitKeys(context, Keyring.of(2, NEW));
        });
    }

    @Test
    void whatCannotBeUsedChangesNothingAndIsSaidOnceUntilItCan(CapturedOutput log) {
        fromFiles.run(context -> {
            replace("1", new byte[16]);
            await().until(() -> refusal(context) != null);
            assertThat(refusal(context)).asString().contains("must have 32 to 1024 bytes, not 16");
            assertThat(keyring(context)).isEqualTo(Keyring.of(1, OLD));

            replace("1", new byte[64]);
            await().untilAsserted(() -> assertThat(refusal(context)).asString().contains("different bytes"));
            assertThat(keyring(context)).isEqualTo(Keyring.of(1, OLD));

            replace("1", NEW);
            awaitKeys(context, Keyring.of(1, NEW));
            await().until(() -> refusal(context) == null);
        });
        assertThat(log.getAll().split("goes on with the keys that it has", -1)).hasSize(3);
    }

    @Test
    void aMemberThatIsStartedAgainStartsWithTheKeysOfNow() {
        fromFiles.withPropertyValues("vs.security.reload=0").run(context -> {
            context.getSourceApplicationContext().stop();
            replace("1", NEW);
            context.getSourceApplicationContext().start();
            assertThat(keyring(context)).isEqualTo(Keyring.of(1, NEW));

            context.getSourceApplicationContext().stop();
            replace("1", new byte[1]);
            context.getSourceApplicationContext().start();
            assertThat(keyring(context)).isEqualTo(Keyring.of(1, NEW));
        });
    }

    @Test
    void keysOfTheApplicationsOwnStayAsTheyAre() {
        Keyring own = Keyring.of(9, NEW);
        fromFiles
                .withBean(RingOptionsCustomizer.class, () -> builder -> builder.keyring(own))
                .run(context -> {
                    context.getSourceApplicationContext().stop();
                    replace("1", NEW);
                    context.getSourceApplicationContext().start();
                    assertThat(keyring(context)).isEqualTo(own);
                });
    }

    @Test
    void keysInAnSslBundleAreReplacedWithIt() {
        Path store = KeyStores.write(directory.resolve("ring.p12"), Map.of("ring-1", OLD));
        runner.withPropertyValues(KeyStores.bundle("ring", store))
                .withPropertyValues(
                        "spring.ssl.bundle.jks.ring.reload-on-update=true",
                        "spring.ssl.bundle.watch.file.quiet-period=20ms",
                        "vs.security.keys[0].id=1",
                        "vs.security.keys[0].bundle=ring",
                        "vs.security.keys[0].alias=ring-1")
                .run(context -> {
                    assertThat(keyring(context)).isEqualTo(Keyring.of(1, OLD));

                    KeyStores.write(store, Map.of("ring-1", NEW));
                    awaitKeys(context, Keyring.of(1, NEW));
                });
    }

    /** At once and as a whole, as it is documented. */
    private void replace(String name, byte[] content) throws IOException {
        Path whole = Files.write(directory.resolve("." + name), content);
        Files.move(whole, directory.resolve(name), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    private static void awaitKeys(ApplicationContext context, Keyring expected) {
        await().untilAsserted(() -> assertThat(keyring(context)).isEqualTo(expected));
    }

    private static @Nullable Keyring keyring(ApplicationContext context) {
        return context.getBean(ReplicatedObjects.class).ring().keyring();
    }

    private static @Nullable Object refusal(ApplicationContext context) {
        return context.getBean(RingHealthIndicator.class).health().getDetails().get("keysRefused");
    }

    private static Keyring both(int active) {
        return new Keyring(Map.of(1, OLD, 2, NEW), active, CipherSuite.AES_256_GCM);
    }

    private static byte[] secret(int seed) {
        byte[] secret = new byte[32];
        new Random(seed).nextBytes(secret);
        return secret;
    }
}
