package io.vsring.autoconfigure;

import io.vsring.ring.RingStatistics;
import java.util.List;
import java.util.stream.Stream;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** Says what a member has seen of others, and where to look, when no ring came about in time. */
final class RingFormationFailureAnalyzer extends AbstractFailureAnalyzer<RingFormationException> {

    /** Why datagrams are dropped, and what that is a sign of. */
    private record Sign(String reason, String meaning) {}

    /** What says most comes first. */
    private static final List<Sign> SIGNS = List.of(
            new Sign(
                    "DUPLICATE_ID",
                    "Another process claims this member's id: give each member a vs.member-id of its own,"
                            + " or none, so that"
                            + " it follows from the host and port that the member advertises."),
            new Sign(
                    "OTHER_CLUSTER",
                    "Members of a cluster of another name are at these addresses: set the same"
                            + " vs.cluster-name on all, or"
                            + " other seeds."),
            new Sign(
                    "INCOMPATIBLE_VERSION",
                    "Members of another release are at these addresses that speak no version of the"
                            + " protocol which this one"
                            + " speaks: upgrade one release at a time."),
            new Sign(
                    "OTHER_VERSION",
                    "Datagrams of a version of the protocol came in that this release does not speak: look"
                            + " for members of"
                            + " another release, or for another program that uses the port."),
            new Sign(
                    "BAD_MAGIC",
                    "Something that is no member, or has keys where this one has none, sends to this port: give the"
                            + " ring a port of its own (vs.transport.port), and all members the same"
                            + " vs.security.keys."),
            new Sign("PLAINTEXT", "Members without keys are at these addresses: give all the same vs.security.keys."),
            new Sign(
                    "UNKNOWN_KEY",
                    "Members with keys that this one does not have are at these addresses: give all the same"
                            + " vs.security.keys."),
            new Sign(
                    "FORGED",
                    "Members with another key of the same id, or with another vs.cluster-name, are at these addresses:"
                            + " set the same of both on all."),
            new Sign("RING_FULL", "The ring has as many members as it can have."));

    /** Each member is so at first, until it has shown that it hears: a sign only where there is no other. */
    private static final Sign ONE_WAY = new Sign(
            "NOT_TWO_WAY",
            "Others are heard and do not hear this member: look for a firewall in that direction, for an address"
                    + " that they cannot reach (vs.transport.advertised-address), and for a path that drops"
                    + " datagrams of vs.transport.mtu.");

    @Override
    protected FailureAnalysis analyze(Throwable rootFailure, RingFormationException cause) {
        RingStatistics seen = cause.statistics();
        String description =
                "This application did not come together with others: " + cause.getMessage() + ". It received "
                        + seen.datagramsReceived() + " datagrams, dropped " + seen.drops() + ", did not understand "
                        + seen.malformed() + ", did not let in " + seen.rejected() + ", and was told "
                        + seen.unreachable() + " times that nobody listens.";
        String action = seen.datagramsReceived() == 0
                ? "Nothing came in. Look whether its seeds are those that you mean (vs.discovery.seeds,"
                        + " vs.discovery.dns.name); for a firewall that drops UDP, in both directions, between this"
                        + " member and its seeds; and whether the others can send to the address that this"
                        + " member advertises"
                        + " (vs.transport.advertised-address)."
                : whatCameIn(seen);
        return new FailureAnalysis(
                description,
                action + " To start without waiting for others, set vs.on-startup-timeout=continue; to wait longer, set"
                        + " vs.startup-timeout.",
                cause);
    }

    private static String whatCameIn(RingStatistics seen) {
        List<String> signs = SIGNS.stream()
                .filter(sign -> isSeen(sign, seen))
                .map(Sign::meaning)
                .toList();
        if (!signs.isEmpty()) {
            return String.join(" ", signs);
        }
        return isSeen(ONE_WAY, seen)
                ? ONE_WAY.meaning
                : "Something came in, so look at the other members: the same vs.cluster-name and vs.security.keys,"
                        + " another vs.member-id, datagrams of vs.transport.mtu in both directions.";
    }

    private static boolean isSeen(Sign sign, RingStatistics seen) {
        return Stream.of(seen.drops(), seen.malformed(), seen.rejected())
                .anyMatch(counted -> counted.getOrDefault(sign.reason, 0L) > 0);
    }
}
