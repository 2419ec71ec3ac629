package io.vsring.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;

import io.vsring.actuate.RingEndpoint;
import io.vsring.actuate.RingHealthIndicator;
import io.vsring.security.Keyring;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.actuate.autoconfigure.context.properties.ConfigurationPropertiesReportEndpointAutoConfiguration;
import org.springframework.boot.actuate.autoconfigure.env.EnvironmentEndpointAutoConfiguration;
import org.springframework.boot.actuate.context.properties.ConfigurationPropertiesReportEndpoint;
import org.springframework.boot.actuate.env.EnvironmentEndpoint;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.autoconfigure.ssl.SslAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import tools.jackson.databind.json.JsonMapper;

/** Looks for secrets wherever somebody could see them. */
@Timeout(60)
@ExtendWith(OutputCaptureExtension.class)
class SecretsAreNotShownTest {

    private static final byte[] SECRET = secret(1);
    private static final byte[] OF_FILE = secret(2);
    private static final byte[] OF_BUNDLE = secret(3);
    private static final String TEXT = Base64.getEncoder().encodeToString(SECRET);

    @TempDir
    private Path directory;

    private final ApplicationContextRunner runner = new ApplicationContextRunner()
            .withConfiguration(AutoConfigurations.of(
                    SslAutoConfiguration.class,
                    RingAutoConfiguration.class,
                    RingEndpointAutoConfiguration.class,
                    RingHealthAutoConfiguration.class,
                    EnvironmentEndpointAutoConfiguration.class,
                    ConfigurationPropertiesReportEndpointAutoConfiguration.class))
            .withPropertyValues(
                    "logging.level.io.vsring=debug", "management.endpoints.web.exposure.include=env,configprops,ring");

    @ParameterizedTest
    @ValueSource(strings = {"never", "always"})
    void nowhereInARunningApplication(String shown, CapturedOutput log) throws IOException {
        Path file = Files.write(directory.resolve("key"), OF_FILE);
        Path store = KeyStores.write(directory.resolve("ring.p12"), Map.of("ring-3", OF_BUNDLE));
        runner.withPropertyValues(KeyStores.bundle("ring", store))
                .withPropertyValues(
                        "management.endpoint.env.show-values=" + shown,
                        "management.endpoint.configprops.show-values=" + shown,
                        "vs.security.active-key=1",
                        "vs.security.keys[0].id=1",
                        "vs.security.keys[0].secret=" + TEXT,
                        "vs.security.keys[1].id=2",
                        "vs.security.keys[1].location=file:" + file,
                        "vs.security.keys[2].id=3",
                        "vs.security.keys[2].bundle=ring",
                        "vs.security.keys[2].alias=ring-3")
                .withSystemProperties("vs.security.keys[0].secret=" + TEXT)
                .run(context -> {
                    assertThat(context).hasNotFailed();
                    JsonMapper json = JsonMapper.builder().build();
                    String environment = json.writeValueAsString(
                            context.getBean(EnvironmentEndpoint.class).environment(null));
                    String properties =
                            json.writeValueAsString(context.getBean(ConfigurationPropertiesReportEndpoint.class)
                                    .configurationProperties());
                    String ring = json.writeValueAsString(
                            context.getBean(RingEndpoint.class).ring());

                    assertThat(environment).contains("vs.security.keys[0].secret");
                    assertThat(properties).contains("RingProperties");
                    assertThat(ring).contains("\"security\":{\"mode\":\"keys\",\"keys\":[1,2,3],\"active\":1");
                    for (String seen : List.of(
                            environment,
                            properties,
                            ring,
                            String.valueOf(context.getBean(RingProperties.class)),
                            String.valueOf(
                                    context.getBean(RingHealthIndicator.class).health()))) {
                        assertShowsNoSecret(seen);
                    }
                });
        assertThat(log).contains("starts: cluster=");
        assertShowsNoSecret(log.getAll());
    }

    @Test
    void nowhereInWhatARefusedConfigurationSays(CapturedOutput log) throws IOException {
        Path half = Files.write(directory.resolve("half"), Arrays.copyOf(OF_FILE, 31));
        Path text = Files.writeString(directory.resolve("text"), "-" + TEXT);
        Path store = KeyStores.write(directory.resolve("ring.p12"), Map.of("ring-3", Arrays.copyOf(OF_BUNDLE, 16)));
        runner.withPropertyValues(KeyStores.bundle("ring", store))
                .withPropertyValues(
                        "vs.security.keys[0].id=1",
                        "vs.security.keys[0].secret=" + TEXT + "!",
                        "vs.security.keys[1].id=2",
                        "vs.security.keys[1].location=file:" + half,
                        "vs.security.keys[2].id=3",
                        "vs.security.keys[2].location=" + TEXT,
                        "vs.security.keys[3].id=4",
                        "vs.security.keys[3].location=file:" + text,
                        "vs.security.keys[4].id=5",
                        "vs.security.keys[4].secret=" + TEXT,
                        "vs.security.keys[4].location=file:" + half)
                .run(context -> {
                    StringWriter said = new StringWriter();
                    context.getStartupFailure().printStackTrace(new PrintWriter(said));
                    assertThat(said.toString()).contains("key 1: the secret is not Base64");
                    assertShowsNoSecret(said.toString());
                });
        runner.withPropertyValues(KeyStores.bundle("ring", store))
                .withPropertyValues(
                        "vs.security.keys[0].id=3",
                        "vs.security.keys[0].bundle=ring",
                        "vs.security.keys[0].alias=ring-3")
                .run(context -> {
                    StringWriter said = new StringWriter();
                    context.getStartupFailure().printStackTrace(new PrintWriter(said));
                    assertThat(said.toString()).contains("key 3 must have 32 to 1024 bytes, not 16");
                    assertShowsNoSecret(said.toString());
                });
        assertShowsNoSecret(log.getAll());
    }

    @Test
    void nowhereInTheWordsOfAKeyring() {
        assertShowsNoSecret(Keyring.of(1, SECRET).toString());
    }

    /** Not even a piece of one, however it is written. */
    private static void assertShowsNoSecret(String seen) {
        for (byte[] secret : List.of(SECRET, OF_FILE, OF_BUNDLE)) {
            String plain = Base64.getEncoder().encodeToString(secret);
            String hex = HexFormat.of().formatHex(secret);
            assertThat(seen)
                    .doesNotContain(plain.substring(0, 12))
                    .doesNotContain(
                            Base64.getUrlEncoder().encodeToString(secret).substring(0, 12))
                    .doesNotContainIgnoringCase(hex.substring(0, 12))
                    .doesNotContain(new String(secret, StandardCharsets.ISO_8859_1).substring(0, 6))
                    .doesNotContain(new String(secret, StandardCharsets.UTF_8).substring(0, 6))
                    .doesNotContain(Arrays.toString(Arrays.copyOf(secret, 6)).substring(0, 18));
        }
    }

    private static byte[] secret(int seed) {
        byte[] secret = new byte[32];
        new Random(seed).nextBytes(secret);
        return secret;
    }
}
