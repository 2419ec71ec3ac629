package io.vsring.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class JsonLineTest {

    @Test
    void fieldsStandInTheOrderInWhichTheyWerePut() {
        JsonLine line = new JsonLine().put("peer", "vs").put("members", 3).put("seconds", 0.5);

        assertThat(line).hasToString("{\"peer\":\"vs\",\"members\":3,\"seconds\":0.5}");
    }

    @Test
    void numbersKeepSixDigitsAndNeverGetAnExponent() {
        assertThat(new JsonLine().put("n", 1_234_567.891)).hasToString("{\"n\":1234568}");
        assertThat(new JsonLine().put("n", 12.3456789)).hasToString("{\"n\":12.3457}");
        assertThat(new JsonLine().put("n", 0.0000001)).hasToString("{\"n\":0.0000001}");
        assertThat(new JsonLine().put("n", 20_000_000.0)).hasToString("{\"n\":20000000}");
        assertThat(new JsonLine().put("n", 0.0)).hasToString("{\"n\":0}");
    }

    @Test
    void whatIsNotANumberIsNull() {
        assertThat(new JsonLine().put("p50_us", Double.NaN)).hasToString("{\"p50_us\":null}");
    }

    @Test
    void textIsEscaped() {
        assertThat(new JsonLine().put("a\"b", "c\\d\n")).hasToString("{\"a\\\"b\":\"c\\\\d\\u000a\"}");
    }

    @Test
    void aNumberIsFoundByItsName() {
        String line = new JsonLine()
                .put("own_msgs_per_s", 1.5)
                .put("msgs_per_s", 4.5)
                .put("p50_us", Double.NaN)
                .toString();

        assertThat(JsonLine.number(line, "msgs_per_s")).hasValue(4.5);
        assertThat(JsonLine.number(line, "p50_us")).isEmpty();
        assertThat(JsonLine.number(line, "p99_us")).isEmpty();
    }
}
