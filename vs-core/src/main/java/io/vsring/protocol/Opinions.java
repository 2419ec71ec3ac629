package io.vsring.protocol;

import io.vsring.MemberId;
import io.vsring.MemberSet;
import java.util.Comparator;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.ToIntFunction;

/** With whom each of the others wants to be on the next ring, as it said last. */
final class Opinions {

    private final MemberId self;
    private final TreeMap<MemberId, MemberSet> said = new TreeMap<>();

    Opinions(MemberId self) {
        this.self = self;
    }

    void note(MemberId member, MemberSet living) {
        said.put(member, living);
    }

    void clear() {
        said.clear();
    }

    /** What this one said; nobody if it said nothing. */
    MemberSet of(MemberId member) {
        return said.getOrDefault(member, MemberSet.of());
    }

    /** [MEM-1] Whether all of these but ourselves want to be with just these. */
    boolean agreeOn(MemberSet living) {
        return living.stream().noneMatch(member -> differs(member, living));
    }

    private boolean differs(MemberId member, MemberSet living) {
        return !member.equals(self) && !of(member).equals(living);
    }

    /** Those of them that do not want to be with us. */
    MemberSet against(MemberSet others) {
        return MemberSet.of(
                others.stream().filter(member -> !of(member).contains(self)).toList());
    }

    /**
     * [MEM-2] Of the living who disagree the one that wants to go on with most of us. Of several the one of whose
     * opinion most are, then the one with whom a ring could not turn least often, then a companion, then the lowest.
     */
    Optional<MemberId> dissenter(MemberSet living, MemberSet companions, ToIntFunction<MemberId> quarantines) {
        return living.stream()
                .filter(member -> differs(member, living))
                .max(Comparator.comparingInt((MemberId member) ->
                                of(member).intersect(living).size())
                        .thenComparing(this::votes)
                        .thenComparing(member -> -quarantines.applyAsInt(member))
                        .thenComparing(companions::contains)
                        .thenComparing(Comparator.reverseOrder()));
    }

    private long votes(MemberId member) {
        return said.values().stream().filter(of(member)::equals).count();
    }
}
