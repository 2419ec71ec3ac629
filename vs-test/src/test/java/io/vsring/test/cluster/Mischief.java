package io.vsring.test.cluster;

import io.vsring.Guarantee;
import io.vsring.test.check.MemberTrace;

/** Makes a history wrong, as a bug of the ring would. */
public final class Mischief {

    private Mischief() {}

    /** A member has accepted a message that it never sends. */
    public static void on(RingCluster ring) {
        MemberTrace trace = ring.cluster().member(1).trace();
        trace.submitted(trace.submitted() + 1, Guarantee.SAFE, 0);
    }
}
