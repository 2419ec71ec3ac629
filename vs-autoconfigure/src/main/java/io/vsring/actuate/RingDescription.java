package io.vsring.actuate;

import io.vsring.Member;
import io.vsring.replicated.PrimaryStatus;
import io.vsring.replicated.ReplicatedMap;
import io.vsring.replicated.ReplicatedObjects;
import io.vsring.ring.Ring;
import io.vsring.ring.RingClosedException;
import io.vsring.ring.RingOptions;
import io.vsring.ring.RingStatistics;
import io.vsring.ring.RingStatus;
import io.vsring.spring.RingListenerRegistry;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;

/**
 * Describes a member and what it sees of its ring. Asks nobody else, and waits for nothing. Any thread.
 *
 * @since 0.1
 */
public final class RingDescription {

    private static final long NANOS_PER_MILLI = 1_000_000;

    private final ReplicatedObjects objects;
    private final RingOptions options;
    private final RingListenerRegistry listeners;
    private final RingHistory history;
    private final Iterable<ReplicatedMap<?, ?>> maps;
    private final RingKeys keys;

    /**
     * Of whatever member is behind these objects when it is asked.
     *
     * @param maps whose sizes are shown
     * @param keys what becomes of those of the member
     */
    public RingDescription(
            ReplicatedObjects objects,
            RingOptions options,
            RingListenerRegistry listeners,
            RingHistory history,
            Iterable<ReplicatedMap<?, ?>> maps,
            RingKeys keys) {
        this.objects = objects;
        this.options = options;
        this.listeners = listeners;
        this.history = history;
        this.maps = maps;
        this.keys = keys;
    }

    /** As of now. */
    public RingDescriptor describe() {
        try {
            return running();
        } catch (RingClosedException none) {
            return RingDescriptor.notRunning(options.clusterName(), listeners.listeners(), history.entries());
        }
    }

    private RingDescriptor running() {
        Ring ring = objects.ring();
        PrimaryStatus primary = objects.status();
        RingStatus status = ring.status();
        RingStatistics counted = ring.statistics();
        return new RingDescriptor(
                options.clusterName(),
                status.state().name(),
                primary.isPrimary(),
                new RingDescriptor.LocalMember(
                        status.local().id().toString(), status.local().address().toString()),
                configuration(status),
                new RingDescriptor.Component(primary.state(), primary.label(), RingHistory.names(primary.members())),
                messages(counted),
                new RingDescriptor.Backlog(
                        counted.sendQueueBytes(), counted.deliveryLaneFrames(), counted.windowFrames()),
                token(ring, counted),
                frames(counted),
                network(counted, ring.receiveDrops()),
                RingSecurity.of(ring, keys),
                changes(counted),
                sizes(),
                objects.locks().size(),
                listeners.listeners(),
                history.entries());
    }

    private static RingDescriptor.Configuration configuration(RingStatus status) {
        List<RingDescriptor.OtherMember> members = new ArrayList<>();
        for (Member each : status.members()) {
            members.add(new RingDescriptor.OtherMember(
                    each.id().toString(),
                    each.address().toString(),
                    each.id().equals(status.local().id())));
        }
        return new RingDescriptor.Configuration(
                status.configuration().ringId().toString(),
                status.configuration().ringId().representative().toString(),
                members);
    }

    private static RingDescriptor.Messages messages(RingStatistics counted) {
        return new RingDescriptor.Messages(
                counted.messagesAccepted(),
                counted.messagesRefused(),
                counted.messagesSent(),
                counted.messagesDelivered(),
                counted.handlerFailures());
    }

    private static RingDescriptor.Token token(Ring ring, RingStatistics counted) {
        return new RingDescriptor.Token(
                counted.tokenVisits(),
                counted.tokensRetransmitted(),
                counted.tokensHeld(),
                ring.hasSeenToken(ring.agreedTokenLoss()),
                ring.agreedTokenLoss().toMillis());
    }

    private static RingDescriptor.Frames frames(RingStatistics counted) {
        return new RingDescriptor.Frames(
                counted.framesSent(),
                counted.framesRepaired(),
                counted.framesRequested(),
                counted.framesRecovered(),
                counted.framesSkipped(),
                counted.framesDelivered());
    }

    private static RingDescriptor.Network network(RingStatistics counted, OptionalLong receiveDrops) {
        return new RingDescriptor.Network(
                counted.transport(),
                counted.datagramsReceived(),
                counted.bytesReceived(),
                counted.datagramsSent(),
                counted.bytesSent(),
                counted.sendFailures(),
                counted.sendDrops(),
                counted.unreachable(),
                counted.oversized(),
                counted.receiveBufferBytes(),
                receiveDrops.isPresent() ? receiveDrops.getAsLong() : null,
                counted.drops(),
                counted.malformed(),
                counted.rejected(),
                counted.openedByKey());
    }

    private static RingDescriptor.Changes changes(RingStatistics counted) {
        return new RingDescriptor.Changes(
                counted.configurations(),
                counted.gathers(),
                counted.expulsions(),
                counted.pauses(),
                counted.pausedNanos() / NANOS_PER_MILLI);
    }

    private List<RingDescriptor.MapSize> sizes() {
        List<RingDescriptor.MapSize> sizes = new ArrayList<>();
        maps.forEach(map -> sizes.add(new RingDescriptor.MapSize(map.name(), map.size())));
        return sizes;
    }
}
