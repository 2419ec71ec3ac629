package io.vsring.replicated;

import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.TreeMap;

/** The operations on entries of maps for which this member has the code. Any thread. */
final class MapOperations {

    private final TreeMap<String, MapOperation<?, ?, ?>> known = new TreeMap<>();

    MapOperations(List<MapOperation<?, ?, ?>> operations) {
        for (MapOperation<?, ?, ?> operation : operations) {
            String capability = capability(operation.id(), operation.version());
            if (known.put(capability, operation) != null) {
                throw new IllegalArgumentException(
                        "there are two operations " + capability + ": give one of them another version or name");
            }
        }
    }

    /** What a member can do that can carry out this operation. */
    private static String capability(String id, long version) {
        return "map-operation:" + id + ":" + version;
    }

    /** @throws IllegalArgumentException if this member lacks the code */
    void check(MapOperation<?, ?, ?> operation) {
        String capability = capability(operation.id(), operation.version());
        if (!known.containsKey(capability)) {
            throw new IllegalArgumentException("this member has no code for " + capability
                    + ": give it to ReplicationOptions.withMapOperations, on all members. Nothing has been sent");
        }
    }

    /** The names of what this member can do. */
    Collection<String> capabilities() {
        return Collections.unmodifiableSet(known.keySet());
    }

    /**
     * The code of an operation.
     *
     * @throws ReplicaException if not all members have it, so that none carries it out
     */
    MapOperation<?, ?, ?> find(String id, long version, Capabilities common) {
        String capability = capability(id, version);
        if (!common.has(capability)) {
            throw new ReplicaException("not every member has the code for " + capability
                    + ": it can be called when all have it. Nothing has been changed");
        }
        return Objects.requireNonNull(known.get(capability), capability);
    }
}
