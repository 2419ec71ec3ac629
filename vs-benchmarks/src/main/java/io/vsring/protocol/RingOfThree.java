package io.vsring.protocol;

import io.vsring.ConfigurationChange;
import io.vsring.Guarantee;
import io.vsring.Member;
import io.vsring.MemberAddress;
import io.vsring.MemberId;
import io.vsring.RingId;
import io.vsring.wire.DataFrame;
import io.vsring.wire.Datagram;
import io.vsring.wire.FramePool;
import io.vsring.wire.OutgoingMessage;
import io.vsring.wire.Token;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import org.jspecify.annotations.Nullable;

/**
 * Three members of one ring without network, codec and threads: datagrams are handed over as objects, on virtual time.
 *
 * <p>Fair weather only: nothing is lost, everything takes no time.
 */
final class RingOfThree {

    private static final int SIZE = 3;
    private static final byte[] GROUP = "load".getBytes(StandardCharsets.UTF_8);
    private static final int FORMATION_STEPS_MAX = 100_000;

    private record Parcel(Neighbour to, MemberAddress from, Datagram datagram) {}

    private record Deadline(long nanos, Neighbour whose, Timer timer) {}

    private final List<Neighbour> members = new ArrayList<>();
    private final ArrayDeque<Parcel> wire = new ArrayDeque<>();
    private final PriorityQueue<Deadline> deadlines =
            new PriorityQueue<>((one, other) -> Long.compare(one.nanos(), other.nanos()));
    private long nowNanos;

    /** Starts three members and lets time pass until they are one ring. */
    RingOfThree() {
        List<MemberAddress> addresses = new ArrayList<>();
        for (int index = 0; index < SIZE; index++) {
            addresses.add(MemberAddress.ofIpv4(0x7F00_0001, 1000 + index));
        }
        for (int index = 0; index < SIZE; index++) {
            members.add(new Neighbour(index + 1, addresses));
        }
        members.forEach(member -> member.protocol.start(nowNanos));
        for (int steps = 0; !isFormed(); steps++) {
            if (steps == FORMATION_STEPS_MAX) {
                throw new IllegalStateException("three members did not find each other in " + steps + " steps");
            }
            step();
        }
    }

    private boolean isFormed() {
        return members.stream()
                .allMatch(member -> member.protocol.view().members().size() == SIZE
                        && member.protocol.state() == StateName.OPERATIONAL);
    }

    private void step() {
        Parcel parcel = wire.poll();
        if (parcel != null) {
            parcel.to().protocol.onDatagram(parcel.datagram(), parcel.from(), nowNanos);
            return;
        }
        Deadline next = deadlines.remove();
        if (next.whose().isDue(next)) {
            nowNanos = Math.max(nowNanos, next.nanos());
            next.whose().protocol.onTimer(next.timer(), nowNanos);
        }
    }

    /** Every member submits so many messages; none is sent before the next {@link #rotation}. */
    void submit(int messages, byte[] bytes) {
        for (Neighbour member : members) {
            for (int count = 0; count < messages; count++) {
                member.submitted++;
                member.protocol.submit(new OutgoingMessage(member.submitted, GROUP, Guarantee.AGREED, bytes));
            }
        }
    }

    /** Lets the token go round once: three visits, and the frames that they send. */
    void rotation() {
        members.get(0).protocol.onSubmitted(nowNanos);
        for (int visits = 0; visits < SIZE; ) {
            Parcel parcel = wire.peek();
            if (parcel == null) {
                step();
                continue;
            }
            visits += parcel.datagram() instanceof Token ? 1 : 0;
            step();
        }
    }

    /** Frames handed to the applications of all members so far. */
    long delivered() {
        long sum = 0;
        for (Neighbour member : members) {
            sum += member.delivered;
        }
        return sum;
    }

    private final class Neighbour implements Effects {

        private final MemberAddress address;
        private final Map<Timer, Long> due = new EnumMap<>(Timer.class);
        private final TotemProtocol protocol;
        private final FramePool frames = new FramePool();
        private long submitted;
        private long delivered;

        Neighbour(int id, List<MemberAddress> seeds) {
            this.address = seeds.get(id - 1);
            this.protocol = new TotemProtocol(
                    new Member(new MemberId(id, 77 + id), address), ProtocolOptions.defaults(), this, 1, id);
            protocol.onSeeds(seeds);
        }

        boolean isDue(Deadline deadline) {
            return due.getOrDefault(deadline.timer(), 0L) == deadline.nanos();
        }

        @Override
        public void broadcast(List<MemberAddress> peers, Datagram datagram) {
            for (Neighbour member : members) {
                if (member != this && peers.contains(member.address)) {
                    wire.add(new Parcel(member, address, datagram));
                }
            }
        }

        @Override
        public void sendTo(Member destination, Datagram datagram) {
            sendTo(destination.address(), datagram);
        }

        @Override
        public void sendWatched(Member destination, Datagram datagram) {
            sendWatched(destination.address(), datagram);
        }

        @Override
        public void sendTo(MemberAddress destination, Datagram datagram) {
            for (Neighbour member : members) {
                if (member.address.equals(destination)) {
                    wire.add(new Parcel(member, address, datagram));
                }
            }
        }

        @Override
        public void sendWatched(MemberAddress destination, Datagram datagram) {
            sendTo(destination, datagram);
        }

        @Override
        public FramePool frames() {
            return frames;
        }

        @Override
        public void released(DataFrame frame) {
            // the members share it: another one may still need it
        }

        @Override
        public void hasten() {}

        @Override
        public void sent(OutgoingMessage message, RingId ringId, long sequence, int index) {}

        @Override
        public void deliver(DataFrame frame) {
            delivered++;
        }

        @Override
        public void install(ConfigurationChange change, List<Member> members) {}

        @Override
        public int deliveryRoom() {
            return 4096;
        }

        @Override
        public long framesTaken() {
            return 0;
        }

        @Override
        public void arm(Timer timer, long delayNanos) {
            long at = nowNanos + delayNanos;
            if (timer != Timer.TOKEN_LOSS && timer != Timer.TOKEN_RETRANSMIT) {
                due.put(timer, at); // the others never run out in fair weather
                deadlines.add(new Deadline(at, this, timer));
            }
        }

        @Override
        public void disarm(Timer timer) {
            due.remove(timer);
        }

        @Override
        public void persist(long ringSequence) {}

        @Override
        public void entered(StateName from, StateName to, @Nullable GatherReason reason) {}

        @Override
        public void dropped(DropReason reason, Datagram datagram) {}

        @Override
        public void expelled(MemberId member, GatherReason reason) {}
    }
}
