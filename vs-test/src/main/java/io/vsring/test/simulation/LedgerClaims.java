package io.vsring.test.simulation;

import io.vsring.MemberSet;
import io.vsring.RingConfiguration;
import io.vsring.replicated.PrimaryStatus;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What clients of a replicated ledger may rely on. A ledger tells the place of each entry, so the order of all that was
 * carried out is known, and linearizability can be read off.
 *
 * <p>The promise ends when all that were ready in the last primary component are dead before there is another one: then
 * what counts is what had been acknowledged in the latest component of which a member lives, if there is one. It also
 * ends when a history is founded twice, and where REP-14 takes the word of members that have lost their memory, and
 * these had let somebody in who lives and is not there.
 */
final class LedgerClaims {

    /** A call from its beginning to its answer. */
    static final class Call {
        private final SimulatedMember member;
        private final long entry; // 0 for a read
        private final int floor; // what had been answered to anybody when it began
        private final long losses; // how often all had been lost then

        private Call(SimulatedMember member, long entry, int floor, long losses) {
            this.member = member;
            this.entry = entry;
            this.floor = floor;
            this.losses = losses;
        }

        long entry() {
            return entry;
        }
    }

    private record Acknowledged(long entry, String label) {}

    private record Place(long history, long position) {}

    private record Digest(long digest, SimulatedMember member) {}

    private final SimulatedCluster cluster;
    private final Map<Integer, Acknowledged> byPlace = new HashMap<>();
    private final Set<Long> refused = new HashSet<>();
    private final Map<Place, Digest> digests = new HashMap<>();
    private final Map<SimulatedMember, String> ready =
            new HashMap<>(); // who is still there, and in what component last
    private String last = "";
    private int highest = -1;
    private final Map<String, Set<SimulatedMember>> components = new HashMap<>(); // who has ever been ready in each
    private boolean split;
    private final int expectedMembers;
    private boolean regained; // an earlier state, although the later one is not lost
    private boolean twins;
    private long answers;
    private long losses;

    /** @param expectedMembers as the members are told; 0 if they are told nothing */
    LedgerClaims(SimulatedCluster cluster, int expectedMembers) {
        this.cluster = cluster;
        this.expectedMembers = expectedMembers;
    }

    Call appends(SimulatedMember member, long entry) {
        return new Call(member, entry, highest, losses);
    }

    Call reads(SimulatedMember member) {
        return new Call(member, 0, highest, losses);
    }

    /** Two processes claim one slot: who returned for a dead one may not be one. */
    void twins() {
        twins = true;
    }

    private boolean isJudged(Call call) {
        return call.losses == losses && isJudged();
    }

    void answered(Call call, String label, int number) {
        if (!isJudged(call)) {
            return;
        }
        answers++;
        int place = call.entry == 0 ? number - 1 : number;
        if (place < call.floor || (call.entry != 0 && place == call.floor)) {
            violated(
                    "R2",
                    call,
                    "was answered " + number + ", although place " + call.floor
                            + " had been answered before it was made");
        }
        highest = Math.max(highest, place);
        if (call.entry == 0) {
            return;
        }
        Acknowledged before = byPlace.putIfAbsent(place, new Acknowledged(call.entry, label));
        if (before != null) {
            violated("R1", call, "was answered place " + place + ", which entry " + before.entry + " has too");
        }
    }

    /** R8: nobody forgets what became of a call of a member that lives, as long as anything is remembered. */
    void forgotten(Call call) {
        if (isJudged(call)) {
            violated("R8", call, "got no answer, because nobody remembers what became of it");
        }
    }

    void refused(Call call) {
        if (call.entry != 0) {
            refused.add(call.entry);
        }
    }

    void primary(SimulatedMember member, PrimaryStatus status, @Nullable LedgerReplica ledger) {
        String label = status.label();
        String history = label.substring(label.indexOf('@'));
        if (!last.isEmpty() && !last.endsWith(history) && !split) {
            split = true;
            cluster.coverage().saw(Sometimes.HISTORIES_MET);
        }
        if (ring(label) > ring(last)) {
            regained |= expectedMembers == 0 && isRegained(status.members());
            last = label;
        }
        components.computeIfAbsent(label, unused -> new HashSet<>()).add(member);
        ready.put(member, label);
        if (isJudged()) {
            check(member, label, ledger);
        }
    }

