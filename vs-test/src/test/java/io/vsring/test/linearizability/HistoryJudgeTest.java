package io.vsring.test.linearizability;

import static io.vsring.test.linearizability.MapEntryModel.get;
import static io.vsring.test.linearizability.MapEntryModel.put;
import static io.vsring.test.linearizability.MapEntryModel.putIfAbsent;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** Histories written by hand, and what is said about them. */
class HistoryJudgeTest {
    private final Script script = new Script(MapEntryModel.object("stock", "apples"));

    @Test
    void aWriteThatTimedOutButHappenedIsNoViolation() {
        script.calls(1, put("a")).hearsNothing(1);
        script.does(2, get(), null).does(2, get(), "a").does(2, put("b"), "a");

        assertThat(script.verdict()).isEqualTo(Verdict.OK);
    }

    @Test
    void aWriteThatTimedOutAndNeverHappenedIsNoViolation() {
        script.calls(1, put("a")).hearsNothing(1);
        script.does(2, get(), null).does(2, put("b"), null).does(2, get(), "b");

        assertThat(script.verdict()).isEqualTo(Verdict.OK);
    }

    @Test
    void aWriteThatTimedOutDoesNotHappenTwice() {
        script.calls(1, put("a")).hearsNothing(1);
        script.does(2, put("b"), "a").does(2, put("c"), "a");

        assertThat(script.verdict()).isEqualTo(Verdict.VIOLATION);
    }

    @Test
    void aWriteThatWasRefusedAndSeenAllTheSameIsAViolation() {
        script.calls(1, put("a")).isRefused(1);
        script.does(2, get(), "a");

        HistoryReport report = script.judged();

        assertThat(report.verdict()).isEqualTo(Verdict.VIOLATION);
        assertThat(report.objects().get(0).refused()).isOne();
    }

    @Test
    void aWriteThatWasRefusedAndNotSeenIsNone() {
        script.calls(1, put("a")).isRefused(1);
        script.does(2, get(), null);

        assertThat(script.verdict()).isEqualTo(Verdict.OK);
    }

    @Test
    void anOperationThatNobodyEndedIsOfUnknownOutcome() {
        script.calls(1, put("a"));
        script.does(2, get(), null).does(2, get(), "a");

        HistoryReport report = script.judged();

        assertThat(report.verdict()).isEqualTo(Verdict.OK);
        assertThat(report.unknownMax()).isOne();
    }

    @Test
    void aReturnAndACallAtOneInstantOverlap() {
        ObjectKey key = MapEntryModel.object("stock", "apples");
        RecordedOperation write =
                new RecordedOperation(1, key, put("a"), 0, RecordedOperation.End.RETURNED, Answer.of(null), 10);
        RecordedOperation read =
                new RecordedOperation(2, key, get(), 10, RecordedOperation.End.RETURNED, Answer.of(null), 20);

        assertThat(new HistoryJudge(Budget.standard())
                        .judge(List.of(read, write))
                        .verdict())
                .isEqualTo(Verdict.OK);
    }

    @Test
    void theReportSaysHowFarAnOrderWentAndWhatStuck() {
        script.does(1, put("a"), null).does(1, put("b"), "a");
        script.calls(3, putIfAbsent("c"));
        script.does(2, get(), "a");

        ObjectVerdict verdict = script.judged().objects().get(0);

        Counterexample counterexample = verdict.counterexample();
        assertThat(counterexample.prefix())
                .extracting(RecordedOperation::invocation)
                .containsExactly(put("a"), put("b"));
        assertThat(counterexample.stuck().invocation()).isEqualTo(get());
        assertThat(counterexample.overlapping())
                .extracting(RecordedOperation::client)
                .containsExactly(3);
        assertThat(verdict).hasToString("""
                map-entry stock/apples: VIOLATION returned=3 unknown=1 refused=0 steps=4
                  an order was found for 2 operations, the last of them:
                    client 1: put(a) called at 1 ns, returned null at 2 ns
                    client 1: put(b) called at 3 ns, returned a at 4 ns
                  then the object is Entry[value=b], and this one is next to return:
                    client 2: get() called at 6 ns, returned a at 7 ns
                  these overlap it:
                    client 3: putIfAbsent(c) called at 5 ns, outcome unknown
                """);
    }

    @Test
    void theLongestOrderIsKeptThoughTheSearchWentBackAfterIt() {
        script.calls(1, put("a")).calls(2, put("b"));
        script.returnsSomething(1).returnsSomething(2);
        script.does(3, get(), "a").does(3, get(), "c");

        Counterexample counterexample = script.judged().objects().get(0).counterexample();

        assertThat(counterexample.prefix())
                .extracting(RecordedOperation::invocation)
                .containsExactly(put("b"), put("a"), get());
        assertThat(counterexample.stuck().answer()).isEqualTo(Answer.of("c"));
    }

    @Test
    void aRunThatIsUndecidedHasFailed() {
        for (int client = 1; client <= 8; client++) {
            script.calls(client, put("v" + client));
        }
        for (int client = 1; client <= 8; client++) {
            script.returns(client, "nobody wrote this");
        }

        HistoryReport report = new HistoryJudge(Budget.ofSteps(3)).judge(script.history());

        assertThat(report.verdict()).isEqualTo(Verdict.UNDECIDED);
        assertThat(report.objects().get(0).steps()).isEqualTo(3);
        assertThatThrownBy(report::requireOk)
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("UNDECIDED returned=8");
        assertThat(script.verdict()).isEqualTo(Verdict.VIOLATION);
    }

    @Test
    void aDeadlineThatHasPassedLeavesAllUndecided() {
        AtomicLong clock = new AtomicLong(-5);
        script.does(1, put("a"), null);
        Budget budget = Budget.standard().within(Duration.ofNanos(10), clock::get);

        clock.set(4);
        assertThat(new HistoryJudge(budget).judge(script.history()).verdict()).isEqualTo(Verdict.OK);
        clock.set(5);
        assertThat(new HistoryJudge(budget).judge(script.history()).verdict()).isEqualTo(Verdict.UNDECIDED);
    }

    @Test
    void oneObjectThatIsWrongMakesTheRunWrong() {
        script.does(1, put("a"), null);
        script.on(CounterModel.object("visits")).does(1, CounterModel.get(), 7);
        script.on(RegisterModel.object("leader")).does(1, RegisterModel.read(), "");

        HistoryReport report = script.judged();

        assertThatThrownBy(report::requireOk)
                .isInstanceOf(AssertionError.class)
                .hasMessageStartingWith("counter visits: VIOLATION")
                .hasMessageEndingWith("VIOLATION objects=3 returned=3 unknown=0 unknownMax=0 refused=0 steps=3");
    }

    @Test
    void anEmptyHistoryIsInOrder() {
        assertThat(script.judged().requireOk().objects()).isEmpty();
        assertThat(script.calls(1, put("a")).verdict()).isEqualTo(Verdict.OK);
    }

    @Test
    void anObjectOfAKindWithoutModelIsNotPassedOver() {
        ObjectKey queue = new ObjectKey("queue", "jobs");
        script.on(queue).does(1, Invocation.of("take"), "x");

        assertThatThrownBy(script::judged)
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("found queue jobs");
    }

    @Test
    void oneCanBringAModelOfOnesOwn() {
        script.on(RegisterModel.object("leader")).does(1, RegisterModel.read(), "nobody");

        HistoryJudge judge = new HistoryJudge(Budget.standard()).with(RegisterModel.KIND, new RegisterModel("nobody"));

        assertThat(judge.judge(script.history()).verdict()).isEqualTo(Verdict.OK);
    }
}
