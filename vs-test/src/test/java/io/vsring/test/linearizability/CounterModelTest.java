package io.vsring.test.linearizability;

import static io.vsring.test.linearizability.CounterModel.add;
import static io.vsring.test.linearizability.CounterModel.compareAndSet;
import static io.vsring.test.linearizability.CounterModel.get;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class CounterModelTest {
    private final Script script = new Script(CounterModel.object("visits"));

    @Test
    void additionsThatOverlapCountInSomeOrder() {
        script.calls(1, add(1)).calls(2, add(10));
        script.returns(1, 11).returns(2, 10);
        script.does(3, get(), 11);

        assertThat(script.verdict()).isEqualTo(Verdict.OK);
    }

    @Test
    void anAdditionIsNotLost() {
        script.calls(1, add(1)).calls(2, add(1));
        script.returns(1, 1).returns(2, 1);

        assertThat(script.verdict()).isEqualTo(Verdict.VIOLATION);
    }

    @Test
    void anAdditionDoesNotCountTwice() {
        script.does(1, add(1), 1).does(2, get(), 2);

        assertThat(script.verdict()).isEqualTo(Verdict.VIOLATION);
    }

    @Test
    void aSumThatWasAnsweredIsReadByWhoeverAsksLater() {
        script.does(1, add(5), 5).does(2, add(5), 10);
        script.does(3, get(), 5);

        assertThat(script.verdict()).isEqualTo(Verdict.VIOLATION);
    }

    @Test
    void anAdditionOfUnknownOutcomeMayCountMuchLater() {
        script.calls(1, add(3)).hearsNothing(1);
        script.does(2, get(), 0).does(2, add(1), 1).does(2, get(), 4);

        assertThat(script.verdict()).isEqualTo(Verdict.OK);
    }

    @Test
    void anAdditionOfUnknownOutcomeMayNeverCount() {
        script.calls(1, add(3)).hearsNothing(1);
        script.does(2, get(), 0).does(2, add(1), 1).does(2, get(), 1);

        assertThat(script.verdict()).isEqualTo(Verdict.OK);
    }

    @Test
    void anAdditionOfUnknownOutcomeCountsOnceAtMost() {
        script.calls(1, add(3)).hearsNothing(1);
        script.does(2, get(), 6);

        assertThat(script.verdict()).isEqualTo(Verdict.VIOLATION);
    }

    @Test
    void anAdditionOfUnknownOutcomeDoesNotCountBeforeItWasCalled() {
        script.does(2, get(), 3);
        script.calls(1, add(3)).hearsNothing(1);

        assertThat(script.verdict()).isEqualTo(Verdict.VIOLATION);
    }

    @Test
    void anAdditionThatHasCountedIsNotTakenBack() {
        script.calls(1, add(3)).hearsNothing(1);
        script.does(2, get(), 3).does(2, get(), 0);

        assertThat(script.verdict()).isEqualTo(Verdict.VIOLATION);
    }

    @Test
    void asManyOfUnknownOutcomeCountAsAreSeen() {
        for (int client = 1; client <= 5; client++) {
            script.calls(client, add(1)).hearsNothing(client);
        }
        script.does(9, get(), 2).does(9, get(), 5);

        assertThat(script.verdict()).isEqualTo(Verdict.OK);
        assertThat(script.does(9, get(), 6).verdict()).isEqualTo(Verdict.VIOLATION);
    }

    @Test
    void aSwapOfNumbersTakesTheExpectedOneOnly() {
        script.does(1, add(7), 7).does(2, compareAndSet(7, 70), true).does(3, compareAndSet(7, 71), false);

        assertThat(script.does(1, get(), 70).verdict()).isEqualTo(Verdict.OK);
        assertThat(script.does(1, get(), 71).verdict()).isEqualTo(Verdict.VIOLATION);
    }

    @Test
    void aCounterAtItsEndWrapsAround() {
        script.does(1, add(Long.MAX_VALUE), Long.MAX_VALUE).does(1, add(1), Long.MIN_VALUE);

        assertThat(script.verdict()).isEqualTo(Verdict.OK);
    }

    @Test
    void whatIsNoNumberIsRefusedWithItsPlace() {
        script.does(1, Invocation.of("add", "five"), 5);

        assertThatThrownBy(script::judged)
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("as argument 0 of add(five)");
    }
}
