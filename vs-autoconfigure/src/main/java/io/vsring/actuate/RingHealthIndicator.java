package io.vsring.actuate;

import io.vsring.replicated.PrimaryStatus;
import io.vsring.replicated.ReplicatedObjects;
import io.vsring.ring.Ring;
import io.vsring.ring.RingClosedException;
import io.vsring.ring.RingStatus;
import org.springframework.boot.health.contributor.AbstractHealthIndicator;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.Status;

/**
 * Whether this member can be relied on: up when its ring is at work, it is in the primary component and holds all of
 * the state. Asks nobody else, and waits for nothing.
 *
 * <p>Down when it has ended by itself, and as long as another living member has its id: then there are two that may
 * have gone on with different states, and one of them has to be given another id.
 *
 * <p>A change of the configuration takes some milliseconds; a member that has seen the token within three times the
 * agreed token-loss time is not out of service for that.
 *
 * @since 0.1
 */
public final class RingHealthIndicator extends AbstractHealthIndicator {

    private static final int TOKEN_LOSSES = 3;

    private final ReplicatedObjects objects;
    private final RingKeys keys;

    /**
     * Of whatever member is behind these objects when it is asked.
     *
     * @param keys what becomes of those of the member
     */
    public RingHealthIndicator(ReplicatedObjects objects, RingKeys keys) {
        super("the ring could not be looked at");
        this.objects = objects;
        this.keys = keys;
    }

    @Override
    protected void doHealthCheck(Health.Builder builder) {
        Ring ring;
        PrimaryStatus primary;
        try {
            ring = objects.ring();
            primary = objects.status();
        } catch (RingClosedException none) {
            builder.outOfService().withDetail("state", "NOT_RUNNING");
            return;
        }
        RingStatus status = ring.status();
        String twin = RingSecurity.twin(ring);
        builder.status(twin == null ? health(ring, status, primary) : Status.DOWN)
                .withDetail("state", status.state())
                .withDetail("member", status.local().id().toString())
                .withDetail("ring", status.configuration().ringId().toString())
                .withDetail("members", status.configuration().members().size())
                .withDetail("objects", primary.state());
        if (twin != null) {
            builder.withDetail("twin", twin + " has the id of this member: give each a vs.member-id of its own");
        }
        troubles(ring, builder);
    }

    /** What somebody has to do something about, though the member can be relied on. */
    private void troubles(Ring ring, Health.Builder builder) {
        if (RingSecurity.mode(ring).equals(RingSecurity.PLAINTEXT)) {
            builder.withDetail("security", RingSecurity.PLAINTEXT);
        }
        String refusal = keys.refusal();
        if (refusal != null) {
            builder.withDetail("keysRefused", refusal);
        }
    }

    private static Status health(Ring ring, RingStatus status, PrimaryStatus primary) {
        if (status.state() == RingStatus.State.CLOSED) {
            return Status.DOWN; // by itself: whoever stops it takes it away
        }
        boolean atWork = status.state() == RingStatus.State.OPERATIONAL
                || (status.state() == RingStatus.State.JOINING
                        && ring.hasSeenToken(ring.agreedTokenLoss().multipliedBy(TOKEN_LOSSES)));
        return atWork && primary.isPrimary() ? Status.UP : Status.OUT_OF_SERVICE;
    }
}
