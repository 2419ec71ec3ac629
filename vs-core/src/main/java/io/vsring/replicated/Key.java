package io.vsring.replicated;

import java.util.Arrays;

/** The encoded key of a map. Two keys that encode alike are one, whatever {@code equals} says of the objects. */
final class Key implements Comparable<Key> {

    private final byte[] bytes;
    private final int hash;

    /** @param bytes not written to any more */
    Key(byte[] bytes) {
        this.bytes = bytes;
        int mixed = Arrays.hashCode(bytes);
        this.hash = mixed ^ (mixed >>> 16);
    }

    byte[] bytes() {
        return bytes;
    }

    @Override
    public int compareTo(Key other) {
        return Arrays.compareUnsigned(bytes, other.bytes);
    }

    @Override
    public boolean equals(Object other) {
        return this == other || (other instanceof Key key && hash == key.hash && Arrays.equals(bytes, key.bytes));
    }

    @Override
    public int hashCode() {
        return hash;
    }
}
