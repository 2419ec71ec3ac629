package io.vsring.replicated;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;

/**
 * Compares what the objects of this member have become with what they have become on others, every so many commands: an
 * object that is not the same everywhere is not deterministic, and must not go on. Delivery thread only.
 */
final class DigestWatch {

    /** After so many commands. */
    private static final int EVERY = 500;

    /** What others say comes within a few rotations; but they can be full of commands. */
    static final int REMEMBERED_MAX = 64;

    private final ArrayDeque<Digests> taken = new ArrayDeque<>();
    private final TreeSet<Long> differing = new TreeSet<>(); // keys of objects, as many as there are

    /** Whether others are to be told what has become of the objects up to this position. */
    static boolean isDue(long position) {
        return position % EVERY == 0;
    }

    /** What is to be told to them. */
    Digests take(Journal journal) {
        Digests now =
                new Digests(journal.position(), journal.shelf().digestsOfThoseCalledSince(journal.position() - EVERY));
        taken.addLast(now);
        if (taken.size() > REMEMBERED_MAX) {
            taken.removeFirst();
        }
        return now;
    }

    /** How many are remembered. */
    int size() {
        return taken.size();
    }

    /** The keys of the objects that are not here what they are on the member that says this; each is given once. */
    List<Long> differing(Digests told) {
        List<Long> news = new ArrayList<>();
        for (Digests mine : taken) {
            if (mine.position() == told.position()) {
                mine.byObject().forEach((key, digest) -> {
                    if (!digest.equals(told.byObject().get(key)) && differing.add(key)) {
                        news.add(key);
                    }
                });
            }
        }
        return news;
    }

    /** Another state has taken the place of the one that this was about. */
    void forget() {
        taken.clear();
        differing.clear();
    }
}
