package io.vsring.autoconfigure;

import io.vsring.ring.RingStatistics;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** Says what a member has seen of others, and where to look, when no ring came about in time. */
final class RingFormationFailureAnalyzer extends AbstractFailureAnalyzer<RingFormationException> {

    @Override
    protected FailureAnalysis analyze(Throwable rootFailure, RingFormationException cause) {
        RingStatistics seen = cause.statistics();
        String description =
                "This application did not come together with others: " + cause.getMessage() + ". It received "
                        + seen.datagramsReceived() + " datagrams, dropped " + seen.drops() + ", did not understand "
                        + seen.malformed() + ", and was told " + seen.unreachable() + " times that nobody listens.";
        String action = seen.datagramsReceived() == 0
                ? "Nothing came in. Look for a firewall that drops UDP, in both directions, between this member and its"
                        + " seeds; and whether the others can send to the address that this member advertises"
                        + " (vs.transport.advertised-address)."
                : "Something came in, so look at the other members: the same vs.cluster-name and vs.security.mode,"
                        + " another vs.member-id, datagrams of vs.transport.mtu in both directions.";
        return new FailureAnalysis(
                description,
                action + " To start without waiting for others, set vs.on-startup-timeout=continue; to wait longer, set"
                        + " vs.startup-timeout.",
                cause);
    }
}
