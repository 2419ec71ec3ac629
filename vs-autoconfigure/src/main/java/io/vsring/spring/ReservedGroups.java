package io.vsring.spring;

/** Groups whose names begin with {@code vs.} carry what vs itself has to say: to objects, events and pages. */
final class ReservedGroups {

    /** Carries the messages of {@link RingOperations#barrier()}; nobody listens. */
    static final String BARRIER = "vs.barrier";

    /** Carries what is published with {@link ClusterEvent}. */
    static final String EVENTS = "vs.events";

    private static final String PREFIX = "vs.";

    private ReservedGroups() {}

    /** Whether applications can neither send to the group nor hear it, not even by {@link OnDeliver#ALL_GROUPS}. */
    static boolean contains(String group) {
        return group.startsWith(PREFIX);
    }
}
