package io.vsring.test.simulation;

import io.vsring.test.check.History;
import io.vsring.test.check.HistoryFacts;

/** What a history shows only when it is looked at as a whole. */
final class CoverageOfHistory {
    private CoverageOfHistory() {}

    static void add(History history, Coverage coverage) {
        HistoryFacts facts = HistoryFacts.of(history);
        coverage.saw(Sometimes.MERGED_TWO, facts.mergesOfTwo());
        coverage.saw(Sometimes.MERGED_THREE, facts.mergesOfMore());
        coverage.saw(Sometimes.TRANSITIONAL_ALONE, facts.passagesAlone());
        coverage.saw(Sometimes.TRANSITIONAL_SOME, facts.passagesOfSome());
        coverage.saw(Sometimes.TRANSITIONAL_ALL, facts.passagesOfAll());
        coverage.saw(Sometimes.DELIVERED_IN_TRANSITION, facts.deliveredInTransition());
        coverage.saw(Sometimes.SAFE_IN_TRANSITION, facts.safeInTransition());
        coverage.saw(Sometimes.GAP, facts.gaps());
    }
}
