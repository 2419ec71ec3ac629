package io.vsring.test.campaign;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ReplyTest {

    private static String problem(String type) {
        return "{\"detail\":\"why\",\"type\":\"urn:vsring:problem:" + type + "\"}";
    }

    @ParameterizedTest
    @CsvSource({
        "404, absent, DONE",
        "409, lock-held, DONE",
        "409, lock-not-held, DONE",
        "503, not-primary, REFUSED",
        "503, member-closed, REFUSED",
        "400, refused, REFUSED",
        "504, outcome-unknown, UNKNOWN",
        "500, something-new, UNKNOWN"
    })
    void aProblemIsSortedByItsType(int status, String type, Reply.Outcome outcome) {
        Reply reply = Reply.of(status, problem(type));

        assertThat(reply.outcome()).isEqualTo(outcome);
        assertThat(reply.reason()).isEqualTo(type);
        assertThat(reply.isOk()).isFalse();
    }

    @Test
    void whatIsNoProblemOfOursMayHaveBeenCarriedOut() {
        assertThat(Reply.of(503, "<html>busy</html>").outcome()).isEqualTo(Reply.Outcome.UNKNOWN);
        assertThat(Reply.of(503, "{\"type\":\"about:blank\"}").reason()).isEqualTo("status-503");
    }

    @Test
    void anAnswerHasValuesAndNumbers() {
        Reply reply = Reply.of(200, "{\"token\":42,\"value\":\"7-a\",\"previous\":null,\"done\":true}");

        assertThat(reply.isOk()).isTrue();
        assertThat(reply.number("token")).isEqualTo(42);
        assertThat(reply.value("value")).isEqualTo("7-a");
        assertThat(reply.value("previous")).isNull();
        assertThat(reply.value("done")).isEqualTo("true");
        assertThatIllegalStateException()
                .isThrownBy(() -> reply.number("sum"))
                .withMessageContaining("a number named sum");
    }

    @Test
    void aCallThatIsNotUnderstoodIsAFaultOfTheCampaign() {
        assertThatIllegalStateException().isThrownBy(() -> Reply.of(400, problem("bad-request")));
    }
}
