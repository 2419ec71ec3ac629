package io.vsring.protocol;

import io.vsring.Member;
import io.vsring.MemberAddress;
import io.vsring.MemberId;
import io.vsring.wire.CommitToken;
import io.vsring.wire.DataFrame;
import io.vsring.wire.Datagram;
import io.vsring.wire.DatagramHandler;
import io.vsring.wire.HoldCancel;
import io.vsring.wire.Join;
import io.vsring.wire.MergeProbe;
import io.vsring.wire.OutgoingMessage;
import io.vsring.wire.Token;
import java.util.ArrayDeque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One member's side of the Totem single-ring protocol: the only door to it.
 *
 * <p>A state machine: what it does depends on what it is told, in which order, and on nothing else. Every input carries
 * the time. It is Totem (Amir, Moser, Melliar-Smith, Agarwal, Ciarfella, TOCS 1995) with the deviations that
 * {@code docs/protocol.md} lists.
 *
 * <p>Thread: one caller at a time. {@link Effects} must not call back, but as {@link Effects#beforeVisit} says.
 */
public final class TotemProtocol {

    /** Strangers that are remembered. */
    public static final int STRANGERS_MAX = Strangers.REMEMBERED_MAX;

    private final LocalMember local;
    private final Dispatcher dispatcher = new Dispatcher();
    private MembershipState state;
    private MemberAddress source;

    /**
     * @param self this member and the address it advertises
     * @param options how it takes part; without {@linkplain ProtocolOptions#violations() violations}
     * @param effects what it does to the world
     * @param ringSequence the sequence of its first ring: greater than any that an earlier incarnation was told
     * @param seed for jitter and nonces
     */
    public TotemProtocol(Member self, ProtocolOptions options, Effects effects, long ringSequence, long seed) {
        List<String> violations = options.violations();
        if (!violations.isEmpty()) {
            throw new IllegalArgumentException(String.join("; ", violations));
        }
        this.local = new LocalMember(self, options, effects, ringSequence, seed);
        this.state = new Operational(local, local.ring(), new TokenVisit(local.ring(), local));
        this.source = self.address();
    }

    /**
     * Others are looked for here from now on, and where former members were. At any time, before the start too: until
     * then they are looked for nowhere.
     */
    public void onSeeds(List<MemberAddress> seeds) {
        local.setSeeds(seeds);
    }

    /** Installs the member's own ring and begins to look for others. */
    public void start(long nowNanos) {
        local.setNow(nowNanos);
        local.installFirst();
        become(state.enter());
        local.strangers().probe();
        local.toSelf().add(Recovery.firstToken(local.ring()));
        settle();
    }

    /** A datagram has arrived. Within one reading of the socket, data goes before tokens. */
    public void onDatagram(Datagram datagram, MemberAddress from, long nowNanos) {
        local.setNow(nowNanos);
        source = from;
        datagram.handle(dispatcher);
        settle();
    }

    /** A timer has run out. What was readable before that has been handed in already. */
    public void onTimer(Timer timer, long nowNanos) {
        local.setNow(nowNanos);
        become(state.onTimer(timer));
        settle();
    }

    /** The host at this address says that nobody listens on the port. */
    public void onUnreachable(MemberAddress address, long nowNanos) {
        local.setNow(nowNanos);
        become(state.onUnreachable(address));
        settle();
    }

    /**
     * This process did not run for longer than the token-loss timeout: call before anything that has waited meanwhile.
     */
    public void onPause(long nowNanos) {
        local.setNow(nowNanos);
        become(state.onPause());
        settle();
    }

    /** The delivery lane has room again after it was full. */
    public void onDeliveryRoom(long nowNanos) {
        local.setNow(nowNanos);
        local.appetite().roomAgain();
        become(state.onWork());
        settle();
    }

    /** Queues a message; numbers follow each other without gap. Call {@link #onSubmitted} after the last of a batch. */
    public void submit(OutgoingMessage message) {
        local.queue().append(message);
    }

    /** Messages have been submitted: wakes a silent ring. */
    public void onSubmitted(long nowNanos) {
        local.setNow(nowNanos);
        become(state.onWork());
        settle();
    }

    /** Payload that waits in the send queue, in bytes. */
    public long queuedBytes() {
        return local.queue().bytes();
    }

    /** Takes leave as soon as everything submitted is safe; {@link Effects#entered} says LEFT when it is done. */
    public void leave(long nowNanos) {
        local.setNow(nowNanos);
        local.setLeaving();
        become(state.onWork());
        settle();
    }

    /** Takes leave now, whatever is still on its way. */
    public void leaveNow(long nowNanos) {
        local.setNow(nowNanos);
        local.setLeaving();
        if (state.name() != StateName.LEAVING && state.name() != StateName.LEFT) {
            become(new Farewell(local));
        }
        settle();
    }

    public StateName state() {
        return state.name();
    }

    /** How long the members of the installed ring wait for its token before they give it up. */
    public long tokenLossNanos() {
        return local.ring().settings().tokenLossNanos();
    }

    /** What has been done since the start; the same object always. */
    public ProtocolCounters counters() {
        return local.counters();
    }

    /** A look inside, for statistics and for checking invariants. */
    public RingView view() {
        return new RingView(local.ring());
    }

    /** Frames that are held of the ring that was installed last. */
    public long storedFrames() {
        return local.ring().window().highest() - local.ring().window().releasedUpTo();
    }

    /** Frames that can be held of a ring. */
    public int storeFrames() {
        return local.ring().window().capacity();
    }

    /** Addresses of strangers that an answer is remembered of, at most {@link #STRANGERS_MAX}. */
    public int strangers() {
        return local.strangers().answered();
    }

    /** Members of which it is remembered that a ring was not formed with them, at most {@link #STRANGERS_MAX}. */
    public int absences() {
        return local.strangers().absent();
    }

    /** A look into the ring that is recovering what is left of the installed one; null if none is. */
    public @Nullable RingView proposedView() {
        OrderedRing proposed = state.proposed();
        return proposed == null ? null : new RingView(proposed);
    }

    private void become(MembershipState next) {
        while (next != state) {
            StateName from = state.name();
            state = next;
            GatherReason reason = next instanceof Gather gather ? gather.reason() : null;
            local.effects().entered(from, next.name(), reason);
            next = state.enter();
        }
    }

    /** Works on what this member sent to itself: on a ring of one, that is everything. */
    private void settle() {
        ArrayDeque<Datagram> toSelf = local.toSelf();
        for (Datagram datagram = toSelf.poll(); datagram != null; datagram = toSelf.poll()) {
            source = local.self().address();
            datagram.handle(dispatcher);
        }
    }

    /** Sorts out what is from ourselves or of nobody's interest, and hands the rest to the state. */
    private final class Dispatcher implements DatagramHandler {

        @Override
        public void onData(DataFrame frame) {
            if (frame.sender().equals(local.id()) && source.equals(local.self().address())) {
                state.drop(DropReason.OWN, frame);
                return;
            }
            become(state.onData(frame, source));
        }

        @Override
        public void onToken(Token token) {
            become(state.onToken(token));
        }

        @Override
        public void onJoin(Join join) {
            ProtocolOptions options = local.options();
            if (isOurs(join.sender().id(), join)) {
                return;
            }
            if (join.maxVersion() < options.minVersion()
                    || join.minVersion() > options.settings().version()) {
                state.drop(DropReason.INCOMPATIBLE_VERSION, join);
                return;
            }
            become(state.onJoin(join));
        }

        @Override
        public void onCommitToken(CommitToken token) {
            become(state.onCommitToken(token));
        }

        @Override
        public void onMergeProbe(MergeProbe probe) {
            if (!isOurs(probe.sender().id(), probe)) {
                become(state.onMergeProbe(probe));
            } else if (!probe.sender().id().equals(local.id()) && probe.echo() == 0 && !local.isLeaving()) {
                local.strangers().heard(probe); // [MEM-13] or only one of the two would know; an answer is not answered
            }
        }

        @Override
        public void onHoldCancel(HoldCancel cancel) {
            become(state.onHoldCancel(cancel));
        }

        /**
         * [DEV-11] Another incarnation in our slot is another process: it is not us, and not our business to follow.
         */
        private boolean isOurs(MemberId sender, Datagram datagram) {
            if (!sender.isSameSlotAs(local.id())) {
                return false;
            }
            state.drop(sender.equals(local.id()) ? DropReason.OWN : DropReason.DUPLICATE_ID, datagram);
            return true;
        }
    }
}
