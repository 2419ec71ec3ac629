package io.vsring.protocol;

import io.vsring.MemberAddress;
import io.vsring.MemberSet;
import io.vsring.wire.CommitToken;
import io.vsring.wire.DataFrame;
import io.vsring.wire.Join;
import io.vsring.wire.Token;

/** [MEM-12] [DEV-10] This member says goodbye, a few times because datagrams get lost, and is then gone. */
final class Farewell extends MembershipState {

    private static final int TIMES = 3;
    private static final long BETWEEN_NANOS = 2_000_000;

    private int said;

    Farewell(LocalMember local) {
        super(local);
    }

    @Override
    StateName name() {
        return said < TIMES ? StateName.LEAVING : StateName.LEFT;
    }

    @Override
    MembershipState enter() {
        for (Timer timer : Timer.values()) {
            local.effects().disarm(timer);
        }
        return say();
    }

    private MembershipState say() {
        OrderedRing ring = local.ring();
        ProtocolOptions options = local.options();
        Join goodbye = new Join(
                local.self(),
                true,
                local.highestRingSequence(),
                options.minVersion(),
                options.settings().version(),
                ring.members(),
                MemberSet.of(local.id()));
        local.effects().broadcast(ring.peers(), goodbye);
        said++;
        if (said < TIMES && ring.size() > 1) {
            local.effects().arm(Timer.JOIN, BETWEEN_NANOS);
        } else {
            said = TIMES;
            local.effects().entered(StateName.LEAVING, StateName.LEFT, null);
        }
        return this;
    }

    @Override
    MembershipState onTimer(Timer timer) {
        return timer == Timer.JOIN && said < TIMES ? say() : this;
    }

    @Override
    MembershipState onData(DataFrame frame, MemberAddress source) {
        return drop(DropReason.WRONG_STATE, frame);
    }

    @Override
    MembershipState onToken(Token token) {
        return drop(DropReason.WRONG_STATE, token);
    }

    @Override
    MembershipState onJoin(Join join) {
        return drop(DropReason.WRONG_STATE, join);
    }

    @Override
    MembershipState onCommitToken(CommitToken token) {
        return drop(DropReason.WRONG_STATE, token);
    }

    @Override
    MembershipState onPause() {
        return this;
    }
}
