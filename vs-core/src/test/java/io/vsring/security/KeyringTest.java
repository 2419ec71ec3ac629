package io.vsring.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class KeyringTest {

    @Test
    void showsWhatKeysAreCalledAndNeverWhatTheyAre() {
        byte[] secret = secret(1);
        Keyring keyring = new Keyring(Map.of(1, secret, 7, secret(7)), 7, CipherSuite.AES_256_GCM);

        assertThat(keyring).hasToString("keys 1, 7 (active), AES_256_GCM");
        assertThat(keyring.ids()).containsExactlyInAnyOrder(1, 7);
        assertThat(keyring.hashCode())
                .isEqualTo(new Keyring(Map.of(1, secret(2), 7, secret(3)), 7, CipherSuite.AES_256_GCM).hashCode());
    }

    @Test
    void isEqualToOneWithTheSameSecrets() {
        assertThat(Keyring.of(1, secret(1))).isEqualTo(Keyring.of(1, secret(1)));
        assertThat(Keyring.of(1, secret(1))).isNotEqualTo(Keyring.of(1, secret(2)));
        assertThat(Keyring.of(1, secret(1))).isNotEqualTo(Keyring.of(2, secret(1)));
    }

    @Test
    void keepsWhatItWasGivenWhateverBecomesOfThat() {
        byte[] secret = secret(1);
        Keyring keyring = Keyring.of(1, secret);

        secret[0]++;

        assertThat(keyring).isEqualTo(Keyring.of(1, secret(1)));
    }

    @Test
    void refusesWhatIsNoSecretAndSaysAllThatIsWrongAtOnce() {
        byte[] example = Base64.getDecoder().decode("ZXhhbXBsZSBvbmx5OiBkbyBub3QgdXNlIHRoaXMga2V5ISE=");

        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Keyring(
                        Map.of(1, new byte[31], 2, new byte[32], 3, example, 256, secret(1)),
                        4,
                        CipherSuite.AES_256_GCM))
                .withMessageContaining("key 1 must have 32 to 1024 bytes, not 31")
                .withMessageContaining("key 2 has only 1 different bytes")
                .withMessageContaining("key 3 is the example of the documentation")
                .withMessageContaining("the id of a key must be 0 to 255, not 256")
                .withMessageContaining("the active key 4 is not one of [1, 2, 3, 256]");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Keyring(Map.of(), 0, CipherSuite.AES_256_GCM))
                .withMessageContaining("there must be 1 to 4 keys, not 0");
    }

    @Test
    void anErrorDoesNotTellTheSecret() {
        byte[] phrase = "aaaaaaaabbbbbbbbaaaaaaaabbbbbbbb".getBytes(StandardCharsets.US_ASCII);

        assertThatIllegalArgumentException()
                .isThrownBy(() -> Keyring.of(1, phrase))
                .withMessageNotContaining("aaaa")
                .withMessageContaining("only 2 different bytes, and so was not drawn at random");
    }

    @Test
    void takesWhateverIsDrawnAtRandom() {
        for (int seed = 0; seed < 10_000; seed++) {
            assertThat(Keyring.whatIsWrong(secret(seed))).isEmpty();
        }
    }

    static byte[] secret(long seed) {
        byte[] secret = new byte[32];
        new Random(seed).nextBytes(secret);
        return secret;
    }
}
