package io.vsring.replicated;

import java.util.ArrayList;
import java.util.List;

/**
 * The components that were attempted behind the last one in which this member was ready: each may have been established
 * without its knowing, so each has a say in what comes next (the ambiguous sessions of dynamic voting; Yeger Lotem,
 * Keidar and Dolev, 1997).
 *
 * <p>A ring that comes and goes makes many of them. One with the voters of an earlier one takes its place: wherever the
 * earlier one counts, the later one does too, and says the same. And where there are too many, the two oldest become
 * one that says yes only where both do: it may take more members to go on, and never fewer.
 *
 * <p>Delivery thread only.
 */
final class Attempts {

    static final int REMEMBERED_MAX = 64;

    private final List<Standing.Attempt> all = new ArrayList<>(); // by their labels, which ascend

    void add(Standing.Attempt attempt) {
        all.removeIf(earlier -> earlier.electorate().equals(attempt.electorate()));
        all.add(attempt);
        if (all.size() > REMEMBERED_MAX) {
            Standing.Attempt oldest = all.remove(0);
            Standing.Attempt next = all.remove(0);
            all.add(0, new Standing.Attempt(next.label(), oldest.electorate().and(next.electorate())));
        }
    }

    void addAll(List<Standing.Attempt> attempts) {
        attempts.forEach(this::add);
    }

    int size() {
        return all.size();
    }

    List<Standing.Attempt> toList() {
        return List.copyOf(all);
    }

    void clear() {
        all.clear();
    }
}
