package io.vsring.test.assertj;

import io.vsring.test.cluster.ClusterMember;
import io.vsring.test.cluster.RingCluster;

/**
 * The entry to claims about simulated rings and their members. To be imported statically, beside AssertJ's own
 * {@code assertThat}.
 *
 * @since 0.1
 */
public final class RingAssertions {

    private RingAssertions() {}

    /** What is claimed of a whole ring. */
    public static RingClusterAssert assertThat(RingCluster actual) {
        return new RingClusterAssert(actual);
    }

    /** What is claimed of one member. */
    public static ClusterMemberAssert assertThat(ClusterMember actual) {
        return new ClusterMemberAssert(actual);
    }
}
