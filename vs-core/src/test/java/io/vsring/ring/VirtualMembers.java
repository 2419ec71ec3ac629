package io.vsring.ring;

import io.vsring.MemberAddress;
import io.vsring.transport.Transport;
import io.vsring.transport.TransportCounters;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Predicate;

/** A few members on virtual time and a perfect network, stepped by the millisecond; any of them can be frozen. */
final class VirtualMembers {

    private static final long MILLI = 1_000_000;

    private final int earlierStarts;

    VirtualMembers() {
        this(0);
    }

    /** @param earlierStarts how often each member has been started before */
    VirtualMembers(int earlierStarts) {
        this.earlierStarts = earlierStarts;
    }

    /** One member and all that it stands on. */
    final class Virtual implements Transport {

        final VirtualLoop loop = new VirtualLoop();
        final VirtualLoop delivery = new VirtualLoop();
        final VirtualLoop asking = new VirtualLoop();
        final RecordingHandler handler = new RecordingHandler();
        final MemberAddress address;
        final TransportCounters counters = new TransportCounters();
        final ArrayDeque<byte[]> socket = new ArrayDeque<>();
        Predicate<byte[]> loses = datagram -> false;
        Ring ring;
        Predicate<byte[]> overtakes = datagram -> false;
        Runnable onDrain = () -> {};
        Runnable onClose = () -> {};
        boolean frozen;
        int flushes;
        int closes;
        private Receiver receiver;
        private boolean readable;

        Virtual(int slot) {
            this.address = MemberAddress.ofIpv4(0x7F000001, 7000 + slot);
        }

        @Override
        public MemberAddress advertised() {
            return address;
        }

        @Override
        public long receiveBufferBytes() {
            return 1 << 20;
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
            byte[] copy = new byte[bytes.remaining()];
            bytes.duplicate().get(copy);
            Virtual there = byAddress.get(destination);
            if (there != null && !there.loses.test(copy)) {
                there.arrives(copy);
            }
        }

        @Override
        public void sendWatched(MemberAddress destination, ByteBuffer bytes) {
            send(destination, bytes);
        }

        @Override
        public void broadcast(List<MemberAddress> peers, ByteBuffer bytes) {
            peers.forEach(peer -> send(peer, bytes));
        }

        @Override
        public void flush() {
            flushes++;
        }

        @Override
        public void drain() {
            onDrain.run();
            read(256);
        }

        @Override
        public void close() {
            closes++;
            onClose.run();
            receiver = null;
        }

        /** Puts a datagram into the socket. */
        void arrives(byte[] datagram) {
            if (overtakes.test(datagram)) {
                socket.addFirst(datagram);
            } else {
                socket.add(datagram);
            }
            if (!readable) {
                readable = true;
                loop.execute(() -> {
                    readable = false;
                    read(64);
                    if (!socket.isEmpty()) {
                        arrives(socket.pollLast());
                    }
                });
            }
        }

        private void read(int limit) {
            int read = 0;
            while (receiver != null && read < limit && !socket.isEmpty()) {
                receiver.onDatagram(address, ByteBuffer.wrap(socket.poll()));
                read++;
            }
            if (receiver != null && read > 0) {
                receiver.onBatchEnd();
            }
        }
    }

    private final Map<MemberAddress, Virtual> byAddress = new LinkedHashMap<>();
    final List<Virtual> members = new ArrayList<>();

    Virtual add(RingOptionsBuilder options, RingObserver... observers) {
        Virtual member = new Virtual(members.size() + 1);
        byAddress.put(member.address, member);
        members.add(member);
        RingSequenceStore store = new ClockRingSequenceStore(0);
        RingAssembly.Surroundings surroundings = new RingAssembly.Surroundings(
                member,
                member.loop,
                member.delivery,
                () -> member.asking,
                store,
                earlierStarts + members.size(),
                members.size(),
                new Random(earlierStarts + members.size()));
        if (options.seedProvider == null) {
            options.seeds("127.0.0.1:7001-7003");
        }
        if (options.memberId == 0) {
            options.memberId(members.size());
        }
        member.ring = RingAssembly.assemble(options.build(), surroundings, member.handler, List.of(observers));
        return member;
    }

    void pass(long millis) {
        for (long i = 0; i < millis; i++) {
            for (Virtual member : members) {
                if (member.frozen) {
                    member.loop.freeze(MILLI);
                    member.delivery.freeze(MILLI);
                } else {
                    member.loop.pass(MILLI);
                    member.delivery.pass(MILLI);
                    member.asking.pass(MILLI);
                }
            }
        }
    }
}
