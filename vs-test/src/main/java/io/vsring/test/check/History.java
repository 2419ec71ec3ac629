package io.vsring.test.check;

import io.vsring.ConfigurationChange;
import io.vsring.Delivery;
import io.vsring.Guarantee;
import io.vsring.MemberId;
import io.vsring.MemberSet;
import io.vsring.RingConfiguration;
import io.vsring.RingId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Everything that the members of a run submitted, sent, delivered and installed, and what is wrong with it.
 *
 * <p>Claims are judged as the events come in, each at the first moment at which it can be judged; the rest at the end.
 * The first violation is kept and ends the judging: what follows from a broken history says nothing. Cost and memory
 * are linear in the events. Not safe for threads: real processes are recorded first and told one event at a time.
 */
public final class History {
    private static final int CONTEXT_LINES = 14;

    private final LongSupplier clock;
    private final LongSupplier steps;
    private final List<EvsProperty> properties;
    private final List<MemberTrace> members = new ArrayList<>();
    private final Map<MemberId, MemberTrace> membersById = new HashMap<>();
    private final List<RingTrace> rings = new ArrayList<>();
    private final Map<RingId, RingTrace> ringsById = new HashMap<>();
    private final Map<String, Passage> passages = new HashMap<>();
    private final Map<Integer, Long> highestOfSlot = new HashMap<>();
    private final Set<MemberTrace> strangers = new HashSet<>();
    private @Nullable Violation violation;
    private long events;
    private long deliveries;

    /**
     * @param clock the time of the run in nanoseconds, for the report
     * @param steps the step of the run, for the report
     */
    public History(LongSupplier clock, LongSupplier steps) {
        this(clock, steps, EvsProperty.all());
    }

    /** As the other, with claims of one's choice. */
    public History(LongSupplier clock, LongSupplier steps, List<EvsProperty> properties) {
        this.clock = clock;
        this.steps = steps;
        this.properties = List.copyOf(properties);
    }

    /** A new incarnation, which has all that earlier ones of its slot have written down. */
    public MemberTrace started(MemberId id) {
        return started(id, highestOfSlot.getOrDefault(id.id(), 0L));
    }

    /** A new incarnation which has lost what earlier ones of its slot had written down. */
    public MemberTrace startedBlank(MemberId id) {
        highestOfSlot.remove(id.id());
        return started(id, 0);
    }

    /** A process that claims a slot which is another's, and knows nothing of what was written down there. */
    public MemberTrace startedBeside(MemberId id) {
        MemberTrace member = started(id, 0);
        strangers.add(member);
        return member;
    }

    private MemberTrace started(MemberId id, long remembered) {
        if (membersById.containsKey(id)) {
            throw new IllegalArgumentException("an incarnation starts once: " + id + " has started before");
        }
        MemberTrace member = new MemberTrace(this, members.size(), id, remembered);
        members.add(member);
        membersById.put(id, member);
        return member;
    }

    /** The run was cut off: nothing is said about what should still have happened. */
    public void endedAnyhow() {
        end(new EvsProperty.Ending(List.of()));
    }

    /**
     * The run came to rest, long after the last fault.
     *
     * @param components the living members, those together that could talk to each other
     */
    public void endedQuietly(List<MemberSet> components) {
        end(new EvsProperty.Ending(components));
    }

    private void end(EvsProperty.Ending ending) {
        for (EvsProperty property : properties) {
            if (violation == null) {
                property.onEnd(this, ending);
            }
        }
    }

    /** What is wrong, or null. */
    public @Nullable Violation violation() {
        return violation;
    }

    /** Events taken in so far. */
    public long events() {
        return events;
    }

    /** Deliveries taken in so far. */
    public long deliveries() {
        return deliveries;
    }

    /** All incarnations, in the order in which they started. */
    public List<MemberTrace> members() {
        return members;
    }

    /** All rings that were heard of, in the order in which they were. */
    public List<RingTrace> rings() {
        return rings;
    }

