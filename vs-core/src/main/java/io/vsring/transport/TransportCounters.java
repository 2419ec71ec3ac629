package io.vsring.transport;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/**
 * What a transport has carried since it was opened, and what it keeps now.
 *
 * <p>One thread writes, the loop thread; any thread may read. A reader sees each number soon, and never half of one,
 * but two numbers need not be of the same moment.
 */
public final class TransportCounters {

    private static final VarHandle NUMBERS = MethodHandles.arrayElementVarHandle(long[].class);

    private static final int DATAGRAMS_IN = 0;
    private static final int BYTES_IN = 1;
    private static final int DATAGRAMS_OUT = 2;
    private static final int BYTES_OUT = 3;
    private static final int SEND_FAILURES = 4;
    private static final int OVERSIZED = 5;
    private static final int UNREACHABLE = 6;
    private static final int SEGMENTATION_REFUSALS = 7;
    private static final int WITHOUT_SOURCE = 8;
    private static final int SEND_DROPS = 9;
    private static final int OWN = 10;
    private static final int CHECKS = 11;
    private static final int ADDRESSES = 12;
    private static final int WATCHED_SOCKETS = 13;

    private final long[] numbers = new long[14];

    /** Datagrams that were handed to the receiver. */
    public long datagramsIn() {
        return get(DATAGRAMS_IN);
    }

    /** Bytes of the datagrams that were handed to the receiver. */
    public long bytesIn() {
        return get(BYTES_IN);
    }

    /** Datagrams that were to be sent, counted once for each destination; a failed one is in here as well. */
    public long datagramsOut() {
        return get(DATAGRAMS_OUT);
    }

    /** Bytes of {@link #datagramsOut()}. */
    public long bytesOut() {
        return get(BYTES_OUT);
    }

    /** Datagrams that this system did not take: no route, too long. */
    public long sendFailures() {
        return get(SEND_FAILURES);
    }

    /** Datagrams that were dropped because too many waited for the send buffer. */
    public long sendDrops() {
        return get(SEND_DROPS);
    }

    /** Datagrams that arrived longer than {@link UdpOptions#maxDatagramBytes()} and were dropped. Never cut short. */
    public long oversized() {
        return get(OVERSIZED);
    }

    /** How often a host said that nobody listens on the port. */
    public long unreachable() {
        return get(UNREACHABLE);
    }

    /** How often the system refused to cut a run of datagrams itself, so that they were sent one by one. */
    public long segmentationRefusals() {
        return get(SEGMENTATION_REFUSALS);
    }

    /** Datagrams that were dropped because they came from port 0, which UDP allows and nobody can answer. */
    public long withoutSource() {
        return get(WITHOUT_SOURCE);
    }

    /** Datagrams of our own that came back from the multicast group, as all of them do; they are not handed over. */
    public long own() {
        return get(OWN);
    }

    /** Datagrams with which others of the multicast group find out whether they hear themselves; not handed over. */
    public long checks() {
        return get(CHECKS);
    }

    /** Addresses that are remembered now, at most {@link Transport#ADDRESSES_MAX}. */
    public long addresses() {
        return get(ADDRESSES);
    }

    /** Sockets for watched sends that are open now, at most {@link Transport#WATCHED_SOCKETS_MAX}. */
    public long watchedSockets() {
        return get(WATCHED_SOCKETS);
    }

    void addresses(int now) {
        NUMBERS.setOpaque(numbers, ADDRESSES, (long) now);
    }

    void watchedSockets(int now) {
        NUMBERS.setOpaque(numbers, WATCHED_SOCKETS, (long) now);
    }

    void received(int bytes) {
        add(DATAGRAMS_IN, 1);
        add(BYTES_IN, bytes);
    }

    void sent(int datagrams, long bytes) {
        add(DATAGRAMS_OUT, datagrams);
        add(BYTES_OUT, bytes);
    }

    void sendFailed(int datagrams) {
        add(SEND_FAILURES, datagrams);
    }

    void sendDropped(int datagrams) {
        add(SEND_DROPS, datagrams);
    }

    void oversizedArrived() {
        add(OVERSIZED, 1);
    }

    void arrivedWithoutSource() {
        add(WITHOUT_SOURCE, 1);
    }

    void ownCameBack() {
        add(OWN, 1);
    }

    void checkArrived() {
        add(CHECKS, 1);
    }

    void foundUnreachable() {
        add(UNREACHABLE, 1);
    }

    void segmentationRefused() {
        add(SEGMENTATION_REFUSALS, 1);
    }

    private long get(int index) {
        return (long) NUMBERS.getOpaque(numbers, index);
    }

    private void add(int index, long amount) {
        NUMBERS.setOpaque(numbers, index, numbers[index] + amount);
    }
}
