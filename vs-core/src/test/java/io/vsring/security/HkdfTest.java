package io.vsring.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.HexFormat;
import org.junit.jupiter.api.Test;

/** The test vectors of RFC 5869, appendix A, that have a salt. */
class HkdfTest {

    private static final HexFormat HEX = HexFormat.of();

    @Test
    void basicCase() {
        Hkdf hkdf = Hkdf.extract(
                HEX.parseHex("000102030405060708090a0b0c"),
                HEX.parseHex("0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b"));

        assertThat(HEX.formatHex(hkdf.expand(HEX.parseHex("f0f1f2f3f4f5f6f7f8f9"), 42)))
                .isEqualTo("3cb25f25faacd57a90434f64d0362f2a2d2d0a90cf1a5a4c5db02d56ecc4c5bf34007208d5b887185865");
    }

    @Test
    void longerInputsAndOutputs() {
        Hkdf hkdf = Hkdf.extract(range(0x60, 0xb0), range(0x00, 0x50));

        assertThat(HEX.formatHex(hkdf.expand(range(0xb0, 0x100), 82)))
                .isEqualTo("b11e398dc80327a1c8e7f78c596a49344f012eda2d4efad8a050cc4c19af"
                        + "a97c59045a99cac7827271cb41c65e590e09da3275600c2f09b8367793a9"
                        + "aca3db71cc30c58179ec3e87c14c01d5c1f3434f1d87");
    }

    @Test
    void givesTheSameKeyWhenAskedAgain() {
        Hkdf hkdf = Hkdf.extract(new byte[] {1}, new byte[] {2});

        assertThat(hkdf.expand(new byte[] {3}, 44)).isEqualTo(hkdf.expand(new byte[] {3}, 44));
    }

    @Test
    void refusesLengthsThatThereAreNot() {
        Hkdf hkdf = Hkdf.extract(new byte[] {1}, new byte[] {2});

        assertThatIllegalArgumentException()
                .isThrownBy(() -> hkdf.expand(new byte[0], 255 * 32 + 1))
                .withMessageContaining("1 to 8160 bytes, not 8161");
    }

    private static byte[] range(int from, int to) {
        byte[] bytes = new byte[to - from];
        for (int value = from; value < to; value++) {
            bytes[value - from] = (byte) value;
        }
        return bytes;
    }
}
