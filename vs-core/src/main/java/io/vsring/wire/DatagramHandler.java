package io.vsring.wire;

/** One method for each kind of datagram. */
public interface DatagramHandler {

    void onData(DataFrame frame);

    void onToken(Token token);

    void onJoin(Join join);

    void onCommitToken(CommitToken token);

    void onMergeProbe(MergeProbe probe);

    void onHoldCancel(HoldCancel cancel);
}
