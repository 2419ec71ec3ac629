package io.vsring.test.junit;

import io.vsring.test.cluster.RingCluster;

/** Stands among the suppressed exceptions of a failure, where everything that prints stack traces shows it. */
final class SeedReport extends RuntimeException {

    private static final long serialVersionUID = 1L;

    SeedReport(RingCluster ring) {
        super(
                "the same again: run this test with -D" + RingTestExtension.SEED_PARAMETER + "=" + ring.seed() + "\n"
                        + ring.report(),
                null,
                false,
                false);
    }
}
