package io.vsring.test.linearizability;

import static org.assertj.core.api.Assertions.assertThat;

import io.vsring.test.simulation.Dice;
import io.vsring.test.simulation.Seed;
import java.util.List;
import org.junit.jupiter.api.Test;

/** That a verdict comes in time, measured in steps, which are the same everywhere. */
class LongHistoryTest {
    private static final int OPERATIONS = 10_000;
    private static final int CLIENTS = 10;

    private final Dice dice = new Seed(1).stream("long");

    @Test
    void tenThousandOperationsOfTenClientsOnOneKeyAreJudgedAtOnce() {
        for (Workload workload : Workload.all(dice, Integer.MAX_VALUE)) {
            ObjectVerdict verdict = judge(new RandomHistory(dice, workload, CLIENTS, 0).of(OPERATIONS));

            assertThat(verdict.verdict()).isEqualTo(Verdict.OK);
            assertThat(verdict.steps()).as(verdict.toString()).isLessThan(20 * OPERATIONS);
        }
    }

    @Test
    void someThatTimedOutDoNotKeepARunUndecided() {
        for (Workload workload : Workload.all(dice, Integer.MAX_VALUE)) {
            ObjectVerdict verdict = judge(new RandomHistory(dice, workload, CLIENTS, 0.0025).of(OPERATIONS));

            assertThat(verdict.verdict()).isEqualTo(Verdict.OK);
            assertThat(verdict.unknown()).isBetween(15, 100);
            assertThat(verdict.steps()).as(verdict.toString()).isLessThan(80 * OPERATIONS);
        }
    }

    @Test
    void aViolationIsFoundThoughSomeTimedOut() {
        Workload workload = new Workload.Entry(dice, new Workload.Values(dice, Integer.MAX_VALUE));
        List<RecordedOperation> history = new RandomHistory(dice, workload, CLIENTS, 0.0025).of(OPERATIONS);

        ObjectVerdict verdict = judge(Mutation.staleRead(history));

        assertThat(verdict.verdict()).isEqualTo(Verdict.VIOLATION);
        assertThat(verdict.steps()).isLessThan(100 * OPERATIONS);
        assertThat(verdict.counterexample().prefix()).hasSizeGreaterThan(OPERATIONS * 8 / 10);
    }

    private static ObjectVerdict judge(List<RecordedOperation> history) {
        return new HistoryJudge(Budget.standard()).judge(history).objects().get(0);
    }
}
