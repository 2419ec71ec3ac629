package io.vsring.ring;

import io.vsring.ConfigurationChange;
import io.vsring.Member;
import io.vsring.MemberAddress;
import io.vsring.MemberId;
import io.vsring.RingId;
import io.vsring.protocol.DropReason;
import io.vsring.protocol.Effects;
import io.vsring.protocol.GatherReason;
import io.vsring.protocol.StateName;
import io.vsring.protocol.Timer;
import io.vsring.security.Envelope;
import io.vsring.transport.Transport;
import io.vsring.wire.DataFrame;
import io.vsring.wire.Datagram;
import io.vsring.wire.DatagramCodec;
import io.vsring.wire.FramePool;
import io.vsring.wire.OutgoingMessage;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Does to the world what the protocol says, in that order. Loop thread only. */
final class RingEffects implements Effects {

    private final RingLoop loop;
    private final Transport transport;
    private final DatagramCodec codec;
    private final DeliveryLane lane;
    private final RingSequenceStore store;
    private final List<RingObserver> observers;
    private final Envelope envelope;
    private final RingCounters counters;
    private final SpentFrames spent;
    private final TwinAlarm twinAlarm;
    private final Set<String> reasons = new TreeSet<>(); // since the last regular configuration
    private List<Member> companions = List.of();
    private boolean left;
    private boolean silent;

    RingEffects(RingLoop loop, RingParts parts, DatagramCodec codec, DeliveryLane lane) {
        this.loop = loop;
        this.transport = parts.outside().transport();
        this.codec = codec;
        this.envelope = parts.envelope();
        this.lane = lane;
        this.store = parts.outside().store();
        this.observers = parts.observers();
        this.counters = loop.counters();
        this.spent = new SpentFrames(codec.frames(), lane);
        this.twinAlarm = new TwinAlarm(parts.board(), loop.log());
    }

    /** Whether the protocol has said goodbye. */
    boolean hasLeft() {
        return left;
    }

    /** From now on the application is told nothing: the member has failed, and what it says now may be wrong. */
    void silence() {
        silent = true;
    }

    @Override
    public void broadcast(List<MemberAddress> peers, Datagram datagram) {
        if (!peers.isEmpty()) {
            transport.broadcast(peers, sealed(datagram, Envelope.TO_ALL));
        }
    }

    @Override
    public void sendTo(Member destination, Datagram datagram) {
        transport.send(destination.address(), sealed(datagram, destination.id().id()));
    }

    @Override
    public void sendTo(MemberAddress destination, Datagram datagram) {
        envelope.introduce(destination, loop.nowNanos());
        transport.send(destination, sealed(datagram, Envelope.TO_ALL));
    }

    @Override
    public void sendWatched(Member destination, Datagram datagram) {
        transport.sendWatched(
                destination.address(), sealed(datagram, destination.id().id()));
    }

    @Override
    public void sendWatched(MemberAddress destination, Datagram datagram) {
        envelope.introduce(destination, loop.nowNanos());
        transport.sendWatched(destination, sealed(datagram, Envelope.TO_ALL));
    }

    @Override
    public void hasten() {
        transport.flush();
    }

    @Override
    public void sent(OutgoingMessage message, RingId ringId, long sequence, int index) {
        if (silent) {
            return;
        }
        counters.increment(LoopCount.MESSAGES_SENT);
        loop.sent(message);
        for (RingObserver observer : observers) {
            observer.onSent(message.number(), ringId, sequence, index);
        }
    }

    @Override
    public void deliver(DataFrame frame) {
        if (!silent) {
            lane.deliver(frame);
        }
    }

    @Override
    public FramePool frames() {
        return codec.frames();
    }

    /** Frames that are kept to be filled again, those that the handler has not been given yet included. */
    int spareFrames() {
        return spent.size() + codec.frames().size();
    }

    @Override
    public void released(DataFrame frame) {
        spent.add(frame);
    }

    @Override
    public void beforeVisit() {
        spent.giveBack();
        if (lane.takeFew()) {
            boolean unused = loop.takeMail(); // what was said to it, and whatever else has come meanwhile
        }
    }

    @Override
    public void install(ConfigurationChange change, List<Member> members) {
        if (silent) {
            return;
        }
        loop.log().installed(change, loop.nowNanos());
        for (RingObserver observer : observers) {
            observer.onInstall(change, Set.copyOf(reasons));
        }
        if (!change.configuration().isTransitional()) {
            reasons.clear();
            loop.installed(change.configuration().ringId());
            companions = members;
            meetCompanions();
        }
        lane.install(new DeliveryLane.Installation(change, members));
    }

    @Override
    public int deliveryRoom() {
        return lane.room();
    }

    @Override
    public long framesTaken() {
        return lane.framesTaken();
    }

    @Override
    public void arm(Timer timer, long delayNanos) {
        loop.arm(timer, delayNanos);
    }

    @Override
    public void disarm(Timer timer) {
        loop.disarm(timer);
    }

    @Override
    public void persist(long ringSequence) {
        store.persist(ringSequence);
    }

    @Override
    public void entered(StateName from, StateName to, @Nullable GatherReason reason) {
        if (reason != null) {
            counters.gathered(reason);
            reasons.add(reason.name());
        }
        loop.log().entered(from, to, reason, loop.nowNanos());
        left = to == StateName.LEFT;
        loop.entered(to);
    }

    @Override
    public void dropped(DropReason reason, Datagram datagram) {
        counters.dropped(reason);
        if (reason == DropReason.DUPLICATE_ID) {
            twinAlarm.sighted(datagram, loop.nowNanos(), loop.tokenLossNanos());
        }
        loop.log().dropped(reason, datagram);
    }

    @Override
    public void expelled(MemberId member, GatherReason reason) {
        counters.increment(LoopCount.EXPULSIONS);
        loop.log().expelled(member, reason);
    }

    /** Whoever is on the ring with us and has not shown to us that it is alive is asked, until it has. */
    void meetCompanions() {
        envelope.meet(companions, loop.nowNanos());
    }

    private ByteBuffer sealed(Datagram datagram, int destination) {
        codec.encode(datagram, envelope.room());
        ByteBuffer sealed = envelope.seal(destination);
        counters.sent(sealed);
        return sealed;
    }
}
