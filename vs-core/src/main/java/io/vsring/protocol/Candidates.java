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
    private MemberSet suspects = MemberSet.of();

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
        if (living().size() < membersMax && addresses.size() < KNOWN_MAX) {
            addresses.put(member.id(), member.address());
        }
    }

    /** [MEM-2] Leaves this one out, whatever it says: excluding is always safe. */
    void condemn(MemberId member) {
        failed = failed.plus(member);
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

    /** Those who have failed, as many as a Join can name: companions of the installed ring first. */
    MemberSet accused() {
        MemberSet first = failed.intersect(companions);
        Stream<MemberId> others = failed.minus(companions).stream();
        return MemberSet.of(Stream.concat(first.stream(), others)
                .limit(WireFormat.MEMBERS_MAX)
                .toList());
    }
}
