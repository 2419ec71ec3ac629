package io.vsring.test.simulation;

import io.vsring.Guarantee;
import io.vsring.MemberId;
import io.vsring.MemberSet;
import io.vsring.RingConfiguration;
import io.vsring.RingId;
import io.vsring.protocol.GatherReason;
import io.vsring.protocol.ProtocolOptions;
import io.vsring.test.simulation.SimulatedCluster.Disk;
import io.vsring.wire.Datagram;
import io.vsring.wire.Join;
import io.vsring.wire.MalformedDatagramException;
import java.nio.ByteBuffer;
import java.util.EnumSet;
import java.util.List;
import java.util.function.BooleanSupplier;

/**
 * One thing happens to a ring at rest, on a good network: what it may cost is known exactly, so bugs that only waste
 * time are found here and nowhere else.
 */
final class CalmChange {
    private static final Sometimes[] CHANGES = {
        Sometimes.LEFT_AT_REST,
        Sometimes.RESTARTED_AT_REST,
        Sometimes.HOST_DIED_AT_REST,
        Sometimes.HEARD_NOBODY_AT_REST,
        Sometimes.GOT_NO_DATA_AT_REST,
        Sometimes.SLOW_AT_REST,
        Sometimes.HEARD_OLD_JOINS_AT_REST,
        Sometimes.UNHEARD_AT_REST
    };

    private static final int VISITS_OF_PATIENCE = ProtocolOptions.defaults().stuckVisits();
    private static final int STABLE_TOKEN_LOSSES = 10;

    private final SimulatedCluster cluster;
    private final Dice dice;
    private final long delayNanos;
    private final Verdict verdict;
    private final long tokenLoss;
    private final long consensus;

    /** @param delayNanos what a datagram takes now */
    CalmChange(SimulatedCluster cluster, long delayNanos, Verdict verdict) {
        this.cluster = cluster;
        this.dice = cluster.seed().stream("calm change");
        this.delayNanos = delayNanos;
        this.verdict = verdict;
        this.tokenLoss = cluster.shape().tokenLossNanos();
        this.consensus = cluster.shape().consensusNanos();
    }

    /** Draws what happens, if anything, does it, and waits until the ring is whole again. */
    void happen() {
        List<SimulatedMember> living = cluster.living();
        if (living.size() < 2) {
            return;
        }
        int what = dice.weighted(10, 3, 3, 2, 1, 1, 2, 2, 2);
        if (what > 0) {
            happen(CHANGES[what - 1], dice.oneOf(living));
        }
    }

    /** This happens to this one. */
    void happen(Sometimes change, SimulatedMember one) {
        cluster.coverage().saw(change);
        List<SimulatedMember> others =
                cluster.living().stream().filter(each -> each != one).toList();
        switch (change) {
            case LEFT_AT_REST -> leaves(one, others);
            case RESTARTED_AT_REST -> restarts(one);
            case HOST_DIED_AT_REST -> hostDies(one, others);
            case HEARD_NOBODY_AT_REST -> hearsNobody(one, others);
            case GOT_NO_DATA_AT_REST -> getsNoData(one, others);
            case SLOW_AT_REST -> isSlowToSome(one, others);
            case HEARD_OLD_JOINS_AT_REST -> hearsOldJoins(one);
            case UNHEARD_AT_REST -> goesUnheard(one, dice.oneOf(others));
            default -> throw new IllegalArgumentException("nothing that happens at rest: " + change);
        }
    }

    /** P5: a leave in good order costs one gather, and no timeout. */
    private void leaves(SimulatedMember one, List<SimulatedMember> others) {
        long before = timeouts(others);
        one.leave();
        if (!cluster.runUntil(() -> areWhole(cluster.living()), consensus) || timeouts(others) != before) {
            verdict.broken("P5", one + " left in good order, and the others noticed it by a timeout");
        }
    }

    private static long timeouts(List<SimulatedMember> members) {
        return members.stream()
                .mapToLong(member -> member.gathered(GatherReason.TOKEN_LOST)
                        + member.gathered(GatherReason.MEMBER_UNREACHABLE)
                        + member.gathered(GatherReason.COMMIT_LOST)
                        + member.gathered(GatherReason.RECOVERY_LOST))
                .sum();
    }

    /** P6: who is back at once is taken in at once: nobody waits for the incarnation before it. */
    private void restarts(SimulatedMember one) {
        cluster.crash(one.slot());
        cluster.runFor(dice.between(0, tokenLoss / 8));
        cluster.start(one.slot(), Disk.KEPT);
        if (!cluster.runUntil(() -> areWhole(cluster.living()), consensus)) {
            verdict.broken("P6", one + " was started again at once, and the others waited for it to be silent");
        }
    }

    /** P7: a host that dies without a word costs the token-loss and the consensus timeout. */
    private void hostDies(SimulatedMember one, List<SimulatedMember> others) {
        cutOff(one, others);
        cluster.crash(one.slot());
        if (!cluster.runUntil(() -> areWhole(cluster.living()), tokenLoss + 2 * consensus)) {
            verdict.broken("P7", "the host of " + one + " died, and the others did not notice in time");
        }
    }

    private void cutOff(SimulatedMember one, List<SimulatedMember> others) {
        for (SimulatedMember other : others) {
            cluster.network().block(one.slot(), other.slot());
            cluster.network().block(other.slot(), one.slot());
        }
    }

