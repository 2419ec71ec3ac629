package io.vsring.security;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class NoncesTest {

    private static final long NOW = 1_000_000_000_000L;

    private final Nonces nonces = new Nonces(new Random(1));

    @Test
    void oneQuestionServesAllForAWhile() {
        Nonce question = nonces.current(NOW);

        assertThat(nonces.current(NOW + Nonces.LIFE_NANOS - 1)).isEqualTo(question);
        assertThat(nonces.current(NOW + Nonces.LIFE_NANOS)).isNotEqualTo(question);
        assertThat(nonces.answered(question, NOW + Nonces.LIFE_NANOS)).isEqualTo(1);
        assertThat(nonces.answered(question, NOW + 2 * Nonces.LIFE_NANOS)).isZero();
    }

    /** As where a great many members prove themselves at once: each takes a question. */
    @Test
    void theLastQuestionsMayBeAnsweredAndThoseBeforeThemAreForgotten() {
        List<Nonce> asked = new ArrayList<>();
        int count = 3 * Nonces.REMEMBERED;
        for (int i = 1; i <= count; i++) {
            asked.add(nonces.current(NOW));
            nonces.spend(nonces.last());
        }
        assertThat(nonces.last()).isEqualTo(count);

        for (int question = 1; question <= count; question++) {
            assertThat(nonces.answered(asked.get(question - 1), NOW))
                    .isEqualTo(question > count - Nonces.REMEMBERED ? question : 0);
        }
        assertThat(nonces.answered(Nonce.NONE, NOW)).isZero();
    }
}
