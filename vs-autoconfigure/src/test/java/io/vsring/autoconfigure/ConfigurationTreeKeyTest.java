package io.vsring.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;

import io.vsring.ring.RingOptions;
import io.vsring.security.Keyring;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.ConfigDataApplicationContextInitializer;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

/** A key in a configuration tree, as Kubernetes mounts a secret: a file whose name is that of a property. */
@ExtendWith(OutputCaptureExtension.class)
class ConfigurationTreeKeyTest {

    @TempDir
    private Path tree;

    private final ApplicationContextRunner runner = new ApplicationContextRunner()
            .withInitializer(new ConfigDataApplicationContextInitializer())
            .withConfiguration(AutoConfigurations.of(RingAutoConfiguration.class))
            .withPropertyValues("vs.cluster-name=test-" + UUID.randomUUID());

    @Test
    void theTextOfAFileIsTheSecret() throws IOException {
        byte[] secret = new byte[32];
        new Random(3).nextBytes(secret);
        Files.writeString(tree.resolve("ring-key"), Base64.getEncoder().encodeToString(secret) + "\n");

        runner.withPropertyValues(
                        "spring.config.import=configtree:" + tree + "/",
                        "vs.security.keys[0].id=1",
                        "vs.security.keys[0].secret=${ring-key}")
                .run(context ->
                        assertThat(context.getBean(RingOptions.class).keyring()).isEqualTo(Keyring.of(1, secret)));
    }

    @Test
    void whoTypedOutThatItWantsNoneIsWarnedAtEachStart(CapturedOutput output) {
        for (int start = 1; start <= 2; start++) {
            runner.withPropertyValues("vs.security.mode=insecure-plaintext")
                    .run(context -> assertThat(context).hasNotFailed());

            assertThat(output.getOut().split("runs without security", -1)).hasSize(start + 1);
        }
    }
}
