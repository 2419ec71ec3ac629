package io.vsring.test.trace;

import io.vsring.ConfigurationChange;
import io.vsring.MemberId;
import io.vsring.MemberSet;
import io.vsring.RingConfiguration;
import io.vsring.RingId;
import io.vsring.test.check.History;
import io.vsring.test.check.MemberTrace;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;

/** Tells a history what several members did, in an order in which it could have happened. Used once. */
final class TraceMerge {

    private final History history = new History(this::nanos, this::step);
    private final List<Teller> tellers = new ArrayList<>();
    private final Map<RingId, RingOrder> orders = new HashMap<>();
    private long firstMillis = Long.MAX_VALUE;
    private long nowMillis;
    private long steps;

    TraceMerge(List<TracedMember> members) {
        for (TracedMember member : new LostWords(members).added()) {
            tellers.add(new Teller(member, history.started(member.id())));
            for (TraceEntry entry : member.entries()) {
                firstMillis = Math.min(firstMillis, entry.atMillis());
                if (entry instanceof TraceEntry.Sent sent) {
                    order(sent.place().ring()).add(sent.place().position());
                }
            }
        }
        orders.values().forEach(RingOrder::sort);
    }

    /** @throws IllegalArgumentException if the traces contradict each other, so that there is no such order */
    History run() {
        boolean progress = true;
        while (progress) {
            progress = false;
            for (Teller teller : tellers) {
                progress |= teller.tellAll();
            }
        }
        List<String> waiting =
                tellers.stream().filter(Teller::hasMore).map(Teller::toString).toList();
        if (!waiting.isEmpty() && history.violation() == null) {
            throw new IllegalArgumentException("no order fits these traces; each waits for another: " + waiting);
        }
        tellers.forEach(Teller::end);
        return history;
    }

    private RingOrder order(RingId ring) {
        return orders.computeIfAbsent(ring, id -> new RingOrder());
    }

    private long nanos() {
        return (nowMillis - firstMillis) * 1_000_000;
    }

    private long step() {
        return steps;
    }

    /** The places that were given on one ring, and how many of them the history has been told. */
    private static final class RingOrder {
        private long[] positions = new long[64];
        private int count;
        private int told;

        void add(long position) {
            if (count == positions.length) {
                positions = Arrays.copyOf(positions, 2 * count);
            }
            positions[count++] = position;
        }

        void sort() {
            Arrays.sort(positions, 0, count);
        }

        boolean isNext(long position) {
            return told < count && positions[told] == position;
        }

        /** Whether it has been told, or nobody will ever tell it and the history had better say so. */
        boolean isSettled(long position) {
            int at = Arrays.binarySearch(positions, 0, count, position);
            return at < told;
        }
    }

    /** One member's way through its own entries. */
    private final class Teller {
        private final TracedMember member;
        private final MemberTrace trace;
        private int at;
        private long settled;

        Teller(TracedMember member, MemberTrace trace) {
            this.member = member;
            this.trace = trace;
        }

        boolean hasMore() {
            return at < member.entries().size();
        }

        boolean tellAll() {
            int before = at;
            while (hasMore()
                    && history.violation() == null
                    && tell(member.entries().get(at))) {
                at++;
                steps++;
            }
            return at > before;
        }

        private boolean tell(TraceEntry entry) {
            nowMillis = entry.atMillis();
            if (entry instanceof TraceEntry.Delivered delivered) {
                return tell(delivered);
            } else if (entry instanceof TraceEntry.Sent sent) {
                RingOrder order = order(sent.place().ring());
                if (!order.isNext(sent.place().position())) {
                    return false;
                }
                order.told++;
                trace.sent(
                        sent.number(),
                        sent.place().ring(),
                        sent.place().sequence(),
                        sent.place().index());
            } else if (entry instanceof TraceEntry.Submitted submitted) {
                TraceEntry.Content content = submitted.content();
                long hash = MemberTrace.hashOf(content.group(), content.standIn());
                trace.submitted(submitted.number(), content.guarantee(), hash);
            } else if (entry instanceof TraceEntry.Settled outcome) {
                settle(outcome);
            } else if (entry instanceof TraceEntry.Installed installed) {
                RingConfiguration before = trace.configuration();
                MemberSet members = before == null ? MemberSet.of() : before.members();
                trace.installed(ConfigurationChange.between(members, installed.configuration()));
            }
            return true;
        }

