package io.vsring.test.campaign;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import org.junit.jupiter.api.Test;

class GenerationsTest {

    private static final int USES_MAX = 3_000;

    private final Generations generations = new Generations();

    private Generation useUp() {
        Generation first = generations.enter();
        generations.leave(first);
        for (int use = 1; use < USES_MAX; use++) {
            generations.leave(generations.enter());
        }
        return first;
    }

    @Test
    void afterSoManyUsesTheNextBeginsAndTheLastIsHandedOn() {
        Generation first = useUp();
        assertThat(generations.finished()).isEmpty();

        Generation second = generations.enter();

        assertThat(second.number()).isEqualTo(first.number() + 1);
        assertThat(generations.finished()).containsExactly(first);
    }

    @Test
    void whatIsStillInUseIsHandedOnWhenTheLastUserLeaves() {
        Generation held = generations.enter();
        useUp();
        generations.enter();
        assertThat(generations.finished()).isEmpty();

        generations.leave(held);

        assertThat(generations.finished()).containsExactly(held);
    }

    @Test
    void atTheEndTheLastOneIsHandedOnToo() {
        Generation only = generations.enter();
        assertThatIllegalStateException().isThrownBy(generations::close);
        generations.leave(only);

        generations.close();

        assertThat(generations.finished()).containsExactly(only);
    }
}
