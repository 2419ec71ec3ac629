package io.vsring.test.simulation;

import io.vsring.Member;
import io.vsring.MemberSet;
import io.vsring.wire.CommitToken;
import io.vsring.wire.DataFrame;
import io.vsring.wire.Datagram;
import io.vsring.wire.DatagramCodec;
import io.vsring.wire.DatagramHandler;
import io.vsring.wire.HoldCancel;
import io.vsring.wire.Join;
import io.vsring.wire.MalformedDatagramException;
import io.vsring.wire.MergeProbe;
import io.vsring.wire.Token;
import java.nio.ByteBuffer;
import java.util.Arrays;

/** Datagrams in one line each. */
public final class DatagramText implements DatagramHandler {
    private final ShortNames names;
    private final DatagramCodec codec;
    private String text = "";

    public DatagramText(ShortNames names, ClusterShape shape) {
        this.names = names;
        this.codec = shape.codec();
    }

    /** What these bytes say. */
    public String of(byte[] bytes) {
        Datagram datagram;
        try {
            datagram = codec.decode(ByteBuffer.wrap(bytes));
        } catch (MalformedDatagramException wrong) {
            return "malformed: " + wrong.getMessage();
        }
        datagram.handle(this);
        return text;
    }

    @Override
    public void onData(DataFrame frame) {
        text = (frame.isRecovery() ? "recovery " : frame.isSafe() ? "safe data " : "data ") + names.of(frame.ringId())
                + " sequence=" + frame.sequence() + " of " + names.of(frame.sender())
                + (frame.isRecovery() ? "" : " first=" + frame.firstNumber()) + " bytes=" + frame.body().length;
    }

    @Override
    public void onToken(Token token) {
        text = "token " + names.of(token.ringId()) + " visit=" + token.visit() + " sequence=" + token.sequence()
                + " aru="
                + token.aru() + (token.aruHolder() == Token.NOBODY ? "" : " by place " + token.aruHolder())
                + " sent=" + token.framesSent() + " backlog=" + token.backlog()
                + (token.recovering() ? " recovering" : "") + (token.holding() ? " holding" : "")
                + " limit=" + token.limit()
                + (token.requests().length == 0 ? "" : " requests=" + Arrays.toString(token.requests()))
                + (token.destination().id() == 0 ? "" : " for " + names.of(token.destination()));
    }

    @Override
    public void onJoin(Join join) {
        text = (join.leaving() ? "leaving join" : "join") + " of "
                + names.of(join.sender().id()) + " ring sequence="
                + join.ringSequence() + " candidates="
                + names.of(
                        MemberSet.of(join.candidates().stream().map(Member::id).toList()))
                + " failed=" + names.of(join.failed());
    }

    @Override
    public void onCommitToken(CommitToken token) {
        StringBuilder line = new StringBuilder();
        line.append("commit ").append(names.of(token.ringId())).append(" hop=").append(token.hop());
        line.append(" for ").append(names.of(token.destination()));
        for (CommitToken.Entry entry : token.entries()) {
            line.append(' ').append(names.of(entry.member().id()));
            CommitToken.OldRing old = entry.old();
            if (old != null) {
                line.append("(").append(names.of(old.ringId())).append(" aru=").append(old.aru());
                line.append(" high=").append(old.highest()).append(" safe=").append(old.safeLine());
                line.append(old.obligations() == 0 ? "" : " obliged=" + Long.toBinaryString(old.obligations()));
                line.append(')');
            }
        }
        text = line.toString();
    }

    @Override
    public void onMergeProbe(MergeProbe probe) {
        text = "probe of " + names.of(probe.sender().id()) + " ring " + names.of(probe.ringId()) + " nonce="
                + Long.toHexString(probe.nonce() & 0xFFFF) + " echo=" + Long.toHexString(probe.echo() & 0xFFFF);
    }

    @Override
    public void onHoldCancel(HoldCancel cancel) {
        text = "hold cancel of " + names.of(cancel.sender()) + " ring " + names.of(cancel.ringId());
    }
}
