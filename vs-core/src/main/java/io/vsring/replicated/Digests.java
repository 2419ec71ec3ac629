package io.vsring.replicated;

import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What became of the objects that were called lately, as one member sees it: at one position all members have the same.
 *
 * @param position how many commands had been applied
 * @param byObject digest of the answers of each object, and of its state if it tells that, by its key
 */
record Digests(long position, SortedMap<Long, Long> byObject) {

    private static final int ENTRY_BYTES = 2 * Long.BYTES;

    void write(ByteWriter out) {
        out.putNumber(position).putNumber(byObject.size());
        byObject.forEach((key, digest) -> out.putLong(key).putLong(digest));
    }

    static Digests read(ByteReader in) {
        long position = in.getNumber();
        SortedMap<Long, Long> byObject = new TreeMap<>();
        for (int i = in.getCount(ENTRY_BYTES); i > 0; i--) {
            long key = in.getLong();
            if (!byObject.isEmpty() && byObject.lastKey() >= key) {
                throw new MalformedCommandException("object " + key + " is out of order, or there twice");
            }
            byObject.put(key, in.getLong());
        }
        in.end();
        return new Digests(position, byObject);
    }
}
