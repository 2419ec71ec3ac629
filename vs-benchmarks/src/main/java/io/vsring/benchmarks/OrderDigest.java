package io.vsring.benchmarks;

import io.vsring.ConfigurationChange;
import io.vsring.Delivery;
import io.vsring.benchmarks.peer.MessageChannel;
import io.vsring.ring.RingHandler;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * Counts what is delivered, and keeps a digest of the order in each configuration.
 *
 * <p>A member that is done sends one message to {@link #END}: when those of all members are here, everything before
 * them is here too, and members that went the same way must have the same digests.
 */
final class OrderDigest implements RingHandler, MessageChannel.Listener {

    /** The group of the messages that are measured. */
    static final String LOAD = "load";

    /** The group of the messages that say: nothing more from me. */
    static final String END = "end";

    private static final long PRIME = 1_099_511_628_211L;
    private static final long OFFSET = 0xCBF2_9CE4_8422_2325L;

    /**
     * What was delivered between two regular configurations.
     *
     * @param configuration the way: the regular configuration, and where it went from there if it ended
     * @param messages how many
     * @param digest of senders and numbers, in order
     */
    record Part(String configuration, long messages, long digest) {

        /** Three words for the parent. */
        String words() {
            return configuration + " " + messages + " " + Long.toHexString(digest);
        }
    }

    private final int members;
    private final CountDownLatch together = new CountDownLatch(1);
    private final CountDownLatch complete = new CountDownLatch(1);
    private final AtomicLong delivered = new AtomicLong();
    private final List<Part> parts = new ArrayList<>();
    private String configuration = "";
    private long digest = OFFSET;
    private long messages;
    private int ends;
    private volatile @Nullable Throwable failure;
    private final int endsExpected;
    private final Silence silence = new Silence();

    /**
     * @param members as many make the ring complete
     * @param endsExpected as many say that nothing more comes from them
     */
    OrderDigest(int members, int endsExpected) {
        this.members = members;
        this.endsExpected = endsExpected;
    }

    /** Counting is, and so is what an own message sets off. */
    @Override
    public boolean isQuick(Delivery message) {
        return true;
    }

    @Override
    public void onMessage(Delivery delivery) {
        if (delivery.group().equals(END)) {
            end();
            return;
        }
        message(delivery.sender().incarnation() + delivery.sender().id(), delivery.number());
    }

    @Override
    public void end() {
        if (++ends == endsExpected) {
            addPart();
            complete.countDown();
        }
    }

    @Override
    public void message(long sender, long number) {
        digest = ((digest ^ sender) * PRIME ^ number) * PRIME;
        messages++;
        delivered.lazySet(delivered.getPlain() + 1);
        if (silence.isCounted()) {
            silence.ends(System.nanoTime());
        }
    }

    @Override
    public void onConfigurationChange(ConfigurationChange change) {
        configuration(
                change.configuration().id(),
                change.configuration().isTransitional(),
                change.configuration().members().size());
    }

    @Override
    public void configuration(String id, boolean isTransitional, int size) {
        if (isTransitional) {
            configuration = id;
            return;
        }
        if (!configuration.isEmpty()) {
            addPart();
        }
        configuration = id;
        digest = OFFSET;
        messages = 0;
        if (size == members) {
            together.countDown();
        }
    }

    /** How long this member was given nothing. */
    Silence silence() {
        return silence;
    }

    private void addPart() {
        synchronized (parts) {
            parts.add(new Part(configuration, messages, digest));
        }
    }

    @Override
    public void onClosed(@Nullable Throwable thrown) {
        closed(thrown);
    }

    @Override
    public void closed(@Nullable Throwable thrown) {
        failure = thrown;
        together.countDown();
        complete.countDown();
    }

    /** Opens when all members are in one configuration, or the ring is closed. */
    CountDownLatch together() {
        return together;
    }

    /** Opens when every member has said that nothing more comes, or the ring is closed. */
    CountDownLatch complete() {
        return complete;
    }

    /** Messages of the load delivered so far. Any thread. */
    long delivered() {
        return delivered.get();
    }

    /** Why the ring was closed, if it failed. */
    @Nullable
    Throwable failure() {
        return failure;
    }

    /** What has been delivered, configuration by configuration. Any thread. */
    List<Part> parts() {
        synchronized (parts) {
            return List.copyOf(parts);
        }
    }
}
