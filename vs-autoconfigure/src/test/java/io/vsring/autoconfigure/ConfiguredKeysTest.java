package io.vsring.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;

import io.vsring.autoconfigure.RingProperties.SecurityMode;
import io.vsring.security.CipherSuite;
import io.vsring.security.Keyring;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConfiguredKeysTest {

    private static final byte[] SECRET = secret();
    private static final String TEXT = Base64.getEncoder().encodeToString(SECRET);

    private final List<String> violations = new ArrayList<>();

    @Test
    void aSecretIsTheSameWhereverItIsKept(@TempDir Path directory) throws IOException {
        Path bytes = Files.write(directory.resolve("bytes"), SECRET);
        Path text = Files.writeString(directory.resolve("text"), TEXT + "\n");

        assertThat(keyring(null, new RingProperties.Security.Key(7, TEXT, null)))
                .isEqualTo(Keyring.of(7, SECRET));
        assertThat(keyring(null, new RingProperties.Security.Key(7, null, "file:" + bytes)))
                .isEqualTo(Keyring.of(7, SECRET));
        assertThat(keyring(null, new RingProperties.Security.Key(7, null, text.toString())))
                .isEqualTo(Keyring.of(7, SECRET));
        assertThat(violations).isEmpty();
    }

    /** Else members whose files end their lines differently would have different keys. */
    @Test
    void textIsNeverTakenForRandomBytes(@TempDir Path directory) throws IOException {
        Path phrase = Files.writeString(directory.resolve("phrase"), "this is our very secret ring passphrase\n");
        Path wrapped = Files.writeString(
                directory.resolve("wrapped"), TEXT.substring(0, 20) + "\r\n" + TEXT.substring(20) + "\r\n");

        assertThat(keyring(null, new RingProperties.Security.Key(7, null, phrase.toString())))
                .isNull();
        assertThat(violations)
                .singleElement()
                .asString()
                .contains("text, and not Base64")
                .doesNotContain("phrase");
        assertThat(keyring(null, new RingProperties.Security.Key(7, null, wrapped.toString())))
                .isEqualTo(Keyring.of(7, SECRET));
    }

    @Test
    void nothingIsFetchedFromElsewhere() {
        assertThat(keyring(null, new RingProperties.Security.Key(7, null, "https://keys.test/key")))
                .isNull();
        assertThat(violations).singleElement().asString().contains("must be a file");
    }

    @Test
    void oneOfSeveralIsActive() {
        byte[] other = Base64.getDecoder().decode("kq0Hh5WcV1Yx3iJmT7rN2bZpEo8LdSuG4aFwKtCXyQM=");

        Keyring keyring = keyring(
                2,
                new RingProperties.Security.Key(1, TEXT, null),
                new RingProperties.Security.Key(2, Base64.getEncoder().encodeToString(other), null));

        assertThat(keyring).isEqualTo(new Keyring(Map.of(1, SECRET, 2, other), 2, CipherSuite.AES_256_GCM));
    }

    @Test
    void withoutKeysThereIsNoKeyring() {
        assertThat(keyring(null)).isNull();
        assertThat(violations).isEmpty();
    }

    @Test
    void whatIsWrongIsSaidWithoutTheSecret() {
        assertThat(keyring(
                        null,
                        new RingProperties.Security.Key(1, TEXT.substring(0, 20), null),
                        new RingProperties.Security.Key(1, TEXT, null)))
                .isNull();

        assertThat(violations).isNotEmpty().noneMatch(violation -> violation.contains(TEXT.substring(0, 8)));
        assertThat(new RingProperties.Security.Key(1, TEXT, null))
                .asString()
                .contains("id=1")
                .doesNotContain(TEXT.substring(0, 8));
    }

    private @Nullable Keyring keyring(@Nullable Integer active, RingProperties.Security.Key... keys) {
        RingProperties.Security security =
                new RingProperties.Security(SecurityMode.KEYS, List.of(keys), active, CipherSuite.AES_256_GCM);
        return new ConfiguredKeys(security, violations::add).keyring();
    }

    private static byte[] secret() {
        byte[] secret = new byte[32];
        new Random(1).nextBytes(secret);
        return secret;
    }
}
