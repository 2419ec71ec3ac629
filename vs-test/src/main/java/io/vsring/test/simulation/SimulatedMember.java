package io.vsring.test.simulation;

import io.vsring.ConfigurationChange;
import io.vsring.Delivery;
import io.vsring.Guarantee;
import io.vsring.MemberId;
import io.vsring.Receipt;
import io.vsring.RingConfiguration;
import io.vsring.RingId;
import io.vsring.protocol.GatherReason;
import io.vsring.protocol.ProtocolCounters;
import io.vsring.protocol.StateName;
import io.vsring.protocol.TotemProtocol;
import io.vsring.ring.Fill;
import io.vsring.ring.Outcome;
import io.vsring.ring.Ring;
import io.vsring.ring.RingAssembly;
import io.vsring.ring.RingClosedException;
import io.vsring.ring.RingHandler;
import io.vsring.ring.RingObserver;
import io.vsring.ring.RingOptions;
import io.vsring.ring.RingSequenceStore;
import io.vsring.ring.RingStatistics;
import io.vsring.security.Envelope;
import io.vsring.security.Keyring;
import io.vsring.test.check.MemberTrace;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** One incarnation of a member: a production ring between a simulated outside and a recorded application. */
public final class SimulatedMember implements RingHandler, Outcome {
    static final String GROUP = "g";

    private final SimulatedCluster cluster;
    private final int slot;
    private final MemberId id;
    private final MemberTrace trace;
    private final SimulatedLoop loop;
    private final SimulatedLoop delivery;
    private final SimulatedTransport transport;
    private final ArrayDeque<RingId> submittedIn = new ArrayDeque<>();
    private @Nullable Ring ring;
    private @Nullable TotemProtocol protocol;
    private @Nullable RingHandler objects; // on top of the recorded ring
    private @Nullable SimulatedLoop asking; // for seeds, if these change
    private final ControlTalk talk;
    private long accepted;
    private long settled;
    private long delivered;
    private boolean leaving;
    private long leavingSince;
    private @Nullable RingClosedException unknown;
    private boolean gone;

    SimulatedMember(SimulatedCluster cluster, SimulatedTransport transport, MemberTrace trace, SimulatedLoop... loops) {
        this.cluster = cluster;
        this.transport = transport;
        this.slot = transport.slot();
        this.trace = trace;
        this.id = trace.id();
        this.loop = loops[0];
        this.delivery = loops[1];
        this.talk = new ControlTalk(cluster);
    }

    void start(RingOptions options, RingSequenceStore store, long chance) {
        RingAssembly.Surroundings surroundings = new RingAssembly.Surroundings(
                transport,
                loop,
                delivery,
                this::openAsking,
                store,
                id.incarnation(),
                chance,
                new SplittableRandom(chance));
        start(handler -> RingAssembly.assemble(options, surroundings, handler, List.of(new LoopSide()), this::watched));
    }

    private Envelope watched(Envelope envelope) {
        SimulatedKeys keys = cluster.keys();
        if (keys == null) {
            return envelope;
        }
        WatchedEnvelope around = new WatchedEnvelope(envelope, this, cluster, keys);
        transport.watches(around);
        return around;
    }

    private void start(Function<RingHandler, Ring> opener) {
        ObjectsOnMembers layer = cluster.objects();
        Ring opened = layer == null ? opener.apply(this) : openWithObjects(layer, opener);
        ring = opened;
        protocol = RingAssembly.protocol(opened);
        loop.afterTurn(() -> cluster.inside().afterTurn(this));
        CompletableFuture<Void> unused = opened.start();
    }

    private Ring openWithObjects(ObjectsOnMembers layer, Function<RingHandler, Ring> opener) {
        CountedRing counted = layer.open(this, entrance -> {
            objects = entrance;
            return new CountedRing(opener.apply(this), this);
        });
        return counted.inner();
    }

    /**
     * Offers a message whose bytes are its own and nobody else's.
     *
     * @return whether it was accepted
     */
    public boolean offer(int bytes, Guarantee guarantee) {
        return offer(content(bytes), guarantee);
    }

    /**
     * Offers these bytes.
     *
     * @return whether they were accepted
     */
    public boolean offer(byte[] message, Guarantee guarantee) {
        Ring open = ring;
        if (open == null || gone || leaving) {
            return false;
        }
        boolean taken;
        try {
            taken = open.offer(GROUP, message, guarantee, this);
        } catch (RingClosedException closed) {
            return false;
        }
        if (taken) {
            countAccepted();
        } else {
            cluster.coverage().saw(Sometimes.OFFER_REFUSED);
        }
        return taken;
    }

