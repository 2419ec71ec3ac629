package io.vsring.test.campaign;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LinkTest {

    private static Set<Link> cuts(FaultKind kind, int members, long seed) {
        return Link.cuts(kind, members, new Random(seed));
    }

    /** Whom a member reaches in both directions, itself included. */
    private static Set<Integer> reached(int member, int members, Set<Link> cut) {
        Set<Integer> reached = new TreeSet<>();
        for (int other = 1; other <= members; other++) {
            if (!cut.contains(new Link(member, other)) && !cut.contains(new Link(other, member))) {
                reached.add(other);
            }
        }
        return reached;
    }

    private static List<Integer> sizesReached(int members, Set<Link> cut) {
        List<Integer> sizes = new ArrayList<>();
        for (int member = 1; member <= members; member++) {
            sizes.add(reached(member, members, cut).size());
        }
        return sizes.stream().sorted().toList();
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void oneWayLeavesTheOtherWayOpen(long seed) {
        Set<Link> cut = cuts(FaultKind.ONE_WAY, 5, seed);

        assertThat(cut)
                .isNotEmpty()
                .allSatisfy(link -> assertThat(cut).doesNotContain(new Link(link.to(), link.from())));
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void partialSeparatesTwo(long seed) {
        assertThat(sizesReached(5, cuts(FaultKind.PARTIAL, 5, seed))).containsExactly(4, 4, 5, 5, 5);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void isolateSeparatesOneFromAll(long seed) {
        assertThat(sizesReached(5, cuts(FaultKind.ISOLATE, 5, seed))).containsExactly(1, 4, 4, 4, 4);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void halvesLeaveAMajority(long seed) {
        assertThat(sizesReached(5, cuts(FaultKind.HALVES, 5, seed))).containsExactly(2, 2, 3, 3, 3);
    }

    @ParameterizedTest
    @ValueSource(ints = {4, 5, 6, 7, 10})
    void overlappingOnesAreAllMajoritiesAndAllDifferent(int members) {
        Set<Link> cut = cuts(FaultKind.OVERLAP, members, 1);

        Set<Set<Integer>> majorities = new HashSet<>();
        for (int member = 1; member <= members; member++) {
            Set<Integer> reached = reached(member, members, cut);
            assertThat(reached).hasSizeGreaterThan(members / 2);
            majorities.add(reached);
        }

        assertThat(majorities).hasSize(members);
    }
}
