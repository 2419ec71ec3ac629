package io.vsring.ring;

import io.vsring.security.Keyring;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicLongArray;

/**
 * How many datagrams were opened with each key: as long as one counts, somebody seals with it. One writing thread; any
 * thread may read at any time.
 */
final class KeyCounters {

    private final AtomicLongArray values = new AtomicLongArray(Keyring.ID_MAX + 1);

    /** The writing thread only. */
    void increment(int keyId) {
        values.setOpaque(keyId, values.getPlain(keyId) + 1);
    }

    /** Those that have counted something, by the id of the key. */
    Map<Integer, Long> toMap() {
        Map<Integer, Long> map = new TreeMap<>();
        for (int id = 0; id <= Keyring.ID_MAX; id++) {
            long value = values.getOpaque(id);
            if (value != 0) {
                map.put(id, value);
            }
        }
        return map;
    }
}