    /** Its ring has accepted a message, of which it will be told the outcome. */
    void countAccepted() {
        accepted++;
    }

    private byte[] content(int length) {
        byte[] bytes = cluster.scratch(length);
        ByteBuffer buffer = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        long word = id.incarnation() + accepted * Dice.GAMMA;
        while (buffer.remaining() >= Long.BYTES) {
            word += Dice.GAMMA;
            buffer.putLong(Dice.mix(word));
        }
        while (buffer.hasRemaining()) {
            word += Dice.GAMMA;
            buffer.put((byte) Dice.mix(word));
        }
        return bytes;
    }

    private SimulatedLoop openAsking() {
        SimulatedLoop opened = new SimulatedLoop(cluster.queue(), cluster.seed().stream("asking " + id));
        asking = opened;
        return opened;
    }

    /** Dies between two instructions: nothing that it was about to do is done. */
    void crash() {
        gone = true;
        loop.kill();
        delivery.kill();
        if (asking != null) {
            asking.kill();
        }
        transport.close();
        trace.crashed();
    }

    /** From now on these are its keys. */
    void useKeys(Keyring keyring) {
        Ring open = ring;
        if (open != null && !gone) {
            open.useKeys(keyring);
        }
    }

    void leave() {
        Ring open = ring;
        if (open != null && !gone && !leaving) {
            leaving = true;
            leavingSince = cluster.now();
            ObjectsOnMembers layer = cluster.objects();
            if (layer == null || !layer.leave(this)) {
                CompletableFuture<Void> unused = open.leave();
            }
        }
    }

    /** Some messages, so that there are frames with both kinds; of calls it is the objects that know. */
    @Override
    public boolean isQuick(Delivery message) {
        return message.group().equals(GROUP)
                ? message.number() % 4 != 0
                : objects != null && !gone && objects.isQuick(message);
    }

    @Override
    public void onMessage(Delivery message) {
        if (gone) {
            return;
        }
        if (delivery.isStandIn()) {
            cluster.coverage().saw(Sometimes.STOOD_IN);
        }
        trace.delivered(message);
        delivered++;
        cluster.note(slot, message.number(), message.sequence() << 16 | message.index());
        cluster.story().delivered(this, message);
        cluster.inside().delivered(this, message);
        if (message.length() > cluster.shape().frameBytes()) {
            cluster.coverage().saw(Sometimes.FRAGMENTED_DELIVERED);
            if (message.configuration().isTransitional()) {
                cluster.coverage().saw(Sometimes.FRAGMENTED_IN_TRANSITION);
            }
        }
        if (objects != null) {
            talk.heard(this, message);
        }
        if (objects != null && !gone) {
            objects.onMessage(message);
        }
        if (!gone) {
            cluster.application().onMessage(this, message);
        }
    }

    @Override
    public void onConfigurationChange(ConfigurationChange change) {
        if (gone) {
            return;
        }
        trace.installed(change);
        cluster.note(
                slot,
                change.configuration().ringId().sequence(),
                change.configuration().members().size());
        cluster.story().installed(this, change);
        cluster.installed(this, change);
        if (objects != null) {
            objects.onConfigurationChange(change);
        }
        cluster.application().onConfigurationChange(this, change);
    }

    @Override
    public void delivered(Receipt receipt) {
        if (gone) {
            return; // it crashed in the middle of what was handed to it at once
        }
        settled++;
        if (receipt.number() != settled || !receipt.configuration().equals(trace.configuration())) {
            cluster.violated("O1", id + " was told " + receipt + " as outcome " + settled, trace);
        }
    }

    @Override
    public void unknown(RingClosedException cause) {
        settled++;
        unknown = cause;
    }

    @Override
    public void onClosed(@Nullable Throwable failure) {
        if (gone) {
            return;
        }
        gone = true;
        if (objects != null) {
            objects.onClosed(failure);
        }
        cluster.story().closed(this, failure);
        if (failure != null) {
            cluster.died(this, failure);
        } else if (!leaving) {
            cluster.violated("X1", id + " ended, and nobody had asked it to", trace);
        } else if (trace.ownDelivered() == trace.submitted() || !leaveTimeoutRanOut()) {
            cluster.coverage().saw(Sometimes.LEFT);
            trace.left();
        } else {
            cluster.coverage().saw(Sometimes.LEFT_LATE);
            trace.crashed();
        }
        cluster.closed(this);
    }

