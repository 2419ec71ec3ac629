package io.vsring.ring;

import io.vsring.MemberAddress;
import io.vsring.security.Rejection;
import io.vsring.security.SecurityEvents;
import java.nio.ByteBuffer;

/** Counts what the envelope keeps out, and says so. Loop thread only. */
final class EnvelopeWatch implements SecurityEvents {

    private final RingCounters counters;
    private final RingLog log;

    EnvelopeWatch(RingCounters counters, RingLog log) {
        this.counters = counters;
        this.log = log;
    }

    void greets(ByteBuffer greeting) {
        counters.sent(greeting);
    }

    @Override
    public void rejected(Rejection reason, MemberAddress source, long nowNanos) {
        counters.rejected(reason);
        log.rejected(reason, source, nowNanos);
    }

    @Override
    public void opened(int keyId) {
        counters.opened(keyId);
    }
}
