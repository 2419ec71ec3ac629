package io.vsring;

import java.util.Arrays;
import java.util.Collection;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** An immutable set of members, always in ring order: ascending by slot, then by incarnation. */
public final class MemberSet implements Iterable<MemberId> {

    private static final MemberSet EMPTY = new MemberSet(new MemberId[0]);

    private final MemberId[] sorted;

    private MemberSet(MemberId[] sorted) {
        this.sorted = sorted;
    }

    public static MemberSet of(MemberId... members) {
        return of(Arrays.asList(members));
    }

    public static MemberSet of(Collection<MemberId> members) {
        if (members.isEmpty()) {
            return EMPTY;
        }
        MemberId[] all = members.toArray(MemberId[]::new);
        return new MemberSet(
                isSorted(all) ? all : Arrays.stream(all).sorted().distinct().toArray(MemberId[]::new));
    }

    /** Whether they are in ring order already, as most that come over the network are, and none is there twice. */
    private static boolean isSorted(MemberId[] members) {
        for (int i = 1; i < members.length; i++) {
            if (members[i - 1].compareTo(members[i]) >= 0) {
                return false;
            }
        }
        return true;
    }

    public int size() {
        return sorted.length;
    }

    public boolean isEmpty() {
        return sorted.length == 0;
    }

    /** The member at this place of the ring order, from 0. */
    public MemberId get(int index) {
        return sorted[index];
    }

    /** The place of this member in the ring order, or a negative number. */
    public int indexOf(MemberId member) {
        return Arrays.binarySearch(sorted, member);
    }

    public boolean contains(MemberId member) {
        return indexOf(member) >= 0;
    }

    public boolean containsAll(MemberSet others) {
        for (MemberId member : others.sorted) {
            if (!contains(member)) {
                return false;
            }
        }
        return true;
    }

    public MemberSet plus(MemberId member) {
        if (contains(member)) {
            return this;
        }
        return of(Stream.concat(Arrays.stream(sorted), Stream.of(member)).toList());
    }

    public MemberSet union(MemberSet others) {
        if (containsAll(others)) {
            return this;
        }
        return of(Stream.concat(Arrays.stream(sorted), Arrays.stream(others.sorted))
                .toList());
    }

    public MemberSet minus(MemberId member) {
        return contains(member) ? only(each -> !each.equals(member)) : this;
    }

    public MemberSet minus(MemberSet others) {
        return only(member -> !others.contains(member));
    }

    public MemberSet intersect(MemberSet others) {
        return only(others::contains);
    }

    private MemberSet only(Predicate<MemberId> wanted) {
        MemberId[] some = new MemberId[sorted.length];
        int count = 0;
        for (MemberId member : sorted) {
            if (wanted.test(member)) {
                some[count++] = member;
            }
        }
        if (count == sorted.length) {
            return this;
        }
        return count == 0 ? EMPTY : new MemberSet(Arrays.copyOf(some, count));
    }

    /** The first in ring order: the representative of a ring of these members. */
    public MemberId lowest() {
        if (isEmpty()) {
            throw new NoSuchElementException("an empty set of members has no lowest");
        }
        return sorted[0];
    }

    /** The next in ring order, the first after the last; the member itself when it is alone. */
    public MemberId successorOf(MemberId member) {
        int index = indexOf(member);
        if (index < 0) {
            throw new NoSuchElementException(member + " is not in " + this);
        }
        return sorted[(index + 1) % sorted.length];
    }

    public Stream<MemberId> stream() {
        return Arrays.stream(sorted);
    }

    public List<MemberId> toList() {
        return List.of(sorted);
    }

    @Override
    public Iterator<MemberId> iterator() {
        return toList().iterator();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof MemberSet set && Arrays.equals(sorted, set.sorted);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(sorted);
    }

    @Override
    public String toString() {
        return Arrays.toString(sorted);
    }
}
