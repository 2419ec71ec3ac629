package io.vsring.test.linearizability;

import static io.vsring.test.linearizability.LockModel.acquire;
import static io.vsring.test.linearizability.LockModel.tryAcquire;
import static org.assertj.core.api.Assertions.assertThat;

import io.vsring.test.check.Violation;
import java.util.List;
import org.junit.jupiter.api.Test;

class FencingCheckTest {
    private final Script script = new Script(LockModel.object("invoice"));

    @Test
    void aHolderMayWriteOftenAndTheNextOneAfterIt() {
        List<FencedWrite> accepted =
                List.of(new FencedWrite(7, 10), new FencedWrite(7, 20), new FencedWrite(9, 20), new FencedWrite(9, 30));

        assertThat(FencingCheck.writes(accepted)).isEmpty();
        assertThat(FencingCheck.writes(List.of())).isEmpty();
    }

    @Test
    void eachWriteOfAFormerHolderIsFound() {
        List<FencedWrite> accepted =
                List.of(new FencedWrite(8, 40), new FencedWrite(9, 20), new FencedWrite(7, 30), new FencedWrite(7, 10));

        List<Violation> violations = FencingCheck.writes(accepted);

        assertThat(violations).extracting(Violation::nanos).containsExactly(30L, 40L);
        assertThat(violations)
                .extracting(Violation::fact)
                .contains("a write with token 8 was accepted after one with token 9 at 20 ns");
    }

    @Test
    void ofTwoWritesAtOneInstantTheResourceTellsWhichCameFirst() {
        assertThat(FencingCheck.writes(List.of(new FencedWrite(8, 10), new FencedWrite(9, 10))))
                .isEmpty();
        assertThat(FencingCheck.writes(List.of(new FencedWrite(9, 10), new FencedWrite(8, 10))))
                .hasSize(1);
    }

    @Test
    void grantsThatOverlapMayHaveTheirTokensInAnyOrder() {
        script.calls(1, acquire("A")).calls(2, acquire("B"));
        script.returns(1, 12).returns(2, 11);
        script.does(3, tryAcquire("C"), null).does(3, acquire("C"), 13);

        assertThat(FencingCheck.grants(script.history())).isEmpty();
    }

    @Test
    void aTokenThatGoesBackIsFoundHoweverManyGrantsAreInBetween() {
        script.calls(1, acquire("A")).does(2, acquire("B"), 20).does(3, acquire("C"), 21);
        script.returns(1, 15);
        script.does(4, acquire("D"), 19);

        List<Violation> violations = FencingCheck.grants(script.history());

        assertThat(violations).extracting(Violation::fact).containsExactly("token 19 was granted after token 21");
        assertThat(violations.get(0).context()).contains("lock invoice", "client 3", "client 4");
    }

    @Test
    void aTokenThatTwoHoldersHaveIsFoundEvenIfTheyOverlap() {
        script.calls(1, acquire("A")).calls(2, acquire("B")).returns(1, 5).returns(2, 5);

        assertThat(FencingCheck.grants(script.history()))
                .extracting(Violation::predicate)
                .containsExactly("FT3");
    }

    @Test
    void eachLockHasTokensOfItsOwn() {
        script.does(1, acquire("A"), 9).on(LockModel.object("order")).does(1, acquire("A"), 3);
        script.on(CounterModel.object("visits")).does(1, CounterModel.get(), 0);

        assertThat(FencingCheck.grants(script.history())).isEmpty();
    }
}
