package io.vsring.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.vsring.ring.RingOptions;
import io.vsring.security.Keyring;
import io.vsring.spring.MemoryOrder;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Path;
import java.security.Key;
import java.security.KeyStore;
import java.security.KeyStoreSpi;
import java.security.Provider;
import java.security.cert.Certificate;
import java.util.Collections;
import java.util.Date;
import java.util.Enumeration;
import java.util.Map;
import java.util.Random;
import javax.crypto.SecretKey;
import org.jspecify.annotations.Nullable;
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
                    "vs.security.keys[0].id=1",
                    "vs.security.keys[0].bundle=ring",
                    "vs.security.keys[0].alias=ring-1");

    @Test
    void aSecretKeyOfAnSslBundleIsAKeyOfTheRing() {
        Path store = KeyStores.write(directory.resolve("ring.p12"), Map.of("ring-1", SECRET));

        runner.withPropertyValues(KeyStores.bundle("ring", store))
                .run(context -> assertThat(context.getBean(RingOptions.class).keyring())
                        .isEqualTo(Keyring.of(1, SECRET)));
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

    @Test
    void aKeyThatDoesNotLeaveItsDeviceIsRefused() throws Exception {
        KeyStore device = new DeviceStore();
        device.load(null, null);
        DefaultSslBundleRegistry bundles = new DefaultSslBundleRegistry();
        bundles.registerBundle("device", SslBundle.of(SslStoreBundle.of(device, null, null)));

        assertThatIllegalArgumentException()
                .isThrownBy(() -> new KeyBundles(bundles).secret("device", "ring-1"))
                .withMessageContaining("does not leave its device");
    }

    /** As PKCS #11 has them: a key that can be used and not be seen. */
    private static final class DeviceStore extends KeyStore {

        DeviceStore() {
            super(new Entries(), new Provider("device", "1", "made up") {}, "device");
        }
    }

    private record HiddenKey() implements SecretKey {

        @Override
        public String getAlgorithm() {
            return "AES";
        }

        @Override
        public @Nullable String getFormat() {
            return null;
        }

        @Override
        public byte @Nullable [] getEncoded() {
            return null;
        }
    }

    private static final class Entries extends KeyStoreSpi {

        @Override
        public Key engineGetKey(String alias, char[] password) {
            return new HiddenKey();
        }

        @Override
        public boolean engineContainsAlias(String alias) {
            return true;
        }

        @Override
        public boolean engineEntryInstanceOf(String alias, Class<? extends KeyStore.Entry> type) {
            return type == KeyStore.SecretKeyEntry.class;
        }

        @Override
        public Certificate @Nullable [] engineGetCertificateChain(String alias) {
            return null;
        }

        @Override
        public @Nullable Certificate engineGetCertificate(String alias) {
            return null;
        }

        @Override
        public Date engineGetCreationDate(String alias) {
            return new Date(0);
        }

        @Override
        public void engineSetKeyEntry(String alias, Key key, char[] password, Certificate[] chain) {}

        @Override
        public void engineSetKeyEntry(String alias, byte[] key, Certificate[] chain) {}

        @Override
        public void engineSetCertificateEntry(String alias, Certificate certificate) {}

        @Override
        public void engineDeleteEntry(String alias) {}

        @Override
        public Enumeration<String> engineAliases() {
            return Collections.enumeration(Collections.singleton("ring-1"));
        }

        @Override
        public int engineSize() {
            return 1;
        }

        @Override
        public boolean engineIsKeyEntry(String alias) {
            return true;
        }

        @Override
        public boolean engineIsCertificateEntry(String alias) {
            return false;
        }

        @Override
        public @Nullable String engineGetCertificateAlias(Certificate certificate) {
            return null;
        }

        @Override
        public void engineStore(OutputStream out, char[] password) {}

        @Override
        public void engineLoad(InputStream in, char[] password) {}
    }

    private static byte[] secret() {
        byte[] secret = new byte[32];
        new Random(3).nextBytes(secret);
        return secret;
    }
}
