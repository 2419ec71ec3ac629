package io.vsring.autoconfigure;

import io.vsring.ring.RingException;
import io.vsring.ring.RingStatistics;
import io.vsring.ring.RingStatus;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The member runs, but was not ready in time: it neither came together with others nor found that it is alone. */
final class RingFormationException extends RingException {

    private static final long serialVersionUID = 1;

    private final transient RingStatistics statistics;

    RingFormationException(
            Duration timeout,
            List<String> seeds,
            RingStatus status,
            RingStatistics statistics,
            @Nullable Throwable cause) {
        super("member " + status.local() + " was not ready within " + timeout.toMillis() + "ms: it is " + status.state()
                + " in " + status.configuration() + ", its seeds are " + seeds);
        this.statistics = statistics;
        initCause(cause);
    }

    /** What the member has seen until it gave up. */
    RingStatistics statistics() {
        return statistics;
    }
}
