package io.vsring.test.simulation;

import io.vsring.ConfigurationChange;
import io.vsring.Delivery;
import io.vsring.Guarantee;
import io.vsring.MemberId;
import io.vsring.MemberSet;
import io.vsring.Receipt;
import io.vsring.protocol.RingView;
import io.vsring.protocol.StateName;
import io.vsring.protocol.TotemProtocol;
import io.vsring.replicated.ReplicatedObjects;
import io.vsring.replicated.ReplicationListener;
import io.vsring.replicated.ReplicationOptions;
import io.vsring.ring.Outcome;
import io.vsring.ring.Ring;
import io.vsring.ring.RingAssembly;
import io.vsring.ring.RingClosedException;
import io.vsring.ring.RingHandler;
import io.vsring.ring.RingOptions;
import io.vsring.ring.RingSequenceStore;
import io.vsring.wire.Datagram;
import io.vsring.wire.DatagramCodec;
import io.vsring.wire.MalformedDatagramException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Three members and a fourth one that is free to lie: production rings on virtual time. Nobody judges what they
 * deliver, since nothing is promised where a member lies; but none of the three may end, hold more than it may, or be
 * unable to go on when the fourth one is silent.
 */
final class RingWithLiar {

    /** The slot of the one that lies. */
    static final int LIAR = 4;

    private static final long MILLI = 1_000_000;
    private static final long EPOCH_MILLIS = 1_700_000_000_000L;
    private static final int HEARD_MAX = 64;
    private static final int EVENTS_MAX = 4_000_000;
    private static final int LANE_FRAMES = 64;
    private static final int ROUNDS_MAX = 16;

    private final ClusterShape shape = new ClusterShape(LIAR, 100, 512, 20, 6, 3, LANE_FRAMES, 1 << 20);
    private final DatagramCodec codec = shape.codec();
    private final ByteBuffer buffer = ByteBuffer.allocate(1 << 16);
    private final EventQueue queue = new EventQueue();
    private final SimulatedNetwork network;
    private final Seed seed;
    private final boolean withObjects;
    private final Member[] members = new Member[LIAR + 1];
    private final List<Datagram> heard = new ArrayList<>();
    private long injected;

    RingWithLiar(long seed, boolean withObjects) {
        this.seed = new Seed(seed);
        this.withObjects = withObjects;
        this.network = new SimulatedNetwork(queue, this.seed.stream("network"), this::saw, LIAR);
        for (int slot = 1; slot <= LIAR; slot++) {
            members[slot] = new Member(slot);
        }
        for (int slot = 1; slot <= LIAR; slot++) {
            members[slot].start();
        }
    }

    /** Remembers what was said last: lies are better the more truth is in them. */
    private void saw(NetworkWatcher.Fate fate, Packet packet, int to) {
        if (fate != NetworkWatcher.Fate.SENT) {
            return;
        }
        Datagram datagram = decode(packet.content());
        if (datagram != null) {
            heard.add(datagram);
            if (heard.size() > HEARD_MAX) {
                heard.remove(0);
            }
        }
    }

    private @Nullable Datagram decode(byte[] bytes) {
        try {
            return codec.decode(ByteBuffer.wrap(bytes));
        } catch (MalformedDatagramException refused) {
            return null;
        }
    }

    List<Datagram> heard() {
        return heard;
    }

    Member member(int slot) {
        return members[slot];
    }

    /** Datagrams that were made up and sent. */
    long injected() {
        return injected;
    }

    /** The liar sends this, in its own name or that of another slot. False if no member could have sent it. */
    boolean inject(Datagram datagram, int from, int to) {
        byte[] bytes;
        try {
            buffer.clear();
            codec.encode(datagram, buffer);
            buffer.flip();
            bytes = new byte[buffer.remaining()];
            buffer.get(bytes);
        } catch (IllegalArgumentException impossible) {
            return false;
        }
        if (decode(bytes) == null) {
            return false;
        }
        injected++;
        network.send(network.packet(from, bytes, bytes), SimulatedNetwork.addressOf(to), null);
        return true;
    }

