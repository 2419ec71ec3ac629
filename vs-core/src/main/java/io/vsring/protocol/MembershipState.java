package io.vsring.protocol;

import io.vsring.MemberAddress;
import io.vsring.MemberId;
import io.vsring.wire.CommitToken;
import io.vsring.wire.DataFrame;
import io.vsring.wire.Datagram;
import io.vsring.wire.HoldCancel;
import io.vsring.wire.Join;
import io.vsring.wire.MergeProbe;
import io.vsring.wire.Token;
import org.jspecify.annotations.Nullable;

/**
 * One of the states of a member, with what means something in it only.
 *
 * <p>A handler returns the state to be in next; a state never switches itself.
 */
abstract sealed class MembershipState permits Operational, Gather, Commit, Recovery, Farewell {

    /** [MEM-18] There was a sign. */
    static final int SIGNED = -1;

    /** [MEM-18] With fewer there was not time enough for a sign. */
    private static final int RESENDS_LEAST = 3;

    final LocalMember local;

    MembershipState(LocalMember local) {
        this.local = local;
    }

    abstract StateName name();

    /** The ring that is to follow the installed one and turns already; null if none does. */
    @Nullable
    OrderedRing proposed() {
        return null;
    }

    /** Called once, when this has become the member's state. */
    abstract MembershipState enter();

    abstract MembershipState onData(DataFrame frame, MemberAddress source);

    abstract MembershipState onToken(Token token);

    abstract MembershipState onJoin(Join join);

    abstract MembershipState onCommitToken(CommitToken token);

    MembershipState onMergeProbe(MergeProbe probe) {
        return drop(DropReason.WRONG_STATE, probe);
    }

    MembershipState onHoldCancel(HoldCancel cancel) {
        return drop(DropReason.WRONG_STATE, cancel);
    }

    abstract MembershipState onTimer(Timer timer);

    MembershipState onUnreachable(MemberAddress address) {
        return this;
    }

    MembershipState onPause() {
        return new Gather(local, GatherReason.PAUSED);
    }

    /** Messages wait in the queue, the application has room again, or this member wants to leave. */
    MembershipState onWork() {
        return this;
    }

    /**
     * [MEM-18] An attempt to form a ring has ended: judges the one to whom we passed something on. No sign from it may
     * be chance; the second time on end we go on without it. Who has not got anything from others in this attempt may
     * be deaf itself, and has to wait once more: others judge it first.
     *
     * @param resends how often it was sent again without a sign; {@link #SIGNED} if there was one
     */
    final void judge(Candidates candidates, MemberId successor, int resends, boolean hears, GatherReason reason) {
        if (resends == SIGNED) {
            candidates.gaveSign(successor);
        } else if (resends >= RESENDS_LEAST && candidates.gaveNoSign(successor) >= (hears ? 2 : 3)) {
            candidates.condemn(successor);
            local.expel(successor, reason);
        }
    }

    final MembershipState drop(DropReason reason, Datagram datagram) {
        local.effects().dropped(reason, datagram);
        return this;
    }
}
