package io.vsring.spring;

import io.vsring.Delivery;
import io.vsring.Guarantee;
import io.vsring.MemberId;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which messages a method is called for.
 *
 * @param groups the groups; {@link OnDeliver#ALL_GROUPS} is every one
 * @param guarantees what they were sent with
 * @param payloads the classes of which the payload is one; empty if any will do
 * @param hasOwn whether those that this member sent are among them
 * @param condition what must be true; null if nothing
 */
record MessageFilter(
        Set<String> groups,
        Set<Guarantee> guarantees,
        Set<Class<?>> payloads,
        boolean hasOwn,
        @Nullable MessageExpression condition) {

    MessageFilter {
        groups = Set.copyOf(groups);
        guarantees = Set.copyOf(guarantees);
        payloads = Set.copyOf(payloads);
    }

    /** What can be told before the message is read. */
    boolean wants(String group, Guarantee guarantee) {
        return guarantees.contains(guarantee)
                && (groups.contains(group)
                        || (groups.contains(OnDeliver.ALL_GROUPS) && !ReservedGroups.contains(group)));
    }

    /** What can be told by who sent it. */
    boolean wantsFrom(MemberId sender, MemberId self) {
        return hasOwn || !sender.equals(self);
    }

    /**
     * The rest.
     *
     * @throws RuntimeException if the condition cannot be told
     */
    boolean wants(@Nullable Object payload, Delivery delivery) {
        if (!payloads.isEmpty() && payloads.stream().noneMatch(type -> type.isInstance(payload))) {
            return false;
        }
        return condition == null || Boolean.TRUE.equals(condition.value(payload, delivery, Boolean.class));
    }
}