    /** Lets everything happen that happens in so long. */
    void runFor(long nanos) {
        goOn(nanos);
        requireNothingWrong();
    }

    private void goOn(long nanos) {
        long until = queue.now() + nanos;
        while (queue.next(until)) {
            if (queue.steps() > EVENTS_MAX) {
                throw new AssertionError("no end: " + queue.steps() + " events" + text());
            }
        }
    }

    /** Lets things happen until this holds; fails if it takes too long. */
    void runUntil(String what, BooleanSupplier holds) {
        boolean reached = goesOnUntil(4 * shape.progressBoundNanos(), holds);
        requireNothingWrong();
        require(reached, what);
    }

    private boolean goesOnUntil(long nanosMax, BooleanSupplier holds) {
        long until = queue.now() + nanosMax;
        while (!holds.getAsBoolean()) {
            if (queue.now() >= until) {
                return false;
            }
            goOn(5 * MILLI);
        }
        return true;
    }

    boolean areTogether(int slots) {
        for (int slot = 1; slot <= slots; slot++) {
            if (members[slot].protocol.state() != StateName.OPERATIONAL
                    || members[slot].configuration.size() != slots
                    || !members[slot].configuration.equals(members[1].configuration)) {
                return false;
            }
        }
        return true;
    }

    /** The fourth one is silent from now on; the three must find together and deliver what each of them sends. */
    void endWell() {
        members[LIAR].crash();
        for (int slot = 1; slot < LIAR; slot++) {
            members[slot].delivery.resume();
        }
        runUntil("a ring of the three", () -> areTogether(LIAR - 1));
        boolean deliver = false;
        for (int round = 0; round < ROUNDS_MAX && !deliver; round++) { // it may have spoilt the next few numbers
            deliver = allDeliver(("after all " + round).getBytes(StandardCharsets.US_ASCII));
        }
        require(deliver, "delivery among the three");
    }

    private boolean allDeliver(byte[] mark) {
        for (int slot = 1; slot < LIAR; slot++) {
            members[slot].awaits(mark);
            members[slot].offer(mark, Guarantee.SAFE);
        }
        return goesOnUntil(shape.progressBoundNanos(), () -> {
            for (int slot = 1; slot < LIAR; slot++) {
                if (members[slot].marks < LIAR - 1) {
                    return false;
                }
            }
            return areTogether(LIAR - 1);
        });
    }

    private void requireNothingWrong() {
        for (int slot = 1; slot < LIAR; slot++) {
            Member member = members[slot];
            if (member.ended) {
                throw new AssertionError("member " + slot + " ended", member.failure);
            }
            holdsNoMoreThanItMay(member, member.protocol.view());
            RingView proposed = member.protocol.proposedView();
            if (proposed != null) {
                holdsNoMoreThanItMay(member, proposed);
            }
        }
        require(queue.size() < 100_000, "few datagrams on their way");
    }

    private void holdsNoMoreThanItMay(Member member, RingView ring) {
        require(ring.highest() - ring.released() <= ring.storeFrames(), "a store that is not overfull");
        require(ring.members().size() <= 64, "a ring of 64 at most");
        require(member.protocol.queuedBytes() <= 4 << 20, "a bounded queue");
        require(member.ring.statistics().deliveryLaneFrames() <= LANE_FRAMES + ring.storeFrames(), "a bounded lane");
    }

    private void require(boolean holds, String what) {
        if (!holds) {
            throw new AssertionError("expected " + what + text());
        }
    }

