package io.vsring.ring;

import io.vsring.MemberAddress;
import io.vsring.protocol.TotemProtocol;
import io.vsring.security.Envelope;
import io.vsring.wire.DataFrame;
import io.vsring.wire.Datagram;
import io.vsring.wire.DatagramCodec;
import io.vsring.wire.MalformedDatagramException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/**
 * Turns what the socket brings into datagrams and hands them to the protocol in the order that is best for it: within
 * one reading of the socket, data goes before all else, as long as that is not too much. Loop thread only.
 */
final class DatagramIntake {

    /** More than one reading of the socket ever brings of what is not data, but for a flood. */
    static final int HELD_MAX = 256;

    private record Held(Datagram datagram, MemberAddress source) {}

    private final Envelope envelope;
    private final DatagramCodec codec;
    private final TotemProtocol protocol;
    private final RingCounters counters;
    private final RingLog log;
    private final List<Held> held = new ArrayList<>();
    private boolean distrustful;
    private long received;

    DatagramIntake(Envelope envelope, DatagramCodec codec, TotemProtocol protocol, RingCounters counters, RingLog log) {
        this.envelope = envelope;
        this.codec = codec;
        this.protocol = protocol;
        this.counters = counters;
        this.log = log;
    }

    /** Datagrams that have come since the start, of whatever kind. */
    long received() {
        return received;
    }

    void receive(MemberAddress source, ByteBuffer bytes, long nowNanos) {
        received++;
        counters.increment(LoopCount.DATAGRAMS_RECEIVED);
        counters.add(LoopCount.BYTES_RECEIVED, bytes.remaining());
        ByteBuffer content = envelope.open(source, bytes, nowNanos);
        if (content == null) {
            return;
        }
        Datagram datagram;
        try {
            datagram = codec.decode(content);
        } catch (MalformedDatagramException wrong) {
            counters.malformed(wrong.reason());
            log.malformed(wrong, source, nowNanos);
            return;
        }
        if (datagram instanceof DataFrame) {
            protocol.onDatagram(datagram, source, nowNanos);
        } else if (distrustful) {
            counters.increment(LoopCount.DROPPED_AFTER_PAUSE);
        } else {
            if (held.size() == HELD_MAX) {
                handleHeld(nowNanos);
            }
            held.add(new Held(datagram, source));
        }
    }

    /** How many wait for {@link #handleHeld}. */
    int held() {
        return held.size();
    }

    /** Whether something waits for {@link #handleHeld}. */
    boolean holds() {
        return !held.isEmpty();
    }

    /** Hands over what is not data, in the order in which it came. */
    void handleHeld(long nowNanos) {
        for (int i = 0; i < held.size(); i++) {
            Held next = held.get(i);
            protocol.onDatagram(next.datagram(), next.source(), nowNanos);
        }
        held.clear();
    }

    /** From now on, and for what is held already: only data is believed. */
    void distrust() {
        distrustful = true;
        counters.add(LoopCount.DROPPED_AFTER_PAUSE, held.size());
        held.clear();
    }

    /** From now on everything is believed again. */
    void trust() {
        distrustful = false;
    }
}
