package io.vsring.autoconfigure;

import io.vsring.ring.RingException;
import io.vsring.ring.RingStartException;
import io.vsring.ring.RingStatistics;
import io.vsring.ring.RingStatus;
import java.time.Duration;

/** The member runs, but was not ready in time: it neither came together with others nor found that it is alone. */
final class RingFormationException extends RingException {

    private static final long serialVersionUID = 1;

    private final transient RingStatistics statistics;

    /** @param cause says what the member is doing, and where it looks for others */
    RingFormationException(Duration timeout, RingStatus status, RingStatistics statistics, RingStartException cause) {
        super("member " + status.local() + " was not ready within " + timeout.toMillis() + "ms, in "
                + status.configuration() + ": " + cause.getMessage());
        this.statistics = statistics;
        initCause(cause);
    }

    /** What the member has seen until it gave up. */
    RingStatistics statistics() {
        return statistics;
    }
}