    /**
     * Whether the best that these members hold is of a component before the last one, and all others that were ready in
     * that one are dead: REP-14 lets them go on then, unless somebody said how many members there are.
     */
    private boolean isRegained(MemberSet present) {
        String best = "";
        for (Map.Entry<SimulatedMember, String> each : ready.entrySet()) {
            if (present.contains(each.getKey().id()) && ring(each.getValue()) > ring(best)) {
                best = each.getValue();
            }
        }
        return !best.isEmpty()
                && !best.equals(last)
                && components.getOrDefault(best, Set.of()).stream()
                        .noneMatch(each -> each.isThere() && !present.contains(each.id()));
    }

    private static long ring(String label) {
        if (label.isEmpty()) {
            return -1;
        }
        int begin = label.indexOf('.') + 1;
        return Long.parseLong(label.substring(begin, label.indexOf('.', begin)));
    }

    /** R3: what was acknowledged in another component is there, at its place; R4: what was refused is not. */
    private void check(SimulatedMember member, String label, @Nullable LedgerReplica ledger) {
        int size = ledger == null ? 0 : ledger.size();
        for (Map.Entry<Integer, Acknowledged> each : byPlace.entrySet()) {
            Acknowledged acknowledged = each.getValue();
            if (ring(acknowledged.label) >= ring(label)) {
                continue; // it may come behind, or this member learns late of a component that is over
            }
            if (each.getKey() >= size || ledger == null || ledger.get(each.getKey()) != acknowledged.entry) {
                cluster.violated(
                        "R3",
                        member + " is primary as " + label + " without entry " + acknowledged.entry
                                + ", which was acknowledged at place " + each.getKey() + " in " + acknowledged.label
                                + "; it has " + size + " entries",
                        member.trace());
            }
        }
        Set<Long> seen = new HashSet<>();
        for (int place = 0; place < size && ledger != null; place++) {
            long entry = ledger.get(place);
            if (!seen.add(entry)) {
                cluster.violated("R5", member + " has entry " + entry + " twice", member.trace());
            }
            if (refused.contains(entry)) {
                cluster.violated("R4", member + " has entry " + entry + ", which was refused", member.trace());
            }
        }
    }

    /** R6: at one position of a history all have one digest. */
    void applied(SimulatedMember member, long history, long position, long digest) {
        if (!isJudged()) {
            return; // of two histories that met the one that was given up may go on from an older state
        }
        if (!isOfSomebodyReady(member)) {
            return; // a copy of what nobody else has any more binds nobody
        }
        Digest before = digests.putIfAbsent(new Place(history, position), new Digest(digest, member));
        if (before != null && before.digest != digest) {
            cluster.violated(
                    "R6",
                    member + " has another digest at position " + position + " than " + before.member + " had",
                    member.trace(),
                    before.member.trace());
        }
    }

    /** What is applied is of the component of the ring: whether this member is ready in that, or it is the last one. */
    private boolean isOfSomebodyReady(SimulatedMember member) {
        RingConfiguration now = member.trace().configuration();
        String ring = now == null ? "" : now.ringId() + "@";
        return now != null
                && (last.startsWith(ring) || ready.getOrDefault(member, "").startsWith(ring));
    }

    void gone(SimulatedMember member) {
        if (ready.remove(member) != null && !ready.containsValue(last) && !last.isEmpty()) {
            lost();
        }
    }

    /** Nobody is left who held all of it: what is promised is what the latest of the others hold. */
    void lost() {
        losses++;
        digests.clear();
        last = "";
        for (String label : ready.values()) {
            last = ring(label) > ring(last) ? label : last;
        }
        long kept = ring(last);
        byPlace.values().removeIf(each -> ring(each.label) > kept);
        highest = byPlace.keySet().stream().mapToInt(place -> place).max().orElse(-1);
        cluster.coverage().saw(last.isEmpty() ? Sometimes.ALL_LOST : Sometimes.ALL_LOST_BUT_AN_EARLIER_STATE);
    }

    boolean isJudged() {
        return !split && !twins && !regained;
    }

    long answers() {
        return answers;
    }

    long components() {
        return components.size();
    }

    long losses() {
        return losses;
    }

    private void violated(String claim, Call call, String fact) {
        cluster.violated(
                claim,
                (call.entry == 0 ? "a read" : "entry " + call.entry) + " of " + call.member + " " + fact,
                call.member.trace());
    }
}
