package io.vsring.protocol;

import io.vsring.Member;
import io.vsring.MemberAddress;
import io.vsring.MemberId;
import io.vsring.MemberSet;
import io.vsring.wire.WireFormat;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * Who may be on the next ring, and who is not to be. Outlives attempts to form it; starts anew with each installed
 * ring.
 */
final class Candidates {

    /** Living and failed, over all attempts to form one ring: a slot may have failed under several incarnations. */
    private static final int KNOWN_MAX = 4 * WireFormat.MEMBERS_MAX;

    private final TreeMap<MemberId, MemberAddress> addresses = new TreeMap<>();
    private final MemberSet companions;
    private final int membersMax;
    private MemberSet failed = MemberSet.of();
    private MemberSet inReturn = MemberSet.of();
    private MemberSet suspects = MemberSet.of();
    private final TreeMap<MemberId, Integer> withoutSign = new TreeMap<>();

    Candidates(List<Member> members, int membersMax) {
        members.forEach(member -> addresses.put(member.id(), member.address()));
        this.companions = everybody();
        this.membersMax = membersMax;
    }

    boolean contains(MemberId member) {
        return addresses.containsKey(member);
    }

    /** Adds a member, unless the ring would become too large. */
    void add(Member member) {
        if (!isFull() && addresses.size() < KNOWN_MAX) {
            addresses.put(member.id(), member.address());
        }
    }

    /** Whether the living are as many as a ring takes. */
    boolean isFull() {
        return living().size() >= membersMax;
    }

    /** [MEM-2] Leaves this one out, whatever it says: excluding is always safe. */
    void condemn(MemberId member) {
        failed = failed.plus(member);
    }

    /**
     * [MEM-3] Leaves this one out because it left us out, and keeps that to ourselves. Who cannot hear each other are
     * both in the right; if each told the others to drop whoever sides with the other, one bad link would tear a ring
     * into halves.
     */
    void condemnInReturn(MemberId member) {
        if (!failed.contains(member)) {
            inReturn = inReturn.plus(member);
            condemn(member);
        }
    }

    /** Whether somebody left us out. */
    boolean wasLeftOut() {
        return !inReturn.isEmpty();
    }

    boolean hasFailed(MemberId member) {
        return failed.contains(member);
    }

    /** Should it not be on the next ring, it is left alone for a time. */
    void suspect(MemberId member) {
        suspects = suspects.plus(member);
    }

    MemberSet suspects() {
        return suspects;
    }

    /** [MEM-18] Gave no sign of what we passed on to it; returns how many times on end. */
    int gaveNoSign(MemberId member) {
        return withoutSign.merge(member, 1, Integer::sum);
    }

    void gaveSign(MemberId member) {
        withoutSign.remove(member);
    }

    MemberSet failed() {
        return failed;
    }

    MemberSet everybody() {
        return MemberSet.of(addresses.keySet());
    }

    /** Those who have not failed. */
    MemberSet living() {
        return everybody().minus(failed);
    }

    MemberAddress addressOf(MemberId member) {
        return Objects.requireNonNull(addresses.get(member), "a candidate's address is known");
    }

    /** Those who have not failed, in ring order. */
    List<Member> livingMembers() {
        List<Member> members = new ArrayList<>();
        for (MemberId member : living()) {
            members.add(new Member(member, addressOf(member)));
        }
        return members;
    }

    /** Those of whom the others are told that they have failed, as many as a Join can name: companions first. */
    MemberSet accused() {
        MemberSet told = failed.minus(inReturn);
        MemberSet first = told.intersect(companions);
        Stream<MemberId> others = told.minus(companions).stream();
        return MemberSet.of(Stream.concat(first.stream(), others)
                .limit(WireFormat.MEMBERS_MAX)
                .toList());
    }
}
