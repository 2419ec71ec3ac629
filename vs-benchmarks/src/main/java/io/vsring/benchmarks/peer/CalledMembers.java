package io.vsring.benchmarks.peer;

/** Opens what can be called. */
public final class CalledMembers {

    private CalledMembers() {}

    /** Joins the others, and waits for all of them. */
    public static CalledMember open(Peer peer, Place place, CallPlan plan) throws InterruptedException {
        return switch (peer) {
            case JGROUPS_UDP, JGROUPS_TCP -> JGroupsMember.map(peer, place, plan);
            case JGROUPS_RAFT -> JGroupsMember.counter(place);
            case HAZELCAST -> HazelcastMember.open(place, plan);
            case INFINISPAN -> InfinispanMember.open(place, plan);
            case VS -> throw new IllegalArgumentException("vs is no peer of itself");
        };
    }
}