    private String text() {
        StringBuilder text = new StringBuilder();
        for (int slot = 1; slot < LIAR; slot++) {
            Member member = members[slot];
            text.append("\n  ")
                    .append(member.id)
                    .append(' ')
                    .append(member.protocol.state())
                    .append(" on ")
                    .append(member.protocol.view().ringId())
                    .append(member.configuration)
                    .append(" gathered ")
                    .append(member.ring.statistics().gathers())
                    .append(" refused ")
                    .append(member.ring.statistics().malformed())
                    .append(" dropped ")
                    .append(member.ring.statistics().drops())
                    .append(" marks ")
                    .append(member.marks);
        }
        return text.toString();
    }

    /** A production ring, and an application that counts. */
    final class Member implements RingHandler, Outcome, RingSequenceStore {

        private final int slot;
        private final MemberId id;
        private final SimulatedLoop loop;
        private final SimulatedLoop delivery;
        private final SimulatedTransport transport;
        private final Ring ring;
        private final TotemProtocol protocol;
        private MemberSet configuration = MemberSet.of();
        private boolean ended;
        private boolean crashed;
        private @Nullable Throwable failure;
        private byte[] mark = {};
        private int marks;

        Member(int slot) {
            this.slot = slot;
            this.id = new MemberId(slot, 0x1000L + slot);
            Dice chance = seed.stream("member " + slot);
            this.loop = new SimulatedLoop(queue, chance);
            this.delivery = new SimulatedLoop(queue, chance);
            this.transport = network.open(slot, loop, shape.receiveBufferBytes());
            RingOptions options = shape.options(slot, slot, null);
            RingAssembly.Surroundings surroundings = new RingAssembly.Surroundings(
                    transport,
                    loop,
                    delivery,
                    () -> {
                        throw new IllegalStateException("seeds are addresses");
                    },
                    this,
                    id.incarnation(),
                    chance.next(),
                    new SplittableRandom(slot));
            Ring[] opened = new Ring[1];
            Function<RingHandler, Ring> opener =
                    handler -> opened[0] = RingAssembly.assemble(options, surroundings, handler, List.of());
            if (withObjects) {
                ReplicationOptions objects =
                        ReplicationOptions.defaults().withClock(() -> EPOCH_MILLIS + queue.now() / MILLI);
                ReplicatedObjects unused = ReplicatedObjects.open(objects, this, ReplicationListener.NONE, opener);
            } else {
                Ring unused = opener.apply(this);
            }
            this.ring = opened[0];
            this.protocol = RingAssembly.protocol(ring);
        }

        private void start() {
            var unused = ring.start();
        }

        MemberId id() {
            return id;
        }

        RingView view() {
            return protocol.view();
        }

        @Nullable
        RingView proposed() {
            return protocol.proposedView();
        }

        void offer(byte[] message, Guarantee guarantee) {
            try {
                boolean unused = ring.offer("g", message, guarantee, this);
            } catch (RingClosedException closed) {
                require(slot == LIAR, "a ring that is open");
            }
        }

        /** Counts how often this is delivered from now on. */
        private void awaits(byte[] message) {
            mark = message;
            marks = 0;
        }

        /** Its handler does not return for so long. */
        void block(long nanos) {
            delivery.pauseUntil(queue.now() + nanos);
        }

        /** Its own ring is silent from now on; it may go on to lie. */
        void crash() {
            if (!crashed) {
                crashed = true;
                loop.kill();
                delivery.kill();
                transport.close();
            }
        }

        @Override
        public void onMessage(Delivery message) {
            marks += Arrays.equals(message.toByteArray(), mark) ? 1 : 0;
        }

        @Override
        public void onConfigurationChange(ConfigurationChange change) {
            configuration = change.configuration().isTransitional()
                    ? MemberSet.of()
                    : change.configuration().members();
        }

        @Override
        public void onClosed(@Nullable Throwable why) {
            ended = true;
            failure = why;
        }

        @Override
        public void delivered(Receipt receipt) {}

        @Override
        public void unknown(RingClosedException cause) {}

        @Override
        public long initial() {
            return 100;
        }

        @Override
        public void persist(long ringSequence) {}
    }
}
