package io.vsring.replicated;

import java.util.List;
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

    /** @throws MissingCodeException if this member lacks the code */
    MapOperation<?, ?, ?> find(String id, long version) {
        String capability = capability(id, version);
        MapOperation<?, ?, ?> operation = known.get(capability);
        if (operation == null) {
            throw new MissingCodeException(
                    "this member has no code for " + capability + ", which another one has called");
        }
        return operation;
    }
}
