package io.vsring.replicated;

import static java.util.Objects.requireNonNull;

import io.vsring.ring.RingClosedException;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * Who is told what becomes of objects: listeners of maps, and candidates of elections. It may outlive a member, and
 * then belongs to the next one. Any thread.
 */
final class Audience {

    private final boolean outlivesMembers;
    private final MapListenerRegistry maps = new MapListenerRegistry();
    private final Map<String, LeaderElection.Candidate> candidates = new TreeMap<>(); // guarded by this
    private volatile @Nullable Elections elections; // of the member that runs, or ran last

    Audience(boolean outlivesMembers) {
        this.outlivesMembers = outlivesMembers;
    }

    MapListenerRegistry maps() {
        return maps;
    }

    /** A member begins to run: who stands, stands with it. */
    synchronized void attend(Elections ofMember) {
        elections = ofMember;
        candidates.forEach(ofMember::join);
    }

    /**
     * Stands in this election, with each member that runs.
     *
     * @throws IllegalStateException if somebody does already
     * @throws RingClosedException if no member will run any more
     */
    synchronized void join(String election, LeaderElection.Candidate candidate) {
        Elections now = elections;
        if (candidates.putIfAbsent(election, requireNonNull(candidate, "candidate")) != null) {
            throw Elections.standsAlready(election);
        }
        if (now == null) {
            return; // until a member runs
        }
        try {
            now.join(election, candidate);
        } catch (RingClosedException ended) {
            if (!outlivesMembers) {
                candidates.remove(election);
                throw ended;
            }
        } catch (IllegalStateException refused) {
            candidates.remove(election);
            throw refused;
        }
    }

    synchronized CompletableFuture<Void> leave(String election) {
        Elections now = elections;
        candidates.remove(election);
        return now == null ? CompletableFuture.completedFuture(null) : now.leave(election);
    }

    /** The elections of the member that runs; null if none has yet. */
    @Nullable
    Elections elections() {
        return elections;
    }
}
