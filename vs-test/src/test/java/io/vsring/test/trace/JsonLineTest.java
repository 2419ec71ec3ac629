package io.vsring.test.trace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class JsonLineTest {
    @Test
    void textsNumbersTruthsAndListsAreRead() {
        JsonLine line = JsonLine.parse(
                "{\"ev\":\"sent\",\"n\":-7,\"yes\":true,\"no\":false,\"members\":[\"1#a\",\"2#b\"],\"none\":[]}");

        assertThat(line.text("ev")).isEqualTo("sent");
        assertThat(line.number("n")).isEqualTo(-7);
        assertThat(line.truth("yes")).isTrue();
        assertThat(line.truth("no")).isFalse();
        assertThat(line.texts("members")).containsExactly("1#a", "2#b");
        assertThat(line.texts("none")).isEmpty();
        assertThat(line.has("missing")).isFalse();
    }

    @Test
    void whatIsEscapedIsReadAsItWas() {
        JsonLine line = JsonLine.parse("{\"group\":\"a \\\"b\\\" \\\\ \\n\\t\\u0041\"}");

        assertThat(line.text("group")).isEqualTo("a \"b\" \\ \n\tA");
    }

    @Test
    void aLineThatBreaksOffIsRefusedWithThePlace() {
        for (String wrong :
                new String[] {"", "{", "{\"a\":1", "{\"a\":x}", "{\"a\":tru}", "{\"a\":1}}", "{\"a\":\"\\u00\"}"}) {
            assertThatThrownBy(() -> JsonLine.parse(wrong))
                    .as(wrong)
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("at character");
        }
    }

    @Test
    void aValueOfAnotherKindIsNamed() {
        JsonLine line = JsonLine.parse("{\"n\":1}");

        assertThatThrownBy(() -> line.text("n"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("named 'n'");
    }
}