    private boolean leaveTimeoutRanOut() {
        return cluster.now() - leavingSince >= cluster.shape().leaveTimeoutNanos();
    }

    /** How often it has given its ring up for this reason. */
    long gathered(GatherReason reason) {
        Ring open = ring;
        return open == null ? 0 : open.statistics().gathers().getOrDefault(reason.name(), 0L);
    }

    /** Adds what this member's ring has counted itself. */
    void count(Coverage coverage) {
        Ring open = ring;
        if (open != null) {
            RingStatistics statistics = open.statistics();
            coverage.saw("gathered", statistics.gathers());
            coverage.saw("dropped", statistics.drops());
            coverage.saw("refused", statistics.malformed());
            coverage.saw("rejected", statistics.rejected());
            ProtocolCounters counters = protocol().counters();
            coverage.saw(Sometimes.TOKEN_HELD, counters.tokensHeld());
            coverage.saw(Sometimes.WINDOW_FULL, counters.windowsFull());
            coverage.saw(Sometimes.LAG_BRAKED, counters.lagBrakes());
            coverage.saw(Sometimes.ACKNOWLEDGED_IN_VAIN, counters.boundInVain());
            coverage.saw(Sometimes.OBLIGATION_USED, counters.framesOwed());
        }
    }

    /** The slot that this is an incarnation of, from 1. */
    public int slot() {
        return slot;
    }

    /** Who this is. */
    public MemberId id() {
        return id;
    }

    /** What it did. */
    public MemberTrace trace() {
        return trace;
    }

    /** Messages that its ring has accepted. */
    public long accepted() {
        return accepted;
    }

    /** Messages that its application was told of. */
    public long delivered() {
        return delivered;
    }

    /** Whether it runs, has not been asked to leave, and its ring is at work: it does not gather at this moment. */
    public boolean isWell() {
        return !gone && !leaving && protocol().state() == StateName.OPERATIONAL;
    }

    /** Whether it leaves, but has not left yet. */
    public boolean isOnItsWayOut() {
        return leaving && !gone;
    }

    /** Whether its process exists. */
    public boolean isThere() {
        return !gone;
    }

    /** Whether all that was accepted from its application has been delivered to it, and its application was told so. */
    boolean owesNothing() {
        return unknown == null && accepted == settled && accepted == trace.ownDelivered();
    }

    TotemProtocol protocol() {
        return Objects.requireNonNull(protocol, "a member is asked about its protocol once it has started");
    }

    /** See {@link RingAssembly#overfull}. */
    @Nullable
    String overfull() {
        return RingAssembly.overfull(ring());
    }

    Map<String, Fill> fills() {
        return ring().statistics().fills();
    }

    private Ring ring() {
        return Objects.requireNonNull(ring, "a member is asked about its ring once it has started");
    }

    SimulatedLoop loop() {
        return loop;
    }

    SimulatedLoop deliveryLoop() {
        return delivery;
    }

    SimulatedTransport transport() {
        return transport;
    }

    /**
     * Sees on the loop thread what the application does not: when messages are numbered and when they get their place.
     */
    private final class LoopSide implements RingObserver {
        @Override
        public void onSubmit(long number, String group, Guarantee guarantee, byte[] bytes) {
            if (!gone) {
                trace.submitted(number, guarantee, MemberTrace.hashOf(group, ByteBuffer.wrap(bytes)));
                talk.submitted(number, group, bytes);
                RingConfiguration now = trace.configuration();
                submittedIn.add(now == null ? new RingId(id, 0) : now.ringId());
            }
        }

        @Override
        public void onSent(long number, RingId ringId, long sequence, int index) {
            if (gone) {
                return;
            }
            trace.sent(number, ringId, sequence, index);
            cluster.note(slot, ringId.sequence(), sequence << 16 | index);
            RingId before = submittedIn.poll();
            if (before != null && before.sequence() < ringId.sequence()) {
                cluster.coverage().saw(Sometimes.SENT_IN_LATER_RING);
            }
            cluster.story().sent(SimulatedMember.this, number, ringId, sequence, index);
            talk.sent(SimulatedMember.this, number);
        }
    }

    @Override
    public String toString() {
        return id.toString();
    }
}
