package io.vsring.autoconfigure;

import io.vsring.replicated.ReplicatedObjects;
import io.vsring.replicated.ReplicationListener;
import io.vsring.ring.RingHandler;

/** Where a member with replicated objects comes from, at each start of the lifecycle. */
@FunctionalInterface
interface MemberOpener {

    ReplicatedObjects open(RingHandler application, ReplicationListener listener);
}
