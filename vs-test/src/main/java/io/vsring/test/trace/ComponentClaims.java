package io.vsring.test.trace;

import io.vsring.MemberId;
import io.vsring.MemberSet;
import io.vsring.RingConfiguration;
import io.vsring.RingId;
import io.vsring.test.check.History;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * What traces show of primary components and replicated objects: T1, who is primary is so in its own regular
 * configuration, and all of these name one component with one set of members; T2, in one configuration and at one
 * position all have one digest; T3, nobody goes on with a history who has met nobody of its last primary component
 * since, unless nobody is left of those that were primary in that.
 */
final class ComponentClaims {

    /** A primary component, as far as somebody said that it is in it. */
    private record Component(RingId ring, String history, MemberSet members, TreeSet<MemberId> primary) {}

    private record Place(String configuration, long applied) {}

    private record Seen(String digest, MemberId member) {}

    private final List<TracedMember> members;
    private final Map<String, Component> components = new HashMap<>();
    private final Map<RingId, String> labels = new HashMap<>();
    private final Map<Place, Seen> digests = new HashMap<>();
    private final TreeMap<Long, List<MemberSet>> configurations = new TreeMap<>(); // by ring sequences

    ComponentClaims(List<TracedMember> members) {
        this.members = members;
    }

    /** Tells the history what is wrong, if anything is. */
    void judge(History history) {
        for (TracedMember member : members) {
            RingConfiguration current = null;
            for (TraceEntry entry : member.entries()) {
                if (entry instanceof TraceEntry.Installed installed) {
                    current = installed.configuration();
                    configurations
                            .computeIfAbsent(current.ringId().sequence(), unused -> new ArrayList<>())
                            .add(current.members());
                } else if (entry instanceof TraceEntry.Primary primary && primary.primary()) {
                    judge(member.id(), primary, current, history);
                } else if (entry instanceof TraceEntry.Digest digest) {
                    judge(member.id(), digest, history);
                }
            }
        }
        judgeSuccession(history);
    }

    private void judge(
            MemberId member, TraceEntry.Primary primary, @Nullable RingConfiguration current, History history) {
        String label = primary.label();
        RingId ring = TraceEntry.ringId(label.substring(0, label.indexOf('@')));
        Component component = components.computeIfAbsent(
                label,
                unused -> new Component(ring, label.substring(label.indexOf('@')), primary.members(), new TreeSet<>()));
        component.primary.add(member);
        String before = labels.putIfAbsent(ring, label);
        if (current == null
                || current.isTransitional()
                || !current.ringId().equals(ring)
                || !current.members().equals(primary.members())) {
            history.violated(
                    "T1", member + " is primary as " + label + " with " + primary.members() + " in " + current);
        } else if (before != null && !before.equals(label)) {
            history.violated("T1", member + " is primary as " + label + ", and others are so as " + before);
        }
    }

    private void judge(MemberId member, TraceEntry.Digest digest, History history) {
        Seen before = digests.putIfAbsent(
                new Place(digest.configuration(), digest.applied()), new Seen(digest.digest(), member));
        if (before != null && !before.digest.equals(digest.digest())) {
            history.violated(
                    "T2",
                    member + " had digest " + digest.digest() + " at position " + digest.applied() + " in "
                            + digest.configuration() + ", and " + before.member + " had " + before.digest);
        }
    }

    private void judgeSuccession(History history) {
        List<Component> ordered = new ArrayList<>(components.values());
        ordered.sort(Comparator.comparing((Component each) -> each.history)
                .thenComparing(each -> each.ring.sequence())
                .thenComparing(each -> each.ring.representative()));
        for (int i = 1; i < ordered.size(); i++) {
            Component earlier = ordered.get(i - 1);
            Component later = ordered.get(i);
            if (earlier.history.equals(later.history)
                    && met(earlier, later.ring.sequence())
                            .intersect(later.members)
                            .isEmpty()
                    && isAnyLeft(earlier)) {
                history.violated(
                        "T3",
                        later.members + " of ring " + later.ring + " go on with the history of " + earlier.members
                                + " of ring " + earlier.ring + ", and have met none of them since");
            }
        }
    }

    /** The members of a component and all that they have met since, on rings before that sequence. */
    private MemberSet met(Component component, long end) {
        MemberSet met = component.members;
        for (List<MemberSet> each : configurations
                .subMap(component.ring.sequence(), true, end, false)
                .values()) {
            for (MemberSet together : each) {
                met = together.intersect(met).isEmpty() ? met : met.union(together);
            }
        }
        return met;
    }

    /** Whether somebody who was primary in it runs to this day. */
    private boolean isAnyLeft(Component component) {
        return members.stream()
                .anyMatch(
                        member -> member.end() == TracedMember.End.RUNNING && component.primary.contains(member.id()));
    }
}
