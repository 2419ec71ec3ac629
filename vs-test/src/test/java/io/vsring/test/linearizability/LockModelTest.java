package io.vsring.test.linearizability;

import static io.vsring.test.linearizability.LockModel.acquire;
import static io.vsring.test.linearizability.LockModel.mayLose;
import static io.vsring.test.linearizability.LockModel.release;
import static io.vsring.test.linearizability.LockModel.tryAcquire;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class LockModelTest {
    private final Script script = new Script(LockModel.object("invoice"));

    @Test
    void whoWaitsGetsTheLockWhenItIsReleased() {
        script.does(1, acquire("A"), 10).calls(2, acquire("B"));
        script.does(3, tryAcquire("C"), null);
        script.does(1, release(10), true).returns(2, 11);
        script.does(2, release(11), true);

        assertThat(script.verdict()).isEqualTo(Verdict.OK);
    }

    @Test
    void twoDoNotHoldTheLockAtOnce() {
        script.does(1, acquire("A"), 10).does(2, acquire("B"), 11);

        assertThat(script.verdict()).isEqualTo(Verdict.VIOLATION);
    }

    @Test
    void theLockIsNotGrantedWhileItsHolderIsStillReleasingAnotherToken() {
        script.does(1, acquire("A"), 10).does(1, release(9), false);
        script.does(2, acquire("B"), 11);

        assertThat(script.verdict()).isEqualTo(Verdict.VIOLATION);
    }

    @Test
    void aTokenDoesNotGoBack() {
        script.does(1, acquire("A"), 10).does(1, release(10), true);
        script.does(2, acquire("B"), 9);

        assertThat(script.verdict()).isEqualTo(Verdict.VIOLATION);
    }

    @Test
    void aTokenIsNotGrantedTwice() {
        script.does(1, acquire("A"), 10).does(1, release(10), true);
        script.does(2, acquire("B"), 10);

        assertThat(script.verdict()).isEqualTo(Verdict.VIOLATION);
    }

    @Test
    void aLockThatIsFreeIsNotDenied() {
        script.does(1, tryAcquire("A"), null);

        assertThat(script.verdict()).isEqualTo(Verdict.VIOLATION);
    }

    @Test
    void aLockThatWasLostIsNotReleasedByItsFormerHolder() {
        script.does(1, acquire("A"), 10).calls(9, mayLose("A")).hearsNothing(9);
        script.does(2, acquire("B"), 11);

        assertThat(script.does(1, release(10), false).verdict()).isEqualTo(Verdict.OK);
        assertThat(script.does(1, release(10), true).verdict()).isEqualTo(Verdict.VIOLATION);
    }

    @Test
    void theLockOfADeadHolderGoesToTheNextOneSometime() {
        script.does(1, acquire("A"), 10).calls(9, mayLose("A")).hearsNothing(9);
        script.does(2, tryAcquire("B"), null).does(2, acquire("B"), 11);

        assertThat(script.verdict()).isEqualTo(Verdict.OK);
    }

    @Test
    void theLockIsNotTakenBeforeItsHolderDied() {
        script.does(1, acquire("A"), 10).does(2, acquire("B"), 11);
        script.calls(9, mayLose("A")).hearsNothing(9);

        assertThat(script.verdict()).isEqualTo(Verdict.VIOLATION);
    }

    @Test
    void theDeathOfOneDoesNotFreeTheLockOfAnother() {
        script.does(1, acquire("A"), 10).calls(9, mayLose("C")).hearsNothing(9);
        script.does(2, acquire("B"), 11);

        assertThat(script.verdict()).isEqualTo(Verdict.VIOLATION);
    }

    @Test
    void anAcquisitionOfADeadProcessMayHaveBeenGrantedAndCleanedUp() {
        script.calls(1, acquire("A")).calls(9, mayLose("A")).hearsNothing(9).hearsNothing(1);
        script.does(2, tryAcquire("B"), null).does(2, acquire("B"), 11);

        assertThat(script.verdict()).isEqualTo(Verdict.OK);
    }

    @Test
    void anAcquisitionOfUnknownOutcomeHoldsTheLockUntilItsOwnerMayLoseIt() {
        script.calls(1, acquire("A")).hearsNothing(1);
        script.does(2, tryAcquire("B"), null).does(2, acquire("B"), 11);

        assertThat(script.verdict()).isEqualTo(Verdict.VIOLATION);
    }

    @Test
    void anAcquisitionOfUnknownOutcomeDoesNotSetTheTokensBack() {
        script.does(1, acquire("A"), 10).does(1, release(10), true);
        script.calls(2, acquire("B")).calls(9, mayLose("B")).hearsNothing(2).hearsNothing(9);
        script.does(3, tryAcquire("C"), null).does(3, tryAcquire("C"), 9);

        assertThat(script.verdict()).isEqualTo(Verdict.VIOLATION);
    }

    @Test
    void aReleaseOfUnknownOutcomeMayHaveFreedTheLockOrNot() {
        script.does(1, acquire("A"), 10).calls(1, release(10)).hearsNothing(1);
        script.does(2, tryAcquire("B"), null).does(3, tryAcquire("C"), 11);

        assertThat(script.verdict()).isEqualTo(Verdict.OK);
    }

    @Test
    void anAcquisitionWithoutATokenIsRefusedByTheJudge() {
        script.does(1, acquire("A"), "yes");

        assertThatThrownBy(script::judged)
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("expected a fencing token, found yes");
    }
}
