package io.vsring.test.campaign;

import io.vsring.security.Rejection;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * Bits of datagrams change on their way through a relay, which sends them with the checksum of what they are then: so
 * they arrive, and it is for the members to notice.
 */
final class Corruption implements Fault {

    private static final String FORGED = Rejection.FORGED.name().toLowerCase(Locale.ROOT);

    private final RelayFault relayed;
    private final List<MemberSlot> members;
    private final HttpCalls calls;
    private final Map<MemberSlot, Map<String, Long>> before = new HashMap<>();
    private final Map<String, Long> keptOut = new TreeMap<>();

    Corruption(RelayFault relayed, List<MemberSlot> members, HttpCalls calls) {
        this.relayed = relayed;
        this.members = members;
        this.calls = calls;
    }

    @Override
    public FaultKind kind() {
        return relayed.kind();
    }

    @Override
    public void begin() throws InterruptedException {
        for (MemberSlot member : members) {
            Map<String, Long> rejected = calls.rejected(member);
            if (rejected != null) {
                before.put(member, rejected); // one that says nothing now would tell of earlier faults later
            }
        }
        relayed.begin();
    }

    @Override
    public void end() throws InterruptedException {
        relayed.end();
        for (MemberSlot member : before.keySet()) {
            Map<String, Long> rejected = calls.rejected(member);
            if (rejected != null) {
                add(keptOut, before.getOrDefault(member, Map.of()), rejected);
            }
        }
    }

    /** Adds what a member has kept out meanwhile. One that was killed says nothing any more. */
    static void add(Map<String, Long> sum, Map<String, Long> before, Map<String, Long> after) {
        after.forEach((reason, count) -> {
            long grown = count - before.getOrDefault(reason, 0L);
            if (grown > 0) {
                sum.merge(reason, grown, Long::sum);
            }
        });
    }

    /** Most bits are in what the key protects, and nothing else in a campaign is forged. */
    @Override
    public Proof proof() {
        Proof sent = relayed.proof();
        return new Proof(
                sent.happened() && keptOut.containsKey(FORGED), sent.shows() + ", members kept out=" + keptOut);
    }

    @Override
    public String toString() {
        return relayed.toString();
    }
}
