package io.vsring.test.assertj;

import io.vsring.test.cluster.ClusterMember;
import io.vsring.test.cluster.RingCluster;
import java.util.List;
import org.assertj.core.api.AbstractAssert;
import org.jspecify.annotations.Nullable;

/** Claims about a whole ring. Each failure tells the seed, how the members stood and what happened last. */
public final class RingClusterAssert extends AbstractAssert<RingClusterAssert, RingCluster> {

    RingClusterAssert(RingCluster actual) {
        super(actual, RingClusterAssert.class);
    }

    /**
     * Whichever two messages two members have both delivered, they have delivered them in the same order; each
     * incarnation counts as a member. Fails where nothing has been delivered at all. It says nothing of messages that
     * only one of them has, as in a partition: {@link #hasDeliveredEverywhere} and
     * {@link #satisfiesExtendedVirtualSynchrony} do.
     */
    public RingClusterAssert hasIdenticalDeliveryOrder() {
        isNotNull();
        DeliveryOrder order = new DeliveryOrder();
        for (ClusterMember member : actual.members()) {
            member.deliveriesOfAllLives().forEach(life -> order.add("member " + member.number(), life));
        }
        String wrong = order.firstDifference();
        if (wrong != null) {
            failWithMessage("%s%n%s", wrong, actual.report());
        }
        return this;
    }

    /** Each member that runs has delivered these texts since it was started last, in this order, and nothing else. */
    public RingClusterAssert hasDeliveredEverywhere(String... texts) {
        isNotNull();
        for (ClusterMember member : actual.members()) {
            if (member.isRunning()) {
                requireTexts(member, DeliveryOrder.texts(member.deliveries()), texts);
            }
        }
        return this;
    }

    private void requireTexts(ClusterMember member, List<String> found, String... expected) {
        if (!found.equals(List.of(expected))) {
            failWithMessage(
                    "member %s was to have delivered %s, and has delivered %s%n%s",
                    member.number(), List.of(expected), found, actual.report());
        }
    }

    /** All that happened so far keeps the claims of extended virtual synchrony: docs/simulation.md lists them. */
    public RingClusterAssert satisfiesExtendedVirtualSynchrony() {
        isNotNull();
        @Nullable AssertionError unsound = null;
        try {
            actual.requireSound();
        } catch (AssertionError found) {
            unsound = found;
        }
        if (unsound != null) {
            failWithMessage("%s%n%s", unsound.getMessage(), actual.report());
        }
        return this;
    }
}
