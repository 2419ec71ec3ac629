package io.vsring.replicated;

import io.vsring.MemberId;
import io.vsring.MemberSet;
import io.vsring.replicated.Standing.Attempt;
import io.vsring.replicated.Standing.Extent;
import io.vsring.replicated.Standing.Setup;
import java.util.List;

/** Standings that tests talk about, made part by part. */
final class StandingOf {

    private static final Setup SETUP = new Setup(0, 1_000, Capabilities.of(List.of("kind:map", "kind:counter")));

    private final MemberId member;
    private Setup setup = SETUP;
    private Label label;
    private Electorate electorate = Electorate.NOBODY;
    private List<Attempt> attempts = List.of();
    private Extent extent;
    private List<HistoryName> ended = List.of();
    private int declaredMembers = Establishment.NOT_DECLARED;
    private StateAssembly.Progress progress;

    private StandingOf(MemberId member) {
        this.member = member;
    }

    private StandingOf(Standing of) {
        this(of.member());
        setup = of.setup();
        label = of.label();
        electorate = of.electorate();
        attempts = of.attempts();
        extent = of.extent();
        ended = of.ended();
        declaredMembers = of.declaredMembers();
        progress = of.progress();
    }

    private Standing standing() {
        return new Standing(member, setup, label, electorate, attempts, extent, ended, declaredMembers, progress);
    }

    static Standing valid(MemberId member, Label label, MemberSet voters, long position) {
        StandingOf valid = new StandingOf(blank(member, position));
        valid.label = label;
        valid.electorate = Electorate.of(voters);
        return valid.standing();
    }

    static Standing blank(MemberId member, long position) {
        StandingOf blank = new StandingOf(member);
        blank.extent = new Extent(position, position * 3, 0, 0);
        return blank.standing();
    }

    static Standing attempting(Standing of, Attempt attempt) {
        StandingOf other = new StandingOf(of);
        other.attempts = List.of(attempt);
        return other.standing();
    }

    static Standing with(Standing of, Setup setup) {
        StandingOf other = new StandingOf(of);
        other.setup = setup;
        return other.standing();
    }

    static Standing ending(Standing of, HistoryName... ended) {
        StandingOf other = new StandingOf(of);
        other.ended = List.of(ended);
        return other.standing();
    }

    static Standing coming(Standing of, StateAssembly.Progress progress) {
        StandingOf other = new StandingOf(of);
        other.progress = progress;
        return other.standing();
    }

    static Standing at(Standing of, Extent extent) {
        StandingOf other = new StandingOf(of);
        other.extent = extent;
        return other.standing();
    }

    static Standing declared(Standing of, int members) {
        StandingOf other = new StandingOf(of);
        other.declaredMembers = members;
        return other.standing();
    }
}
