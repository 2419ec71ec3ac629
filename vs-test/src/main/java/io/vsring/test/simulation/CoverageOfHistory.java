package io.vsring.test.simulation;

import io.vsring.test.check.History;
import io.vsring.test.check.HistoryFacts;

/** What a history shows only when it is looked at as a whole. */
final class CoverageOfHistory {
    private CoverageOfHistory() {}

    static void add(History history, Coverage coverage) {
        HistoryFacts facts = HistoryFacts.of(history);
        times(coverage, Sometimes.MERGED_TWO, facts.mergesOfTwo());
        times(coverage, Sometimes.MERGED_THREE, facts.mergesOfMore());
        times(coverage, Sometimes.TRANSITIONAL_ALONE, facts.passagesAlone());
        times(coverage, Sometimes.TRANSITIONAL_SOME, facts.passagesOfSome());
        times(coverage, Sometimes.TRANSITIONAL_ALL, facts.passagesOfAll());
        times(coverage, Sometimes.DELIVERED_IN_TRANSITION, facts.deliveredInTransition());
        times(coverage, Sometimes.SAFE_IN_TRANSITION, facts.safeInTransition());
        times(coverage, Sometimes.GAP, facts.gaps());
    }

    private static void times(Coverage coverage, Sometimes what, int count) {
        for (int index = 0; index < count; index++) {
            coverage.saw(what);
        }
    }
}
