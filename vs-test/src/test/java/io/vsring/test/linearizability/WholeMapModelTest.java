package io.vsring.test.linearizability;

import static io.vsring.test.linearizability.MapEntryModel.get;
import static io.vsring.test.linearizability.MapEntryModel.put;
import static io.vsring.test.linearizability.MapEntryModel.remove;
import static io.vsring.test.linearizability.WholeMapModel.at;
import static io.vsring.test.linearizability.WholeMapModel.clear;
import static io.vsring.test.linearizability.WholeMapModel.putAll;
import static io.vsring.test.linearizability.WholeMapModel.size;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class WholeMapModelTest {
    private final Script script = new Script(WholeMapModel.object("stock"));

    @Test
    void aMapIsClearedAndCountedAsAWhole() {
        script.does(1, putAll(Map.of("x", "1", "y", "2")), null)
                .does(2, size(), 2)
                .does(2, at("x", put("3")), "1")
                .does(2, at("y", remove()), "2")
                .does(2, size(), 1)
                .does(1, clear(), null)
                .does(2, at("x", get()), null)
                .does(2, size(), 0);

        assertThat(script.verdict()).isEqualTo(Verdict.OK);
    }

    @Test
    void halfOfWhatWasPutTogetherIsNotSeen() {
        script.calls(1, putAll(Map.of("x", "1", "y", "1")));
        script.does(2, at("x", get()), "1").does(2, at("y", get()), null);
        script.returns(1, null);

        assertThat(script.verdict()).isEqualTo(Verdict.VIOLATION);
    }

    @Test
    void anEntryDoesNotSurviveClearing() {
        script.does(1, at("x", put("1")), null).does(1, clear(), null);
        script.does(2, size(), 1);

        assertThat(script.verdict()).isEqualTo(Verdict.VIOLATION);
    }

    @Test
    void twoReadersDoNotSeeTwoKeysWrittenInOppositeOrders() {
        script.calls(1, at("x", put("1"))).calls(2, at("y", put("1")));
        script.does(3, at("x", get()), "1").does(3, at("y", get()), null);
        script.does(4, at("y", get()), "1");
        script.returns(1, null).returns(2, null);
        assertThat(script.verdict()).isEqualTo(Verdict.OK);

        script.calls(1, at("x", put("2"))).calls(2, at("y", put("2")));
        script.calls(3, at("x", get())).calls(4, at("y", get()));
        script.returns(3, "2").returns(4, "2");
        script.calls(3, at("y", get())).calls(4, at("x", get()));
        script.returns(3, "1").returns(4, "1");
        script.returns(1, "1").returns(2, "1");
        assertThat(script.verdict()).isEqualTo(Verdict.VIOLATION);
    }
}