    /** The incarnation of this id; null if none has started. */
    public @Nullable MemberTrace member(MemberId id) {
        return membersById.get(id);
    }

    /**
     * Claims that something is wrong; only the first claim counts.
     *
     * @param predicate the number of the claim that does not hold
     * @param fact what was found, in one sentence
     * @param concerned the members whose last doings belong into the report
     */
    public void violated(String predicate, String fact, MemberTrace... concerned) {
        if (violation != null) {
            return;
        }
        StringBuilder context = new StringBuilder();
        for (MemberTrace member : concerned) {
            context.append(member.log().tail(CONTEXT_LINES));
        }
        violation = new Violation(predicate, fact, clock.getAsLong(), steps.getAsLong(), context.toString());
    }

    void onSent(MemberTrace member, EvsProperty.Sending sending) {
        events++;
        for (EvsProperty property : properties) {
            if (violation == null) {
                property.onSent(this, member, sending);
            }
        }
    }

    void onDelivered(Stay stay, int rank) {
        events++;
        deliveries++;
        for (EvsProperty property : properties) {
            if (violation == null) {
                property.onDelivered(this, stay, rank);
            }
        }
    }

    void onInstalled(MemberTrace member, ConfigurationChange change) {
        events++;
        for (EvsProperty property : properties) {
            if (violation == null) {
                property.onInstalled(this, member, change);
            }
        }
        RingConfiguration next = change.configuration();
        if (!next.isTransitional() && !strangers.contains(member)) {
            highestOfSlot.merge(member.id().id(), next.ringId().sequence(), Math::max);
        }
    }

    /** B1: whether a delivery is of what was sent at its place; if not, that is a violation. */
    boolean matches(MemberTrace member, Delivery delivery, int rank) {
        Stay stay = member.stay();
        if (rank < 0 || stay == null) {
            violated("B1", member + " delivered " + textOf(delivery) + ", where nobody sent a message", member);
            return false;
        }
        RingTrace ring = stay.ring();
        MemberTrace sender = members.get(ring.sender(rank));
        boolean same = delivery.number() == ring.number(rank)
                && delivery.sender().equals(sender.id())
                && (delivery.guarantee() == Guarantee.SAFE) == ring.isSafe(rank)
                && MemberTrace.hashOf(delivery.group(), delivery.bytes()) == ring.hash(rank);
        if (!same) {
            violated(
                    "B1",
                    member + " delivered " + textOf(delivery) + " of " + delivery.length() + " bytes, other than "
                            + describe(ring, rank) + ", which was sent there",
                    member,
                    sender);
        }
        return same;
    }

    private static String textOf(Delivery delivery) {
        return "message " + delivery.number() + " of " + delivery.sender() + " at " + delivery.sequence() + "/"
                + delivery.index() + " of ring " + delivery.configuration().ringId();
    }

    RingTrace ring(RingId id) {
        RingTrace known = ringsById.get(id);
        if (known == null) {
            known = new RingTrace(rings.size(), id);
            rings.add(known);
            ringsById.put(id, known);
        }
        return known;
    }

    Passage passage(RingConfiguration transitional) {
        return passages.computeIfAbsent(transitional.id(), id -> new Passage(id, transitional.members()));
    }

    @Nullable
    Passage knownPassage(RingConfiguration transitional) {
        return passages.get(transitional.id());
    }

    long now() {
        return clock.getAsLong();
    }

    /** A message as text, by ring and rank. */
    String describe(RingTrace ring, int rank) {
        if (rank >= ring.count()) {
            return "message of rank " + rank + " in ring " + ring;
        }
        return (ring.isSafe(rank) ? "SAFE" : "AGREED") + " message " + ring.number(rank) + " of "
                + members.get(ring.sender(rank)) + " at " + RingTrace.textOf(ring.position(rank)) + " of ring " + ring;
    }
}
