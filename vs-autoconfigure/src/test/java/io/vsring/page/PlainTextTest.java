package io.vsring.page;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import tools.jackson.dataformat.cbor.CBORFactory;
import tools.jackson.dataformat.cbor.CBORMapper;
import tools.jackson.dataformat.cbor.CBORWriteFeature;

class PlainTextTest {

    record Order(String item, int pieces) {}

    @Test
    void textIsShownAsItIsAndCutIfItIsLong() {
        assertThat(PlainText.text(utf8("12 Äpfel <b>"))).isEqualTo("12 Äpfel <b>");
        assertThat(PlainText.text(utf8("é".repeat(121)))).isEqualTo("é".repeat(120) + "…");
        assertThat(PlainText.text(utf8("x".repeat(5000)))).isEqualTo("5000 bytes");
    }

    @Test
    void whatIsNoTextIsCounted() {
        assertThat(PlainText.text(new byte[] {0, 0, 0, 1})).isEqualTo("4 bytes");
        assertThat(PlainText.text(new byte[] {(byte) 0xFF})).isEqualTo("1 bytes");
        assertThat(PlainText.text(new byte[] {(byte) 0xD9, (byte) 0xD9, (byte) 0xF7, (byte) 0xFF}))
                .isEqualTo("4 bytes");
    }

    @Test
    void valuesOfTheApplicationsTypesAreShownAsJson() {
        byte[] cbor = CBORMapper.builder(CBORFactory.builder()
                        .enable(CBORWriteFeature.WRITE_TYPE_HEADER)
                        .build())
                .build()
                .writeValueAsBytes(new Order("apples", 12));

        assertThat(PlainText.text(cbor)).isEqualTo("{\"item\":\"apples\",\"pieces\":12}");
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
