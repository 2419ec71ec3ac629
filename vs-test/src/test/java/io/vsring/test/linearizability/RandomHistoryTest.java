package io.vsring.test.linearizability;

import static org.assertj.core.api.Assertions.assertThat;

import io.vsring.test.simulation.Dice;
import io.vsring.test.simulation.Seed;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The search against real objects, and against the definition. */
class RandomHistoryTest {
    private static final int SMALL = 1_500;
    private static final int LARGE = 40;

    @Test
    void whatRealObjectsDidIsInOrder() {
        for (int seed = 1; seed <= LARGE; seed++) {
            Dice dice = new Seed(seed).stream("large");
            for (Workload workload : Workload.all(dice, dice.oneOf(List.of(3, Integer.MAX_VALUE)))) {
                List<RecordedOperation> history = new RandomHistory(dice, workload, dice.between(2, 8), 0.04).of(300);

                assertThat(judge(history).toString()).as("seed " + seed).startsWith("OK");
            }
        }
    }

    @Test
    void aStaleReadIsFoundInALongHistory() {
        for (int seed = 1; seed <= LARGE; seed++) {
            Dice dice = new Seed(seed).stream("stale");
            Workload workload = new Workload.Entry(dice, new Workload.Values(dice, Integer.MAX_VALUE));
            List<RecordedOperation> history = new RandomHistory(dice, workload, 5, 0.04).of(300);

            assertThat(judge(history).verdict()).as("seed " + seed).isEqualTo(Verdict.OK);
            assertThat(judge(Mutation.staleRead(history)).verdict())
                    .as("seed " + seed)
                    .isEqualTo(Verdict.VIOLATION);
        }
    }

    @Test
    void smallHistoriesAreJudgedAsTheDefinitionSays() {
        for (int kind = 0; kind < 4; kind++) {
            int violations = 0;
            for (int seed = 1; seed <= SMALL; seed++) {
                Dice dice = new Seed(seed).stream("small");
                Workload workload = Workload.all(dice, 2).get(kind);
                List<RecordedOperation> history = new RandomHistory(dice, workload, 3, 0.3).of(7);
                List<RecordedOperation> mutant = Mutation.any(dice, Mutation.any(dice, history));

                boolean linearizable = BruteForce.isLinearizable(workload.model(), mutant);

                assertThat(judge(history).verdict()).as("seed " + seed).isEqualTo(Verdict.OK);
                assertThat(judge(mutant).verdict())
                        .as("seed " + seed + ", " + mutant)
                        .isEqualTo(linearizable ? Verdict.OK : Verdict.VIOLATION);
                violations += linearizable ? 0 : 1;
            }
            assertThat(violations).as("kind " + kind).isBetween(SMALL / 10, SMALL * 9 / 10);
        }
    }

    private static HistoryReport judge(List<RecordedOperation> history) {
        return new HistoryJudge(Budget.standard()).judge(history);
    }
}
