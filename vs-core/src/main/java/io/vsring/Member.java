package io.vsring;

/**
 * A member as others know it.
 *
 * @param id who it is
 * @param address the address that it advertises, which is where its datagrams are to be sent
 */
public record Member(MemberId id, MemberAddress address) implements Comparable<Member> {

    @Override
    public int compareTo(Member other) {
        return id.compareTo(other.id);
    }

    @Override
    public String toString() {
        return id + "@" + address;
    }
}
