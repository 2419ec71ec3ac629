package io.vsring.replicated;

import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.Collections;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * What code there is, by names: of one member, or what all members of a component have in common. What not all have is
 * refused at its place in the order, on all alike, until all have it: so a release may be rolled out member by member.
 * Any thread.
 */
public final class Capabilities {

    /** Nothing at all. */
    public static final Capabilities NONE = new Capabilities(new TreeSet<>());

    private static final String KIND = "kind:";
    private static final int NAMES_MAX = 512;
    private static final int NAME_BYTES_MAX = 128;

    private final SortedSet<String> names;

    private Capabilities(SortedSet<String> names) {
        this.names = Collections.unmodifiableSortedSet(names);
    }

    /**
     * These.
     *
     * @throws IllegalArgumentException if they are more than 512, or one has more than 128 bytes in UTF-8
     */
    static Capabilities of(Collection<String> names) {
        TreeSet<String> sorted = new TreeSet<>(names);
        if (sorted.size() > NAMES_MAX) {
            throw new IllegalArgumentException(sorted.size()
                    + " kinds of objects and operations of maps are registered, at most " + NAMES_MAX + " can be");
        }
        for (String name : sorted) {
            if (name.getBytes(StandardCharsets.UTF_8).length > NAME_BYTES_MAX) {
                throw new IllegalArgumentException(
                        "'" + name + "' has more than " + NAME_BYTES_MAX + " bytes: choose a shorter name");
            }
        }
        return new Capabilities(sorted);
    }

    /** The name for code that keeps objects of a kind. */
    static String kind(String kind) {
        return KIND + kind;
    }

    /** Whether this is among them. */
    public boolean has(String name) {
        return names.contains(name);
    }

    Capabilities inCommonWith(Capabilities other) {
        TreeSet<String> common = new TreeSet<>(names);
        common.retainAll(other.names);
        return new Capabilities(common);
    }

    void write(ByteWriter out) {
        out.putNumber(names.size());
        names.forEach(out::putText);
    }

    static Capabilities read(ByteReader in) {
        TreeSet<String> names = new TreeSet<>();
        int count = in.getCount(1);
        if (count > NAMES_MAX) {
            throw new MalformedCommandException(count + " names of code, at most " + NAMES_MAX + " can be");
        }
        for (int i = 0; i < count; i++) {
            String name = in.getText();
            if (!names.isEmpty() && names.last().compareTo(name) >= 0) {
                throw new MalformedCommandException("'" + name + "' is out of order, or there twice");
            }
            names.add(name);
        }
        return new Capabilities(names);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Capabilities that && names.equals(that.names);
    }

    @Override
    public int hashCode() {
        return names.hashCode();
    }

    @Override
    public String toString() {
        return names.toString();
    }
}
