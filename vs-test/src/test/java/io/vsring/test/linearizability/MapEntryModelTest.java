package io.vsring.test.linearizability;

import static io.vsring.test.linearizability.MapEntryModel.containsKey;
import static io.vsring.test.linearizability.MapEntryModel.get;
import static io.vsring.test.linearizability.MapEntryModel.put;
import static io.vsring.test.linearizability.MapEntryModel.putIfAbsent;
import static io.vsring.test.linearizability.MapEntryModel.remove;
import static io.vsring.test.linearizability.MapEntryModel.replace;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class MapEntryModelTest {
    private static final ObjectKey APPLES = MapEntryModel.object("stock", "apples");
    private static final ObjectKey PEARS = MapEntryModel.object("stock", "pears");

    private final Script script = new Script(APPLES);

    @Test
    void anEntryGoesThroughAllThatAMapCanDo() {
        script.does(1, get(), null)
                .does(1, containsKey(), false)
                .does(1, replace("a"), null)
                .does(1, put("a"), null)
                .does(1, putIfAbsent("b"), "a")
                .does(1, replace("b"), "a")
                .does(1, replace("a", "c"), false)
                .does(1, replace("b", "c"), true)
                .does(1, containsKey(), true)
                .does(1, remove("b"), false)
                .does(1, remove("c"), true)
                .does(1, get(), null)
                .does(1, putIfAbsent("d"), null)
                .does(1, remove(), "d")
                .does(1, remove(), null);

        assertThat(script.verdict()).isEqualTo(Verdict.OK);
    }

    @Test
    void aStaleReadIsFound() {
        script.does(1, put("a"), null).does(1, put("b"), "a");
        script.does(2, get(), "a");

        assertThat(script.verdict()).isEqualTo(Verdict.VIOLATION);
    }

    @Test
    void anUpdateThatOverwroteAnotherOneUnseenIsFound() {
        script.does(1, put("0"), null);
        script.calls(1, replace("0", "1")).calls(2, replace("0", "2"));
        script.returns(1, true).returns(2, true);

        assertThat(script.verdict()).isEqualTo(Verdict.VIOLATION);
    }

    @Test
    void aPutThatWasAnsweredIsNotLost() {
        script.does(1, put("a"), null);
        script.does(2, get(), null);

        assertThat(script.verdict()).isEqualTo(Verdict.VIOLATION);
    }

    @Test
    void twoClientsDoNotBothFindAnEntryAbsent() {
        script.calls(1, putIfAbsent("a")).calls(2, putIfAbsent("b"));
        script.returns(1, null).returns(2, null);

        assertThat(script.verdict()).isEqualTo(Verdict.VIOLATION);
    }

    @Test
    void twoClientsDoNotBothRemoveOneEntry() {
        script.does(1, put("a"), null);
        script.calls(1, remove("a")).calls(2, remove());
        script.returns(1, true).returns(2, "a");

        assertThat(script.verdict()).isEqualTo(Verdict.VIOLATION);
    }

    @Test
    void aRemovedEntryDoesNotComeBack() {
        script.does(1, put("a"), null).does(1, remove(), "a");
        script.does(2, get(), "a");

        assertThat(script.verdict()).isEqualTo(Verdict.VIOLATION);
    }

    @Test
    void theValueNullIsNotTheTextNull() {
        script.does(1, put("null"), null).does(2, get(), null);

        assertThat(script.verdict()).isEqualTo(Verdict.VIOLATION);
    }

    @Test
    void aMapThatDoesNotAnswerThePreviousValueCanBeJudged() {
        script.does(1, put("a"), null).calls(2, put("b")).returnsSomething(2);

        assertThat(script.does(3, get(), "b").verdict()).isEqualTo(Verdict.OK);
        assertThat(script.does(3, get(), "a").verdict()).isEqualTo(Verdict.VIOLATION);
    }

    @Test
    void whatHappensToOneKeyDoesNotExcuseAnother() {
        script.does(1, put("a"), null);
        script.on(PEARS).does(1, put("p"), null).does(1, get(), "a");

        HistoryReport report = script.judged();

        assertThat(report.objects()).extracting(ObjectVerdict::object).containsExactly(APPLES, PEARS);
        assertThat(report.objects()).extracting(ObjectVerdict::verdict).containsExactly(Verdict.OK, Verdict.VIOLATION);
    }
}