    /** P8: a member that is heard and hears nobody does not disturb a ring. */
    private void hearsNobody(SimulatedMember one, List<SimulatedMember> others) {
        for (SimulatedMember other : others) {
            cluster.network().block(other.slot(), one.slot());
        }
        whole("P8", others, cluster.shape().progressBoundNanos());
        long before = configurations(others);
        cluster.runFor(STABLE_TOKEN_LOSSES * tokenLoss);
        if (configurations(others) != before) {
            verdict.broken("P8", one + " is heard but hears nobody, and the others gave up their ring for it");
        }
        wholeAgain("P8");
    }

    private static long configurations(List<SimulatedMember> members) {
        return members.stream()
                .mapToLong(member -> member.trace().configurations())
                .sum();
    }

    /** P9: a member that gets tokens but no data is left out after so many visits, and these are not put off. */
    private void getsNoData(SimulatedMember one, List<SimulatedMember> others) {
        cluster.network().deafen(one.slot(), EnumSet.of(PacketKind.DATA, PacketKind.RECOVERY));
        others.get(0).offer(1, Guarantee.AGREED);
        long rotation = 2 * delayNanos * (others.size() + 1);
        whole("P9", others, 4 * tokenLoss + 2 * consensus + VISITS_OF_PATIENCE * rotation);
        wholeAgain("P9");
    }

    /** P10: a frame that only takes longer than the token is not asked for. */
    private void isSlowToSome(SimulatedMember one, List<SimulatedMember> others) {
        MemberSet ring = one.protocol().view().members();
        MemberId after = ring.get((ring.indexOf(one.id()) + 1) % ring.size());
        for (SimulatedMember other : others) {
            if (!other.id().equals(after)) {
                cluster.network().link(one.slot(), other.slot(), LinkProfile.calm(5 * delayNanos / 2));
            }
        }
        long before = requested(others);
        one.offer(1, Guarantee.AGREED);
        together("P10", cluster.living(), 2 * tokenLoss);
        if (requested(others) != before) {
            verdict.broken("P10", "a frame of " + one + " was asked for although it was on its way");
        }
        cluster.network().heal(delayNanos);
    }

    private static long requested(List<SimulatedMember> members) {
        return members.stream()
                .mapToLong(member -> member.protocol().counters().framesRequested())
                .sum();
    }

    /** P11: a Join from before the ring was agreed on does not disturb it. */
    private void hearsOldJoins(SimulatedMember one) {
        long before = configurations(cluster.living());
        for (Packet join : cluster.inside().joins()) {
            if (join.sender() != one.slot()
                    && isOlder(join, one.protocol().view().ringId())) {
                cluster.network().again(join, one.slot());
            }
        }
        cluster.runFor(tokenLoss);
        if (configurations(cluster.living()) != before) {
            verdict.broken("P11", one + " got an old Join, and gave up a ring that was agreed on since");
        }
    }

    private boolean isOlder(Packet packet, RingId ring) {
        try {
            Datagram datagram = cluster.shape().codec().decode(ByteBuffer.wrap(packet.content()));
            return datagram instanceof Join join && join.ringSequence() < ring.sequence();
        } catch (MalformedDatagramException wrong) {
            throw new IllegalStateException("a member sent a Join that nobody understands", wrong);
        }
    }

    /** P12: a last frame that was lost is asked for, although no later one shows the gap. */
    private void goesUnheard(SimulatedMember one, SimulatedMember other) {
        long before = configurations(cluster.living());
        EnumSet<PacketKind> data = EnumSet.of(PacketKind.DATA);
        cluster.network().deafen(other.slot(), data);
        one.offer(1, Guarantee.AGREED);
        cluster.runUntil(() -> one.trace().ownDelivered() == one.accepted(), tokenLoss);
        cluster.network().undeafen(other.slot(), data);
        together("P12", cluster.living(), 2 * tokenLoss);
        if (configurations(cluster.living()) != before) {
            verdict.broken("P12", other + " missed the last frame, and the ring was given up for it");
        }
    }

    private void together(String predicate, List<SimulatedMember> members, long nanos) {
        within(predicate, members, nanos, () -> cluster.isSettled(members));
    }

    private void within(String predicate, List<SimulatedMember> members, long nanos, BooleanSupplier holds) {
        if (!cluster.runUntil(holds, nanos)) {
            verdict.broken(predicate, members + " are not together after " + nanos / 1_000_000 + " ms");
        }
    }

    private void wholeAgain(String predicate) {
        cluster.network().heal(delayNanos);
        whole(predicate, cluster.living(), cluster.shape().progressBoundNanos());
    }

    private void whole(String predicate, List<SimulatedMember> members, long nanos) {
        within(predicate, members, nanos, () -> areWhole(members));
    }

    /** After a change objects send their state, however long that takes: it is no part of what the change costs. */
    private boolean areWhole(List<SimulatedMember> members) {
        return cluster.objects() == null ? cluster.isSettled(members) : haveOneConfiguration(members);
    }

    private static boolean haveOneConfiguration(List<SimulatedMember> members) {
        MemberSet all = MemberSet.of(members.stream().map(SimulatedMember::id).toList());
        RingConfiguration one = members.get(0).trace().configuration();
        return one != null
                && !one.isTransitional()
                && one.members().equals(all)
                && members.stream()
                        .allMatch(
                                each -> each.isWell() && one.equals(each.trace().configuration()));
    }
}
