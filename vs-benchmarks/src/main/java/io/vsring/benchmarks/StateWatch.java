package io.vsring.benchmarks;

import io.vsring.ConfigurationChange;
import io.vsring.Delivery;
import io.vsring.replicated.PrimaryStatus;
import io.vsring.replicated.ReplicatedCounter;
import io.vsring.replicated.ReplicatedObjects;
import io.vsring.replicated.ReplicationListener;
import io.vsring.replicated.ReplicationOptions;
import io.vsring.ring.RingHandler;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * The replicated objects of one member, and what becomes of them.
 *
 * <p>A member that is done adds one to a counter; when all have, all have the same state, and the digest of that is
 * what they are compared by.
 */
final class StateWatch implements ReplicationListener, RingHandler {

    private static final String FINISHED = "finished";

    /** The ring forms, and the state is established or transferred. */
    private static final long PRIMARY_SECONDS_MAX = 3 * MemberRun.FORMATION_SECONDS_MAX;

    private final MemberSeat seat;
    private final int together;
    private final CountDownLatch primary = new CountDownLatch(1);
    private final CountDownLatch finished = new CountDownLatch(1);
    private final ReplicatedObjects objects;
    private final ReplicatedCounter count;
    private @Nullable String end; // written before finished
    private volatile boolean ending;

    /** @param together how many members there are to be before this one is ready */
    StateWatch(MemberSeat seat, int founders, int together) {
        this.seat = seat;
        this.together = together;
        this.objects = ReplicatedObjects.open(
                ReplicationOptions.defaults().expecting(founders), this, this, seat.options()::open);
        this.count = objects.counter(FINISHED);
    }

    ReplicatedObjects objects() {
        return objects;
    }

    /** Starts the member, and waits until it holds the state, together with the others. */
    void awaitPrimary() throws InterruptedException {
        objects.ring().start().join();
        if (!primary.await(PRIMARY_SECONDS_MAX, TimeUnit.SECONDS)) {
            throw new RunFailedException("member " + seat.member() + ": not in a primary component of " + together
                    + " members within " + PRIMARY_SECONDS_MAX + "s; this one is "
                    + objects.status());
        }
    }

    /** This member is done: waits until all are, and returns the state in which they are then. */
    String awaitFinished() throws InterruptedException, TimeoutException {
        ending = true;
        long unused = count.incrementAndGet();
        if (!finished.await(MemberRun.DRAIN_SECONDS_MAX, TimeUnit.SECONDS)) {
            throw new TimeoutException(
                    "only " + count.get() + " of " + seat.plan().members() + " members were done");
        }
        return String.valueOf(end);
    }

    @Override
    public void onStatus(PrimaryStatus status) {
        if (status.isPrimary() && status.members().size() >= together) {
            primary.countDown();
        }
    }

    @Override
    public void onApplied(long history, long position, long digest) {
        if (ending && end == null && count.get() == seat.plan().members()) {
            end = "state " + position + ":" + Long.toHexString(digest);
            finished.countDown();
        }
    }

    @Override
    public void onMessage(Delivery delivery) {}

    @Override
    public void onConfigurationChange(ConfigurationChange change) {}
}
