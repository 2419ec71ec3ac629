package io.vsring.test.assertj;

import io.vsring.MemberId;
import io.vsring.RingConfiguration;
import io.vsring.test.cluster.ClusterMember;
import java.util.Arrays;
import java.util.List;
import org.assertj.core.api.AbstractAssert;

/** Claims about one member of a ring, of the time since it was started last. */
public final class ClusterMemberAssert extends AbstractAssert<ClusterMemberAssert, ClusterMember> {

    ClusterMemberAssert(ClusterMember actual) {
        super(actual, ClusterMemberAssert.class);
    }

    /** It has delivered these texts, in this order, and nothing else. */
    public ClusterMemberAssert hasDelivered(String... texts) {
        isNotNull();
        return requireTexts("", DeliveryOrder.texts(actual.deliveries()), texts);
    }

    /** It has delivered these texts to this group, in this order, and nothing else to this group. */
    public ClusterMemberAssert hasDeliveredTo(String group, String... texts) {
        isNotNull();
        return requireTexts(" to " + group, DeliveryOrder.texts(actual.deliveries(group)), texts);
    }

    /** It has delivered no message. */
    public ClusterMemberAssert hasDeliveredNothing() {
        return hasDelivered();
    }

    /** It may change replicated objects. */
    public ClusterMemberAssert isPrimary() {
        isNotNull();
        if (!actual.isPrimary()) {
            failWithMessage("expected a member that is primary, but %s", actual);
        }
        return this;
    }

    /** It may not change replicated objects. */
    public ClusterMemberAssert isNotPrimary() {
        isNotNull();
        if (actual.isPrimary()) {
            failWithMessage("expected a member that is not primary, but %s", actual);
        }
        return this;
    }

    /** The configuration that it was told of last is a regular one of these members, by their numbers. */
    public ClusterMemberAssert isTogetherWith(int... numbers) {
        isNotNull();
        RingConfiguration last = actual.configuration();
        int[] expected = Arrays.stream(numbers).sorted().toArray();
        int[] found = last.members().stream().mapToInt(MemberId::id).toArray();
        if (last.isTransitional() || !Arrays.equals(found, expected)) {
            failWithMessage("expected a regular configuration of %s, but %s", Arrays.toString(expected), actual);
        }
        return this;
    }

    private ClusterMemberAssert requireTexts(String where, List<String> found, String... expected) {
        if (!found.equals(List.of(expected))) {
            failWithMessage(
                    "member %s was to have delivered%s %s, and has delivered %s%n%s",
                    actual.number(), where, List.of(expected), found, actual);
        }
        return this;
    }
}
