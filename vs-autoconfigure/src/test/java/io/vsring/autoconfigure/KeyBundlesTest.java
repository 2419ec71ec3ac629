package io.vsring.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import io.vsring.ring.RingOptions;
import io.vsring.security.Keyring;
import io.vsring.spring.MemoryOrder;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.KeyStoreSpi;
import java.util.Map;
import java.util.Random;
import javax.crypto.SecretKey;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.autoconfigure.ssl.SslAutoConfiguration;
import org.springframework.boot.ssl.DefaultSslBundleRegistry;
import org.springframework.boot.ssl.SslBundle;
import org.springframework.boot.ssl.SslStoreBundle;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

class KeyBundlesTest {

    private static final byte[] SECRET = secret();

    @TempDir
    private Path directory;

    private final ApplicationContextRunner runner = new ApplicationContextRunner()
            .withConfiguration(AutoConfigurations.of(SslAutoConfiguration.class, RingAutoConfiguration.class))
            .withBean(RingOpener.class, () -> new MemoryOrder()::open)
            .withPropertyValues(
                    "vs.security.keys[0].id=1", "vs.security.keys[0].bundle=ring", "vs.security.keys[0].alias=ring-1");

    @Test
    void aSecretKeyOfAnSslBundleIsAKeyOfTheRing() {
        Path store = KeyStores.write(directory.resolve("ring.p12"), Map.of("ring-1", SECRET));

        runner.withPropertyValues(KeyStores.bundle("ring", store))
                .run(context ->
                        assertThat(context.getBean(RingOptions.class).keyring()).isEqualTo(Keyring.of(1, SECRET)));
    }

    @Test
    void aWrongPasswordIsSaidWithoutIt() {
        Path store = KeyStores.write(directory.resolve("ring.p12"), Map.of("ring-1", SECRET));

        runner.withPropertyValues(KeyStores.bundle("ring", store))
                .withPropertyValues("spring.ssl.bundle.jks.ring.keystore.password=quite-another")
                .run(context -> assertThat(context.getStartupFailure())
                        .rootCause()
                        .hasMessageContaining("'ring' cannot be read, or not with its passwords")
                        .hasMessageNotContaining("quite-another"));
    }

    /** As PKCS #11 has them: a key that can be used and not be seen. */
    @Test
    void aKeyThatDoesNotLeaveItsDeviceIsRefused() throws Exception {
        KeyStoreSpi entries = mock(KeyStoreSpi.class);
        when(entries.engineContainsAlias("ring-1")).thenReturn(true);
        when(entries.engineEntryInstanceOf("ring-1", KeyStore.SecretKeyEntry.class))
                .thenReturn(true);
        when(entries.engineGetKey("ring-1", null)).thenReturn(mock(SecretKey.class));
        KeyStore device = new KeyStore(entries, null, "device") {};
        device.load(null, null);
        DefaultSslBundleRegistry bundles = new DefaultSslBundleRegistry();
        bundles.registerBundle("device", SslBundle.of(SslStoreBundle.of(device, null, null)));

        assertThatIllegalArgumentException()
                .isThrownBy(() -> new KeyBundles(bundles).secret("device", "ring-1"))
                .withMessageContaining("does not leave its device");
    }

    private static byte[] secret() {
        byte[] secret = new byte[32];
        new Random(3).nextBytes(secret);
        return secret;
    }
}
