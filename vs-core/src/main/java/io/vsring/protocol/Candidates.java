package io.vsring.protocol;

import io.vsring.Member;
import io.vsring.MemberAddress;
import io.vsring.MemberId;
import io.vsring.MemberSet;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/**
 * Who may be on the next ring, and who is not to be. Outlives attempts to form it; starts anew with each installed
 * ring.
 */
final class Candidates {

    private final TreeMap<MemberId, MemberAddress> addresses = new TreeMap<>();
    private final int membersMax;
    private MemberSet failed = MemberSet.of();
    private MemberSet suspects = MemberSet.of();

    Candidates(List<Member> members, int membersMax) {
        members.forEach(member -> addresses.put(member.id(), member.address()));
        this.membersMax = membersMax;
    }

    boolean contains(MemberId member) {
        return addresses.containsKey(member);
    }

    /** Adds a member; false if the ring would become too large. */
    boolean add(Member member) {
        if (living().size() >= membersMax) {
            return false;
        }
        addresses.put(member.id(), member.address());
        return true;
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

    /** In ring order. */
    List<Member> asMembers() {
        List<Member> members = new ArrayList<>(addresses.size());
        for (Map.Entry<MemberId, MemberAddress> entry : addresses.entrySet()) {
            members.add(new Member(entry.getKey(), entry.getValue()));
        }
        return members;
    }
}
