package io.vsring.test.campaign;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class CorruptionTest {

    @Test
    void whatMembersKeptOutMeanwhileIsAddedUp() {
        Map<String, Long> sum = new TreeMap<>();

        Corruption.add(sum, Map.of("forged", 5L, "replayed", 9L), Map.of("forged", 8L, "replayed", 9L));
        Corruption.add(sum, Map.of(), Map.of("forged", 2L, "unknown_key", 1L));

        assertThat(sum).isEqualTo(Map.of("forged", 5L, "unknown_key", 1L));
    }

    @Test
    void aMemberThatWasKilledMeanwhileTakesNothingAwayFromWhatOthersKeptOut() {
        Map<String, Long> sum = new TreeMap<>(Map.of("forged", 3L));

        Corruption.add(sum, Map.of("forged", 100L), Map.of());
        Corruption.add(sum, Map.of("forged", 100L), Map.of("forged", 1L));

        assertThat(sum).isEqualTo(Map.of("forged", 3L));
    }
}
