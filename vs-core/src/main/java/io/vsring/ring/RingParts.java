package io.vsring.ring;

import io.vsring.MemberAddress;
import io.vsring.transport.LoopThread;
import io.vsring.transport.Transport;
import java.util.List;

/**
 * What a member is made of, apart from its options.
 *
 * @param transport carries its datagrams
 * @param loop the thread of the transport and the protocol
 * @param delivery the thread of the application's callbacks
 * @param store keeps its ring sequences growing
 * @param seeds where to look for others, this member not among them
 * @param seed what all chance of this member comes from
 * @param observers see what it does
 * @param board shows how it is
 * @param counters show how much it has done
 */
record RingParts(
        Transport transport,
        LoopThread loop,
        LoopThread delivery,
        RingSequenceStore store,
        List<MemberAddress> seeds,
        long seed,
        List<RingObserver> observers,
        RingBoard board,
        RingCounters counters) {}
