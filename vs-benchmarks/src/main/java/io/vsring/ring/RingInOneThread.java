package io.vsring.ring;

import io.vsring.ConfigurationChange;
import io.vsring.Delivery;
import io.vsring.MemberAddress;
import io.vsring.transport.LoopThread;
import io.vsring.transport.Transport;
import io.vsring.transport.TransportCounters;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/**
 * Three whole members without sockets and threads, on virtual time: all that lies between the offer of a message and
 * the handlers, and nothing else. Nothing is lost, nothing takes time, and what carries the datagrams allocates
 * nothing.
 */
final class RingInOneThread {

    private static final int SIZE = 3;
    private static final int DATAGRAM_BYTES_MAX = 2048;
    private static final long INCARNATIONS = 0x5EED_0000_0000L;
    private static final int FORMATION_STEPS_MAX = 1_000_000;

    private record Later(long at, Runnable task) {}

    private final Map<MemberAddress, Seat> seats = new LinkedHashMap<>();
    private final List<Ring> rings = new ArrayList<>();
    private final ArrayDeque<Runnable> tasks = new ArrayDeque<>();
    private final PriorityQueue<Later> later = new PriorityQueue<>((one, other) -> Long.compare(one.at, other.at));
    private final ArrayDeque<ByteBuffer> spare = new ArrayDeque<>();
    private long nowNanos = 1_000_000_000_000L;
    private long delivered;

    /** Starts three members and lets time pass until they are one ring. */
    RingInOneThread() {
        for (int slot = 1; slot <= SIZE; slot++) {
            Seat seat = new Seat(MemberAddress.ofIpv4(0x7F00_0001, 1000 + slot));
            seats.put(seat.address, seat);
            rings.add(RingAssembly.assemble(
                    RingOptions.builder()
                            .memberId(slot)
                            .seeds("127.0.0.1:1001-1003")
                            .build(),
                    new RingAssembly.Surroundings(
                            seat,
                            new Loop(),
                            new Loop(),
                            Loop::new,
                            new ClockRingSequenceStore(0),
                            INCARNATIONS + 7919L * slot,
                            slot,
                            new Random(slot)),
                    seat,
                    List.of()));
        }
        for (Ring ring : rings) {
            var unused = ring.start(); // isFormed tells
        }
        for (int steps = 0; !isFormed(); steps++) {
            if (steps == FORMATION_STEPS_MAX) {
                throw new IllegalStateException("three members did not find each other in " + steps + " steps");
            }
            step();
        }
    }

    private boolean isFormed() {
        return rings.stream().allMatch(ring -> ring.status().members().size() == SIZE);
    }

    Ring member(int index) {
        return rings.get(index);
    }

    /** Messages that were handed to the handlers of all members so far. */
    long delivered() {
        return delivered;
    }

    /** Goes on until so many messages have been handed to handlers. */
    void runUntilDelivered(long messages) {
        while (delivered < messages) {
            step();
        }
    }

    /** One task; if there is none, time passes until the next timer. */
    private void step() {
        Runnable task = tasks.poll();
        if (task == null) {
            Later next = later.remove();
            nowNanos = Math.max(nowNanos, next.at);
            task = next.task;
        }
        task.run();
    }

    private final class Loop implements LoopThread {

        @Override
        public void execute(Runnable task) {
            tasks.add(task);
        }

        @Override
        public Scheduled schedule(Runnable task, long delayNanos) {
            Later wanted = new Later(nowNanos + delayNanos, task);
            later.add(wanted);
            return () -> later.remove(wanted);
        }

        @Override
        public long nanoTime() {
            return nowNanos;
        }

        @Override
        public boolean isCurrent() {
            return true;
        }

        @Override
        public void whenEnded(Runnable task) {
            // it does not end
        }

        @Override
        public void close() {
            // as above
        }
    }

    /** Where a member sits: its socket and its handler. */
    private final class Seat implements Transport, RingHandler {

        private final MemberAddress address;
        private final TransportCounters counters = new TransportCounters();
        private final ArrayDeque<ByteBuffer> socket = new ArrayDeque<>();
        private final ArrayDeque<MemberAddress> sources = new ArrayDeque<>();
        private final Runnable read = this::drain;
        private @Nullable Receiver receiver;

        Seat(MemberAddress address) {
            this.address = address;
        }

        @Override
        public void onMessage(Delivery delivery) {
            delivered++;
        }

        @Override
        public void onConfigurationChange(ConfigurationChange change) {
            // the ring forms once
        }

        @Override
        public MemberAddress advertised() {
            return address;
        }

        @Override
        public long receiveBufferBytes() {
            return 4 << 20;
        }

        @Override
        public TransportCounters counters() {
            return counters;
        }

        @Override
        public void start(Receiver opened) {
            receiver = opened;
        }

        @Override
        public void send(MemberAddress destination, ByteBuffer bytes) {
            Seat there = seats.get(destination);
            if (there != null && there.receiver != null) {
                ByteBuffer copy = spare.poll();
                copy = copy != null ? copy : ByteBuffer.allocateDirect(DATAGRAM_BYTES_MAX);
                copy.clear().put(0, bytes, bytes.position(), bytes.remaining()).limit(bytes.remaining());
                if (there.socket.isEmpty()) {
                    tasks.add(there.read);
                }
                there.socket.add(copy);
                there.sources.add(address);
            }
        }

        @Override
        public void sendWatched(MemberAddress destination, ByteBuffer bytes) {
            send(destination, bytes);
        }

        @Override
        public void broadcast(List<MemberAddress> peers, ByteBuffer bytes) {
            for (int i = 0; i < peers.size(); i++) {
                send(peers.get(i), bytes);
            }
        }

        @Override
        public void flush() {
            // nothing waits
        }

        @Override
        public void drain() {
            Receiver open = receiver;
            int datagrams = socket.size();
            if (open == null || datagrams == 0) {
                return;
            }
            for (int i = 0; i < datagrams; i++) {
                ByteBuffer bytes = socket.remove();
                open.onDatagram(sources.remove(), bytes);
                spare.push(bytes);
            }
            open.onBatchEnd();
            if (!socket.isEmpty()) {
                tasks.add(read);
            }
        }

        @Override
        public void close() {
            receiver = null;
        }
    }
}
