package io.vsring.ring;

import io.vsring.protocol.DropReason;
import io.vsring.protocol.GatherReason;
import io.vsring.protocol.ProtocolCounters;
import io.vsring.protocol.RingView;
import io.vsring.security.Rejection;
import io.vsring.transport.Transport;
import io.vsring.transport.TransportCounters;
import io.vsring.wire.MalformedDatagramException;
import java.nio.ByteBuffer;
import java.util.Map;

/** All that a member counts: written on the loop thread, but for {@link #delivered}, and read by any. */
final class RingCounters {

    private final TransportCounters transport;
    private final Counters<LoopCount> loop = new Counters<>(LoopCount.class);
    private final Counters<GatherReason> gathers = new Counters<>(GatherReason.class);
    private final Counters<DropReason> drops = new Counters<>(DropReason.class);
    private final Counters<MalformedDatagramException.Reason> malformed =
            new Counters<>(MalformedDatagramException.Reason.class);
    private final Counters<Rejection> rejections = new Counters<>(Rejection.class);
    private final KeyCounters byKey = new KeyCounters();
    private final Counters<DeliveryCount> delivered = new Counters<>(DeliveryCount.class);

    RingCounters(TransportCounters transport) {
        this.transport = transport;
    }

    void increment(LoopCount count) {
        loop.increment(count);
    }

    void add(LoopCount count, long amount) {
        loop.add(count, amount);
    }

    /** A message got its number. */
    void accepted(Mail mail) {
        increment(LoopCount.MESSAGES_ACCEPTED);
        add(LoopCount.BYTES_ACCEPTED, mail.message().bytes().length);
    }

    void gathered(GatherReason reason) {
        gathers.increment(reason);
    }

    void dropped(DropReason reason) {
        drops.increment(reason);
    }

    void sent(ByteBuffer datagram) {
        increment(LoopCount.DATAGRAMS_SENT);
        add(LoopCount.BYTES_SENT, datagram.remaining());
    }

    void rejected(Rejection reason) {
        rejections.increment(reason);
    }

    void opened(int keyId) {
        byKey.increment(keyId);
    }

    void malformed(MalformedDatagramException.Reason reason) {
        malformed.increment(reason);
    }

    /** What the delivery thread counts. */
    Counters<DeliveryCount> delivered() {
        return delivered;
    }

    /** Shows what the protocol has counted for itself, and how far its ring is. */
    void show(ProtocolCounters protocol, RingView ring) {
        loop.set(LoopCount.TOKEN_VISITS, protocol.tokenVisits());
        loop.set(LoopCount.TOKENS_RETRANSMITTED, protocol.tokensRetransmitted());
        loop.set(LoopCount.TOKENS_HELD, protocol.tokensHeld());
        loop.set(LoopCount.FRAMES_SENT, protocol.framesNumbered());
        loop.set(LoopCount.FRAMES_REPAIRED, protocol.framesRepaired());
        loop.set(LoopCount.FRAMES_REQUESTED, protocol.framesRequested());
        loop.set(LoopCount.FRAMES_RECOVERED, protocol.framesRecovered());
        loop.set(LoopCount.FRAMES_SKIPPED, protocol.framesSkipped());
        loop.set(LoopCount.CONFIGURATIONS, protocol.configurations());
        loop.set(LoopCount.DELIVERED_SEQUENCE, ring.delivered());
        loop.set(LoopCount.SAFE_SEQUENCE, ring.safeLine());
        loop.set(LoopCount.WINDOW_FRAMES, ring.windowFrames());
    }

    /** With those that the transport has recognized, so that the protocol never saw them. */
    private Map<String, Long> drops() {
        Map<String, Long> all = drops.toMap();
        add(all, DropReason.OWN, transport.own());
        add(all, DropReason.NOT_FOR_US, transport.checks());
        return all;
    }

    private static void add(Map<String, Long> all, DropReason reason, long more) {
        if (more > 0) {
            all.merge(reason.name(), more, Long::sum);
        }
    }

    /** The picture of now. Any thread. */
    RingStatistics snapshot(Mailbox mailbox, DeliveryLane lane, Fills fills, Transport carrier) {
        return new RingStatistics(
                loop.get(LoopCount.MESSAGES_ACCEPTED),
                loop.get(LoopCount.BYTES_ACCEPTED),
                mailbox.refusals(),
                loop.get(LoopCount.MESSAGES_SENT),
                delivered.get(DeliveryCount.MESSAGES),
                delivered.get(DeliveryCount.BYTES),
                delivered.get(DeliveryCount.HANDLER_FAILURES),
                loop.get(LoopCount.FRAMES_SENT),
                loop.get(LoopCount.FRAMES_REPAIRED),
                loop.get(LoopCount.FRAMES_REQUESTED),
                loop.get(LoopCount.FRAMES_RECOVERED),
                loop.get(LoopCount.FRAMES_SKIPPED),
                delivered.get(DeliveryCount.FRAMES),
                loop.get(LoopCount.TOKEN_VISITS),
                loop.get(LoopCount.TOKENS_RETRANSMITTED),
                loop.get(LoopCount.TOKENS_HELD),
                loop.get(LoopCount.DATAGRAMS_RECEIVED),
                loop.get(LoopCount.BYTES_RECEIVED),
                loop.get(LoopCount.DATAGRAMS_SENT),
                loop.get(LoopCount.BYTES_SENT),
                loop.get(LoopCount.CONFIGURATIONS),
                loop.get(LoopCount.EXPULSIONS),
                loop.get(LoopCount.PAUSES),
                loop.get(LoopCount.PAUSED_NANOS),
                loop.get(LoopCount.DROPPED_AFTER_PAUSE),
                loop.get(LoopCount.UNREACHABLE),
                transport.sendFailures(),
                transport.sendDrops(),
                transport.segmentationRefusals(),
                transport.oversized(),
                transport.withoutSource(),
                loop.get(LoopCount.DELIVERED_SEQUENCE),
                loop.get(LoopCount.SAFE_SEQUENCE),
                mailbox.bytes(),
                lane.frames(),
                (int) loop.get(LoopCount.WINDOW_FRAMES),
                carrier.receiveBufferBytes(),
                carrier.description(),
                fills.toMap(),
                gathers.toMap(),
                drops(),
                malformed.toMap(),
                rejections.toMap(),
                byKey.toMap());
    }
}
