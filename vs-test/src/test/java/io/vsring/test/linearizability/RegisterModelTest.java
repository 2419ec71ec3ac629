package io.vsring.test.linearizability;

import static io.vsring.test.linearizability.RegisterModel.compareAndSet;
import static io.vsring.test.linearizability.RegisterModel.read;
import static io.vsring.test.linearizability.RegisterModel.write;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class RegisterModelTest {
    private final Script script = new Script(RegisterModel.object("leader"));

    @Test
    void aReaderSeesTheValueBeforeOrAfterAWriteThatItOverlaps() {
        script.calls(1, write("a"));
        script.does(2, read(), "").does(3, read(), "a").does(2, read(), "a");
        script.returns(1, null);

        assertThat(script.verdict()).isEqualTo(Verdict.OK);
    }

    @Test
    void aWriteThatWasAnsweredIsNotReadAsIfItWereStillToCome() {
        script.does(1, write("a"), null).does(1, write("b"), null);
        script.does(2, read(), "a");

        assertThat(script.verdict()).isEqualTo(Verdict.VIOLATION);
    }

    @Test
    void aValueThatOneReaderHasSeenIsNotGoneForTheNextOne() {
        script.calls(1, write("a"));
        script.does(2, read(), "a").does(3, read(), "");
        script.returns(1, null);

        assertThat(script.verdict()).isEqualTo(Verdict.VIOLATION);
    }

    @Test
    void ofTwoThatExpectTheSameValueOneGetsIt() {
        script.calls(1, compareAndSet("", "a")).calls(2, compareAndSet("", "b"));
        script.returns(2, true).returns(1, false);
        script.does(3, read(), "b");

        assertThat(script.verdict()).isEqualTo(Verdict.OK);
    }

    @Test
    void twoThatExpectTheSameValueDoNotBothGetIt() {
        script.calls(1, compareAndSet("", "a")).calls(2, compareAndSet("", "b"));
        script.returns(2, true).returns(1, true);

        assertThat(script.verdict()).isEqualTo(Verdict.VIOLATION);
    }

    @Test
    void aSwapThatWasRefusedByTheValueChangesNothing() {
        script.does(1, write("a"), null).does(2, compareAndSet("x", "b"), false);
        script.does(3, read(), "b");

        assertThat(script.verdict()).isEqualTo(Verdict.VIOLATION);
    }

    @Test
    void aSwapWhoseAnswerNobodyLookedAtMayHaveFailed() {
        script.does(1, write("a"), null).calls(2, compareAndSet("x", "b")).returnsSomething(2);
        script.does(3, read(), "a");

        assertThat(script.verdict()).isEqualTo(Verdict.OK);
    }

    @Test
    void aMisspelledOperationIsNamedWithThoseThatThereAre() {
        script.does(1, Invocation.of("reed"), "");

        assertThatThrownBy(script::judged)
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("expected one of read, write, compareAndSet, found reed()");
    }
}
