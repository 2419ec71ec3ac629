package io.vsring.test.transcript;

import io.vsring.Member;
import io.vsring.MemberSet;
import io.vsring.test.simulation.ClusterShape;
import io.vsring.test.simulation.ShortNames;
import io.vsring.wire.CommitToken;
import io.vsring.wire.DataFrame;
import io.vsring.wire.DatagramCodec;
import io.vsring.wire.DatagramHandler;
import io.vsring.wire.HoldCancel;
import io.vsring.wire.Join;
import io.vsring.wire.MalformedDatagramException;
import io.vsring.wire.MergeProbe;
import io.vsring.wire.Token;
import java.nio.ByteBuffer;
import java.util.Arrays;

/** Datagrams in the words of the papers: only what a reader needs to follow the protocol. */
final class TranscriptWords implements DatagramHandler {
    private final ShortNames names;
    private final DatagramCodec codec;
    private String text = "";
    private long sequence;

    TranscriptWords(ShortNames names, ClusterShape shape) {
        this.names = names;
        this.codec = shape.codec();
    }

    String of(byte[] bytes) {
        sequence = 0;
        try {
            codec.decode(ByteBuffer.wrap(bytes)).handle(this);
        } catch (MalformedDatagramException wrong) {
            text = "malformed: " + wrong.getMessage();
        }
        return text;
    }

    long sequenceOf(byte[] bytes) {
        of(bytes);
        return sequence;
    }

    @Override
    public void onData(DataFrame frame) {
        sequence = frame.sequence();
        text = (frame.isRecovery() ? "recovery" : "data") + " sequence=" + sequence
                + (frame.isRecovery() ? "" : " of " + names.of(frame.sender()));
    }

    @Override
    public void onToken(Token token) {
        text = "token sequence=" + token.sequence() + " aru=" + token.aru()
                + (token.requests().length == 0 ? "" : " requests=" + Arrays.toString(token.requests()))
                + (token.recovering() ? " recovering" : "")
                + (token.holding() ? " holding" : "");
    }

    @Override
    public void onJoin(Join join) {
        MemberSet candidates =
                MemberSet.of(join.candidates().stream().map(Member::id).toList());
        text = (join.leaving() ? "goodbye" : "join") + " candidates=" + names.of(candidates) + " failed="
                + names.of(join.failed());
    }

    @Override
    public void onCommitToken(CommitToken token) {
        text = "commit ring=" + names.of(token.ringId()) + " members=" + names.of(token.members());
    }

    @Override
    public void onMergeProbe(MergeProbe probe) {
        text = "probe ring=" + names.of(probe.ringId());
    }

    @Override
    public void onHoldCancel(HoldCancel cancel) {
        text = "wake up";
    }
}
