package io.vsring.test.simulation;

import io.vsring.MemberAddress;
import io.vsring.test.simulation.NetworkWatcher.Fate;
import io.vsring.transport.Transport;
import io.vsring.transport.TransportCounters;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One member's socket: a receive buffer of limited size in front of its loop.
 *
 * <p>What is sent waits for the flush, as the contract allows: a member that forgets to flush stays silent.
 */
final class SimulatedTransport implements Transport, EventQueue.Target, SimulatedLoop.Input {
    private static final int BATCH_MAX = 256;
    private static final int OVERHEAD_BYTES = 512; // what a system counts for each datagram besides its bytes

    /** A datagram that waits for the flush. */
    private record Outgoing(Packet packet, MemberAddress destination) {}

    private final SimulatedNetwork network;
    private final int slot;
    private final MemberAddress address;
    private final SimulatedLoop loop;
    private final TransportCounters counters = new TransportCounters();
    private int bufferBytes;
    private int bufferedBytes;
    private final ArrayDeque<Packet> inbox = new ArrayDeque<>();
    private final List<Outgoing> outgoing = new ArrayList<>();
    private @Nullable Receiver receiver;
    private @Nullable WatchedEnvelope envelope;
    private boolean closed;
    private boolean reading;

    SimulatedTransport(SimulatedNetwork network, int slot, SimulatedLoop loop, int bufferBytes) {
        this.network = network;
        this.slot = slot;
        this.address = SimulatedNetwork.addressOf(slot);
        this.loop = loop;
        this.bufferBytes = bufferBytes;
        loop.reads(this);
    }

    int slot() {
        return slot;
    }

    /** Another size of the receive buffer from now on. */
    void bufferBytes(int bytes) {
        bufferBytes = bytes;
    }

    /** What it sends and receives goes through this. */
    void watches(WatchedEnvelope around) {
        envelope = around;
    }

    @Override
    public void happen(@Nullable Object what) {
        if (closed) {
            return;
        }
        if (what instanceof Packet packet) {
            arrived(packet);
        } else if (what instanceof MemberAddress silent) {
            loop.execute(() -> unreachable(silent));
        }
    }

    private void arrived(Packet packet) {
        int size = packet.bytes().length + OVERHEAD_BYTES;
        if (receiver == null || bufferedBytes + size > bufferBytes) {
            network.watcher().saw(Fate.OVERFLOWED, packet, slot);
            return;
        }
        bufferedBytes += size;
        inbox.add(packet);
        loop.inputArrived();
    }

    private void unreachable(MemberAddress silent) {
        Receiver to = receiver;
        if (to != null && !closed) {
            to.onUnreachable(silent);
        }
    }

    @Override
    public int read() {
        Receiver to = receiver;
        if (to == null || reading) {
            return 0;
        }
        reading = true;
        int count = 0;
        while (count < BATCH_MAX && !closed) {
            Packet packet = inbox.poll();
            if (packet == null) {
                break;
            }
            count++;
            bufferedBytes -= packet.bytes().length + OVERHEAD_BYTES;
            network.watcher().saw(Fate.ARRIVED, packet, slot);
            if (envelope != null) {
                envelope.arrives(packet);
            }
            to.onDatagram(packet.source(), ByteBuffer.wrap(packet.bytes()));
        }
        if (count > 0 && !closed) {
            to.onBatchEnd();
        }
        if (!inbox.isEmpty() && !closed) {
            loop.inputArrived();
        }
        reading = false;
        return count;
    }

    @Override
    public MemberAddress advertised() {
        return address;
    }

    @Override
    public long receiveBufferBytes() {
        return bufferBytes;
    }

    @Override
    public TransportCounters counters() {
        return counters;
    }

    @Override
    public void start(Receiver to) {
        receiver = to;
    }

    @Override
    public void send(MemberAddress destination, ByteBuffer bytes) {
        if (!closed) {
            outgoing.add(new Outgoing(packetOf(bytes), destination));
        }
    }

    @Override
    public void sendWatched(MemberAddress destination, ByteBuffer bytes) {
        if (!closed) {
            network.send(packetOf(bytes), destination, this);
        }
    }

    @Override
    public void broadcast(List<MemberAddress> peers, ByteBuffer bytes) {
        if (closed) {
            return;
        }
        Packet packet = packetOf(bytes);
        for (MemberAddress peer : peers) {
            outgoing.add(new Outgoing(packet, peer));
        }
    }

    private Packet packetOf(ByteBuffer bytes) {
        byte[] copy = new byte[bytes.remaining()];
        bytes.get(bytes.position(), copy);
        return network.packet(slot, copy, envelope == null ? copy : envelope.contentOf(copy));
    }

    @Override
    public void flush() {
        for (int index = 0; index < outgoing.size() && !closed; index++) {
            Outgoing next = outgoing.get(index);
            network.send(next.packet(), next.destination(), null, loop.sends(network.sendNanos()));
        }
        outgoing.clear();
    }

    @Override
    public void drain() {
        read();
    }

    @Override
    public void close() {
        closed = true;
        inbox.clear();
        network.close(this);
    }
}
