package io.vsring.test.campaign;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;

/** The way from one member to another, in one direction. */
record Link(int from, int to) implements Comparable<Link> {

    @Override
    public int compareTo(Link other) {
        return from != other.from ? Integer.compare(from, other.from) : Integer.compare(to, other.to);
    }

    @Override
    public String toString() {
        return from + ">" + to;
    }

    /**
     * Draws which ways a fault cuts.
     *
     * @param kind a kind that cuts
     * @param count of members, which are counted from 1
     */
    static Set<Link> cuts(FaultKind kind, int count, Random dice) {
        List<Integer> members = new ArrayList<>();
        for (int number = 1; number <= count; number++) {
            members.add(number);
        }
        Collections.shuffle(members, dice);
        List<Integer> first = members.subList(0, 1);
        List<Integer> others = members.subList(1, count);
        return switch (kind) {
            case ONE_WAY ->
                switch (dice.nextInt(3)) {
                    case 0 -> between(first, members.subList(1, 2)); // one does not hear one
                    case 1 -> between(first, others); // it is mute
                    default -> between(others, first); // it is deaf
                };
            case PARTIAL -> both(first, members.subList(1, 2));
            case ISOLATE -> both(first, others);
            case HALVES -> both(members.subList(0, count / 2), members.subList(count / 2, count));
            case OVERLAP -> overlapping(members);
            default -> throw new IllegalArgumentException(kind + " cuts nothing");
        };
    }

    private static Set<Link> between(Collection<Integer> from, Collection<Integer> to) {
        Set<Link> links = new TreeSet<>();
        from.forEach(one -> to.forEach(other -> links.add(new Link(one, other))));
        return links;
    }

    private static Set<Link> both(Collection<Integer> one, Collection<Integer> other) {
        Set<Link> links = between(one, other);
        links.addAll(between(other, one));
        return links;
    }

    /** All stand in a circle, and each reaches those beside it until they are a majority. */
    private static Set<Link> overlapping(List<Integer> circle) {
        int count = circle.size();
        int reach = (count / 2 + 1) / 2;
        Set<Link> links = new TreeSet<>();
        for (int one = 0; one < count; one++) {
            for (int step = reach + 1; step < count - reach; step++) {
                links.add(new Link(circle.get(one), circle.get((one + step) % count)));
            }
        }
        return links;
    }
}
