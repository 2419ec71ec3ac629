package io.vsring.test.simulation;

import io.vsring.Delivery;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;

/** Overhears what the replicated objects of a member say and are told: which kind of message it is. */
final class ControlTalk {
    private static final String GROUP = "vs.replicated";
    private static final Enum<?>[] KINDS = kinds();
    private static final Map<String, Moment> MOMENTS = Map.of(
            "STANDING", Moment.STANDING_DELIVERED,
            "PLAN", Moment.PLAN_DELIVERED,
            "PACK", Moment.PACK_DELIVERED,
            "READY", Moment.READY_DELIVERED);

    private final SimulatedCluster cluster;
    private final Deque<Long> readyNumbers = new ArrayDeque<>(); // of what has no place in the order yet

    ControlTalk(SimulatedCluster cluster) {
        this.cluster = cluster;
    }

    private static Enum<?>[] kinds() {
        try {
            return (Enum<?>[])
                    Class.forName("io.vsring.replicated.CommandRouter$Kind").getEnumConstants();
        } catch (ClassNotFoundException gone) {
            throw new IllegalStateException("there is no list of kinds of messages any more", gone);
        }
    }

    /** The member has numbered a message of its own. */
    void submitted(long number, String group, byte[] bytes) {
        if (group.equals(GROUP) && KINDS[bytes[0]].name().equals("READY")) {
            readyNumbers.add(number);
        }
    }

    /** A message of the member has got its place in the order. */
    void sent(SimulatedMember member, long number) {
        if (!readyNumbers.isEmpty() && readyNumbers.getFirst() == number) {
            readyNumbers.removeFirst();
            cluster.watch().moment(Moment.READY_SENT, member.slot());
        }
    }

    /** A message is about to be handed to the objects of a member. */
    void heard(SimulatedMember member, Delivery message) {
        if (!message.group().equals(GROUP)) {
            return;
        }
        String kind = KINDS[message.bytes().get(0)].name();
        boolean tentative = message.configuration().isTransitional();
        switch (kind) {
            case "PLAN" -> planned(member);
            case "PACK" -> cluster.coverage().saw(Sometimes.STATE_SENT);
            case "COMMAND" -> seen(tentative, Sometimes.COMMAND_TENTATIVE);
            case "READY" -> seen(tentative, Sometimes.READY_IN_TRANSITION);
            case "LEAVING" -> seen(true, Sometimes.LEFT_IN_GOOD_ORDER);
            default -> {}
        }
        Moment moment = MOMENTS.get(kind);
        if (moment != null) {
            cluster.watch().moment(moment, member.slot());
        }
    }

    private void planned(SimulatedMember member) {
        ObjectsOnMembers layer = cluster.objects();
        if (layer != null) {
            layer.planned(member);
        }
    }

    private void seen(boolean indeed, Sometimes what) {
        if (indeed) {
            cluster.coverage().saw(what);
        }
    }
}
