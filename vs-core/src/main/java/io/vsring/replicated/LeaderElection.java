package io.vsring.replicated;

import static java.util.Objects.requireNonNull;

import io.vsring.MemberId;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * One leader among the members that stand for it, by name. Who stands first leads first; the others follow in the order
 * in which they came.
 *
 * <pre>{@code
 * objects.election("billing").join(new LeaderElection.Candidate() {
 *     public void onGranted(long term) { start(term); }
 *     public void onRevoked(long term) { stop(term); }
 * });
 * }</pre>
 *
 * <p>A leader is told of its revocation before another member can be told of a grant, as long as its process runs: at
 * once when it finds itself in a minority, and when it has not been able to be sure for two and a half times the agreed
 * token-loss time; the others grant no sooner than after three times that. A configuration change that is over by then,
 * as when a member joins, revokes nothing: meanwhile {@link #isLeader} is false and the candidate hears nothing. A
 * process that stands still is told when it goes on; what must not be done by two is to be sent with the term, and
 * refused by whoever has seen a greater one.
 *
 * <p>A member that was cut off stands again by itself, behind those that stand by then.
 *
 * <p><b>Threading.</b> Any thread may call any method.
 */
public final class LeaderElection {

    /** Who stands. Told on the delivery thread, of one thing after the other; must not wait. */
    public interface Candidate {

        /**
         * This member leads from now on.
         *
         * @param term greater than those of all leaders before, in this election and all others; or once more the one
         *     that was revoked last, and then nobody has led in between
         */
        void onGranted(long term);

        /**
         * This member leads no more; {@link #isLeader} says so already.
         *
         * @param term that of the last grant
         */
        void onRevoked(long term);
    }

    /**
     * A leader.
     *
     * @param member who leads
     * @param term since when: greater than those of the leaders before
     */
    public record Leader(MemberId member, long term) {}

    private final String name;
    private final Audience audience;

    LeaderElection(String name, Audience audience) {
        this.name = requireNonNull(name, "name");
        this.audience = audience;
    }

    /** The name under which all members know it. */
    public String name() {
        return name;
    }

    /**
     * Stands in the election until {@link #leave}, whether this member is in the primary component now or not. Where
     * the objects outlive a member ({@link ReplicatedObjects#of}) so does who stands: before there is one, and with the
     * next one.
     *
     * @throws IllegalStateException if this member stands in it already, or the future of {@link #leave} is not done
     * @throws io.vsring.ring.RingClosedException if this member has ended, and no other one follows
     */
    public void join(Candidate candidate) {
        audience.join(name, candidate);
    }

    /**
     * Stands no more; if this member leads its candidate is told that it does no more, and the next one leads.
     *
     * @return done when the candidate has been told all it will be, and the others know; never fails
     */
    public CompletableFuture<Void> leave() {
        return audience.leave(name);
    }

    /**
     * Lets the next one lead and stands behind all others; does nothing if this member does not lead. Who stands alone
     * leads again, in another term.
     */
    public void resign() {
        Elections elections = audience.elections();
        if (elections != null) {
            elections.resign(name);
        }
    }

    /**
     * Whether this member may believe at this moment that it leads: only between {@link Candidate#onGranted} and
     * {@link Candidate#onRevoked}, and not while it may be cut off. Never blocks.
     */
    public boolean isLeader() {
        Elections elections = audience.elections();
        return elections != null && elections.isLeader(name);
    }

    /**
     * Who leads as this member knows it: what it knew last if it is cut off. Never blocks.
     *
     * @return nobody if none stands, or the last one is gone and the next one does not lead yet
     */
    public Optional<Leader> leader() {
        Elections elections = audience.elections();
        return elections == null ? Optional.empty() : elections.leader(name);
    }
}
