package io.vsring.test.simulation;

import io.vsring.ConfigurationChange;
import io.vsring.RingConfiguration;
import io.vsring.RingId;
import io.vsring.protocol.StateName;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Counts what happens on the network and to configurations, passes it on to the story, and springs traps. */
final class CoverageWatch implements NetworkWatcher {
    /** Waits for a moment. */
    interface Trap {
        /** A member has come to this moment. A datagram has left it, but has not reached the network. */
        void sprung(Moment moment, int slot);
    }

    private final SimulatedCluster cluster;
    private final int[] attempts;
    private @Nullable Trap trap;
    private @Nullable RingId first;
    private final Set<RingId> later = new HashSet<>();

    CoverageWatch(SimulatedCluster cluster) {
        this.cluster = cluster;
        this.attempts = new int[cluster.shape().slots() + 1];
    }

    void set(Trap next) {
        trap = next;
    }

    @Override
    public void saw(Fate fate, Packet packet, int to) {
        cluster.story().saw(fate, packet, to);
        Coverage coverage = cluster.coverage();
        switch (fate) {
            case SENT -> {
                cluster.inside().sent(packet);
                moment(Moment.of(packet.kind()), packet.sender());
            }
            case ARRIVED -> cluster.note(to, packet.number(), packet.bytes().length);
            case LOST, BLOCKED -> lost(coverage, packet.kind());
            case OVERFLOWED -> coverage.saw(Sometimes.RECEIVE_BUFFER_OVERFLOWED);
            case NOBODY_THERE -> coverage.saw(Sometimes.UNREACHABLE_ANSWERED);
            case DUPLICATED -> {
                if (packet.kind() == PacketKind.TOKEN) {
                    coverage.saw(Sometimes.TOKEN_DUPLICATED);
                } else if (packet.kind() == PacketKind.COMMIT) {
                    coverage.saw(Sometimes.COMMIT_TOKEN_DUPLICATED);
                }
            }
            case REPLAYED -> {
                coverage.saw(Sometimes.DATAGRAM_REPLAYED);
                if (cluster.member(packet.sender()) == null) {
                    coverage.saw(Sometimes.OLD_INCARNATION_REPLAYED);
                }
            }
            case REDIRECTED -> coverage.saw(Sometimes.DATAGRAM_REDIRECTED);
            case TRUNCATED -> coverage.saw(Sometimes.DATAGRAM_TRUNCATED);
            case REJECTED -> {} // members count these themselves, by reason
            case FORGED -> coverage.saw(Sometimes.DATAGRAM_FORGED);
        }
    }

    private static void lost(Coverage coverage, PacketKind kind) {
        coverage.saw(Sometimes.DATAGRAM_LOST);
        switch (kind) {
            case TOKEN -> coverage.saw(Sometimes.TOKEN_LOST);
            case COMMIT -> coverage.saw(Sometimes.COMMIT_TOKEN_LOST);
            case RECOVERY -> coverage.saw(Sometimes.RECOVERY_FRAME_LOST);
            case JOIN -> coverage.saw(Sometimes.JOIN_LOST);
            default -> {}
        }
    }

    void moment(Moment moment, int slot) {
        if (trap != null) {
            trap.sprung(moment, slot);
        }
    }

    void persisted(int slot) {
        moment(Moment.PERSISTED, slot);
    }

    /** A member is about to die. */
    void crashed(SimulatedMember member) {
        Coverage coverage = cluster.coverage();
        coverage.saw(Sometimes.CRASHED);
        RingConfiguration configuration = member.trace().configuration();
        if (configuration != null
                && configuration.members().size() > 1
                && configuration.members().lowest().equals(member.id())) {
            coverage.saw(Sometimes.REPRESENTATIVE_CRASHED);
        }
        switch (member.protocol().state()) {
            case GATHER -> coverage.saw(Sometimes.CRASHED_IN_GATHER);
            case COMMIT -> coverage.saw(Sometimes.CRASHED_IN_COMMIT);
            case RECOVERY -> coverage.saw(Sometimes.CRASHED_IN_RECOVERY);
            default -> {}
        }
    }

    void started(int slot) {
        attempts[slot] = 0;
    }

    /** A member has come from one state to another. */
    void entered(StateName state, StateName before, int slot) {
        if (state == StateName.GATHER && (before == StateName.COMMIT || before == StateName.RECOVERY)) {
            attempts[slot]++;
            cluster.coverage()
                    .saw(
                            attempts[slot] == 1
                                    ? Sometimes.PROPOSED_RING_NOT_INSTALLED
                                    : Sometimes.TWO_PROPOSED_RINGS_NOT_INSTALLED);
        }
        moment(Moment.of(state), slot);
    }

    void installed(SimulatedMember member, ConfigurationChange change) {
        if (change.configuration().isTransitional()) {
            return;
        }
        attempts[member.slot()] = 0;
        RingId ring = change.configuration().ringId();
        if (first == null && isComplete(change.configuration())) {
            first = ring;
        } else if (first != null && !ring.equals(first) && later.add(ring) && ring.sequence() > first.sequence()) {
            cluster.coverage().saw(Sometimes.CONFIGURATION_AFTER_FORMATION);
        }
    }

    /** Whether all slots are there, of a cluster of several: one alone has nobody to form a ring with. */
    private boolean isComplete(RingConfiguration configuration) {
        int slots = cluster.shape().slots();
        return slots > 1 && configuration.members().size() == slots;
    }
}
