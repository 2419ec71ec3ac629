package io.vsring.replicated;

import io.vsring.MemberId;
import io.vsring.MemberSet;
import io.vsring.replicated.Standing.Attempt;
import io.vsring.replicated.Standing.Extent;
import io.vsring.replicated.Standing.Setup;
import java.util.List;

/** Standings that tests talk about. */
final class StandingOf {

    private static final Setup SETUP = new Setup(0, 1_000, Capabilities.of(List.of("kind:map", "kind:counter")));

    private StandingOf() {}

    static Standing valid(MemberId member, Label label, MemberSet voters, long position) {
        return new Standing(
                member,
                SETUP,
                label,
                Electorate.of(voters),
                List.of(),
                extent(position),
                List.of(),
                Establishment.NOT_DECLARED,
                null);
    }

    static Standing blank(MemberId member, long position) {
        return new Standing(
                member,
                SETUP,
                null,
                Electorate.NOBODY,
                List.of(),
                extent(position),
                List.of(),
                Establishment.NOT_DECLARED,
                null);
    }

    private static Extent extent(long position) {
        return new Extent(position, position * 3, 0, 0);
    }

    static Standing attempting(Standing of, Attempt attempt) {
        return new Standing(
                of.member(),
                of.setup(),
                of.label(),
                of.electorate(),
                List.of(attempt),
                of.extent(),
                of.ended(),
                of.declaredMembers(),
                null);
    }

    static Standing with(Standing of, Setup setup) {
        return new Standing(
                of.member(),
                setup,
                of.label(),
                of.electorate(),
                of.attempts(),
                of.extent(),
                of.ended(),
                of.declaredMembers(),
                null);
    }

    static Standing ending(Standing of, HistoryName... ended) {
        return new Standing(
                of.member(),
                of.setup(),
                of.label(),
                of.electorate(),
                of.attempts(),
                of.extent(),
                List.of(ended),
                of.declaredMembers(),
                null);
    }

    static Standing coming(Standing of, StateAssembly.Progress progress) {
        return new Standing(
                of.member(),
                of.setup(),
                of.label(),
                of.electorate(),
                of.attempts(),
                of.extent(),
                of.ended(),
                of.declaredMembers(),
                progress);
    }

    static Standing at(Standing of, Standing.Extent extent) {
        return new Standing(
                of.member(),
                of.setup(),
                of.label(),
                of.electorate(),
                of.attempts(),
                extent,
                of.ended(),
                of.declaredMembers(),
                of.progress());
    }

    static Standing declared(Standing of, int members) {
        return new Standing(
                of.member(),
                of.setup(),
                of.label(),
                of.electorate(),
                of.attempts(),
                of.extent(),
                of.ended(),
                members,
                null);
    }
}
