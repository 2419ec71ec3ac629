package io.vsring.test.spring;

import io.vsring.MemberAddress;
import io.vsring.transport.LoopThread;
import io.vsring.transport.Transport;
import io.vsring.transport.TransportCounters;
import java.nio.ByteBuffer;
import java.util.List;

/** A member's place in an {@link EmbeddedNetwork}: loses what cannot get through. */
final class EmbeddedTransport implements Transport {

    private final EmbeddedNetwork network;
    private final int number;
    private final LoopThread loop;
    private final Transport wire;
    private volatile boolean dead;

    EmbeddedTransport(EmbeddedNetwork network, int number, LoopThread loop, Transport wire) {
        this.network = network;
        this.number = number;
        this.loop = loop;
        this.wire = wire;
    }

    /** Of the member. */
    int number() {
        return number;
    }

    /** Nothing is sent any more, and the thread of the member ends. Any thread. */
    void kill() {
        dead = true;
        loop.close();
    }

    @Override
    public MemberAddress advertised() {
        return wire.advertised();
    }

    @Override
    public long receiveBufferBytes() {
        return wire.receiveBufferBytes();
    }

    @Override
    public TransportCounters counters() {
        return wire.counters();
    }

    @Override
    public void start(Receiver receiver) {
        wire.start(receiver);
    }

    @Override
    public void send(MemberAddress destination, ByteBuffer bytes) {
        if (carries(destination)) {
            wire.send(destination, bytes);
        }
    }

    @Override
    public void sendWatched(MemberAddress destination, ByteBuffer bytes) {
        if (carries(destination)) {
            wire.sendWatched(destination, bytes);
        }
    }

    @Override
    public void broadcast(List<MemberAddress> peers, ByteBuffer bytes) {
        for (MemberAddress peer : peers) {
            send(peer, bytes);
        }
    }

    private boolean carries(MemberAddress destination) {
        return !dead && network.carries(number, destination);
    }

    @Override
    public void flush() {
        wire.flush();
    }

    @Override
    public void drain() {
        wire.drain();
    }

    @Override
    public void close() {
        wire.close();
        network.unplug(this);
    }
}
