package io.vsring.ring;

import io.vsring.MemberAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Turns seeds into addresses. */
final class SeedLookup {

    private SeedLookup() {}

    /**
     * The addresses behind the seeds but for one's own, of the same IP version as it, in the order given.
     *
     * @throws RingStartException if there are seeds, and not one of their hosts is known
     */
    static List<MemberAddress> othersThan(MemberAddress own, List<Seed> seeds, RingLog log) {
        Set<MemberAddress> found = new LinkedHashSet<>();
        List<String> unknown = new ArrayList<>();
        for (Seed seed : seeds) {
            try {
                seed.resolve().stream()
                        .filter(address -> address.isIpv4() == own.isIpv4())
                        .forEach(found::add);
            } catch (UnknownHostException e) {
                unknown.add(seed.text());
            }
        }
        if (found.isEmpty() && !seeds.isEmpty()) {
            throw new RingStartException("vs.discovery.seeds: not one of the seeds "
                    + seeds.stream().map(Seed::text).toList() + " has an address of the IP version of " + own
                    + (unknown.isEmpty() ? "" : notKnown(unknown)));
        }
        if (!unknown.isEmpty()) {
            log.seedsUnknown(unknown);
        }
        found.remove(own);
        return List.copyOf(found);
    }

    private static String notKnown(List<String> seeds) {
        return "; these hosts are not known: " + seeds + ". They are looked up once, when the member starts: start it"
                + " when one is known. Under Kubernetes, a headless service with publishNotReadyAddresses is known from"
                + " its first pod on";
    }
}
