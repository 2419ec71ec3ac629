package io.vsring.test.simulation;

import io.vsring.ConfigurationChange;
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
    private boolean formed;

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
        attempts[slot]++;
        if (attempts[slot] == 2) {
            cluster.coverage().saw(Sometimes.PROPOSED_RING_NOT_INSTALLED);
        } else if (attempts[slot] == 3) {
            cluster.coverage().saw(Sometimes.TWO_PROPOSED_RINGS_NOT_INSTALLED);
        }
    }

    void installed(SimulatedMember member, ConfigurationChange change) {
        if (change.configuration().isTransitional()) {
            return;
        }
        attempts[member.slot()] = 0;
        if (formed) {
            cluster.coverage().saw(Sometimes.CONFIGURATION_AFTER_FORMATION);
        }
        formed |= change.configuration().members().size() == cluster.shape().slots();
    }
}