        private boolean tell(TraceEntry.Delivered delivered) {
            if (!order(delivered.place().ring()).isSettled(delivered.place().position())) {
                return false;
            }
            RingConfiguration current = trace.configuration();
            if (current == null || !current.id().equals(delivered.configurationId())) {
                history.violated(
                        "B3",
                        member.id() + " delivered a message as of " + delivered.configurationId() + " while in "
                                + current,
                        trace);
                return false;
            }
            trace.delivered(new TracedDelivery(delivered, current));
            return true;
        }

        /** O1: each message has one outcome, in order, and is delivered here before its sender is told so. */
        private void settle(TraceEntry.Settled outcome) {
            settled++;
            if (outcome.number() != settled || (outcome.delivered() && trace.ownDelivered() < outcome.number())) {
                history.violated(
                        "O1",
                        member.id() + " was told as outcome " + settled + " that message " + outcome.number() + " is "
                                + (outcome.delivered() ? "delivered" : "unknown") + " after it had delivered "
                                + trace.ownDelivered() + " of its own",
                        trace);
            }
        }

        void end() {
            switch (member.end()) {
                case KILLED -> trace.crashed();
                case LEFT -> {
                    trace.left();
                    if (settled != trace.submitted()) {
                        history.violated(
                                "O1", member.id() + " left, and was told " + settled + " outcomes only", trace);
                    }
                }
                case RUNNING -> {}
            }
        }

        @Override
        public String toString() {
            return member.id() + " with " + member.entries().get(at);
        }
    }

    /** What killed members said and others heard, but no file has: it goes behind what they had written. */
    private static final class LostWords {
        private final List<TracedMember> members;
        private final Map<MemberId, TreeMap<Long, TraceEntry.Delivered>> heard = new HashMap<>();

        LostWords(List<TracedMember> members) {
            this.members = members;
            for (TracedMember member : members) {
                if (member.end() == TracedMember.End.KILLED) {
                    heard.put(member.id(), new TreeMap<>());
                }
            }
            for (TracedMember member : members) {
                for (TraceEntry entry : member.entries()) {
                    if (entry instanceof TraceEntry.Delivered delivered) {
                        TreeMap<Long, TraceEntry.Delivered> words = heard.get(delivered.sender());
                        if (words != null) {
                            words.putIfAbsent(delivered.number(), delivered);
                        }
                    }
                }
            }
        }

        List<TracedMember> added() {
            List<TracedMember> added = new ArrayList<>();
            for (TracedMember member : members) {
                TreeMap<Long, TraceEntry.Delivered> words = heard.get(member.id());
                added.add(words == null ? member : added(member, words));
            }
            return added;
        }

        private static TracedMember added(TracedMember member, NavigableMap<Long, TraceEntry.Delivered> words) {
            List<TraceEntry> entries = new ArrayList<>(member.entries());
            long submitted = 0;
            long sent = 0;
            for (TraceEntry entry : member.entries()) {
                if (entry instanceof TraceEntry.Submitted written) {
                    submitted = written.number();
                } else if (entry instanceof TraceEntry.Sent written) {
                    sent = written.number();
                }
            }
            for (TraceEntry.Delivered lost : words.tailMap(sent, false).values()) {
                if (lost.number() > submitted) {
                    entries.add(new TraceEntry.Submitted(lost.atMillis(), lost.number(), lost.content()));
                }
                entries.add(new TraceEntry.Sent(lost.atMillis(), lost.number(), lost.place()));
            }
            return new TracedMember(member.id(), entries, member.end());
        }
    }
}
