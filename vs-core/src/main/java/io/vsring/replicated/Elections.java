package io.vsring.replicated;

import io.vsring.ring.Ring;
import io.vsring.ring.RingClosedException;
import io.vsring.ring.RingFuture;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentSkipListMap;

/** The elections in which this member stands, each on a lock of its own. Any thread asks, the delivery thread acts. */
final class Elections implements Replication.Watch {

    static final String KIND = "elections";

    private final Ring ring;
    private final LocalLocks locks;
    private final Certainty certainty;
    private final ReplicationListener listener;
    private final ConcurrentSkipListMap<String, Candidacy> standing = new ConcurrentSkipListMap<>();
    private volatile boolean ended;

    Elections(Ring ring, LocalLocks locks, Certainty certainty, ReplicationListener listener) {
        this.ring = ring;
        this.locks = locks;
        this.certainty = certainty;
        this.listener = listener;
    }

    static IllegalStateException standsAlready(String name) {
        return new IllegalStateException("this member stands in the election " + name
                + " already: one candidate per member; wait for leave() before another one joins");
    }

    void join(String name, LeaderElection.Candidate candidate) {
        Candidacy mine =
                new Candidacy(name, candidate, locks, certainty, ring, listener, new RingFuture<>(ring::isOwnThread));
        if (standing.putIfAbsent(name, mine) != null) {
            throw standsAlready(name);
        }
        if (ended) {
            standing.remove(name, mine);
            throw new RingClosedException("this member has ended: it can stand in no election any more");
        }
        ring.execute(mine::stand);
    }

    CompletableFuture<Void> leave(String name) {
        Candidacy mine = standing.get(name);
        if (mine == null) {
            return CompletableFuture.completedFuture(null);
        }
        mine.doubt(); // at once
        ring.execute(() -> end(name, mine)); // or the member ends, and that ends it
        return mine.over();
    }

    private void end(String name, Candidacy mine) {
        mine.end(() -> standing.remove(name, mine));
    }

    void resign(String name) {
        Candidacy mine = standing.get(name);
        if (mine != null) {
            mine.doubt();
            ring.execute(mine::resign);
        }
    }

    boolean isLeader(String name) {
        Candidacy mine = standing.get(name);
        return mine != null && mine.leads();
    }

    Optional<LeaderElection.Leader> leader(String name) {
        LocksReplica.Holder holder = locks.holder(name);
        return holder == null
                ? Optional.empty()
                : Optional.of(new LeaderElection.Leader(holder.member(), holder.token()));
    }

    /** This member is about to leave the ring. Delivery thread. */
    void leave() {
        standing.forEach(this::end);
    }

    @Override
    public void changed(PrimaryStatus status) {
        standing.values().forEach(candidacy -> candidacy.changed(status));
    }

    @Override
    public void ended() {
        ended = true; // first: who stands from now on sees it, or is found here
        standing.forEach((name, candidacy) -> {
            standing.remove(name, candidacy);
            candidacy.ended();
        });
    }
}
