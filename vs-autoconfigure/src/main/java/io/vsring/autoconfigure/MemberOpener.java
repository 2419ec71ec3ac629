package io.vsring.autoconfigure;

import io.vsring.replicated.ReplicatedObjects;
import io.vsring.replicated.ReplicationListener;

/** Where a member with replicated objects comes from, at each start of the lifecycle. */
@FunctionalInterface
interface MemberOpener {

    ReplicatedObjects open(ReplicationListener listener);
}
