package io.vsring.wire;

/** What one member says to others in one UDP datagram: exactly these six things. */
public sealed interface Datagram permits DataFrame, Token, Join, CommitToken, MergeProbe, HoldCancel {

    /** Calls the handler's method for this kind of datagram. */
    void handle(DatagramHandler handler);
}
