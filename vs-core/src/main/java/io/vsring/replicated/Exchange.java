package io.vsring.replicated;

import io.vsring.MemberId;
import io.vsring.MemberSet;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The standings of all members of a regular configuration, and what follows from them. Since they are delivered in one
 * order, all members come to the same decision.
 */
final class Exchange {

    /**
     * What is to be done.
     *
     * @param outcome whether there may be a primary component
     * @param source whose state it begins with; of a decision without one the best that is there, or null
     * @param voters whose states count
     * @param others whether a member comes from another history, which ends here
     * @param expectedMembers more than half of so many must be ready; 0 if nobody said how many
     */
    record Decision(Outcome outcome, @Nullable Standing source, MemberSet voters, boolean others, int expectedMembers) {

        Standing chosen() {
            return Objects.requireNonNull(source, "there is no state to begin with");
        }
    }

    enum Outcome {
        /** The members that hold something are enough of those that may hold more. */
        QUORUM,
        /** They are not, but everybody else who could hold more has lost it: all slots are here. */
        REGAINED,
        /** Somebody who is not here may hold more. */
        NO_QUORUM,
        /** Nobody here holds anything. */
        BLANK
    }

    private static final Comparator<Standing> BEST = Comparator.comparing((Standing each) -> label(each))
            .thenComparing(each -> each.extent().end())
            .thenComparing(Standing::member, Comparator.reverseOrder());

    private final MemberSet members;
    private final TreeMap<MemberId, Standing> standings = new TreeMap<>();

    Exchange(MemberSet members) {
        this.members = members;
    }

    /** Takes the standing of a member; the first one counts. */
    void add(Standing standing) {
        if (members.contains(standing.member())) {
            standings.putIfAbsent(standing.member(), standing);
        }
    }

    boolean isComplete() {
        return standings.size() == members.size();
    }

    /** What this member said. */
    Standing of(MemberId member) {
        return Objects.requireNonNull(standings.get(member), "has said nothing");
    }

    /** The decision; once all standings are there. */
    Decision decide() {
        List<History> histories = histories();
        int expected = standings.values().stream()
                .mapToInt(Standing::expectedMembers)
                .max()
                .orElse(0);
        if (2 * members.size() <= expected) {
            return new Decision(Outcome.NO_QUORUM, null, MemberSet.of(), false, expected);
        }
        if (histories.isEmpty()) {
            return new Decision(Outcome.BLANK, null, MemberSet.of(), false, expected);
        }
        Comparator<History> order = Comparator.comparing(History::mayGoOn)
                .thenComparing(History::era)
                .thenComparing(History::size)
                .thenComparing(each -> each.best().extent().end())
                .thenComparing(History::lineage, Comparator.reverseOrder()); // the older one
        History first = histories.stream().max(order).orElseThrow();
        return new Decision(first.outcome(), first.best(), first.present, histories.size() > 1, expected);
    }

    private List<History> histories() {
        List<List<Standing>> groups = new ArrayList<>();
        for (Standing standing : standings.values()) {
            if (standing.isValid()) {
                groups.stream()
                        .filter(group -> label(group.get(0)).isSameHistory(label(standing)))
                        .findFirst()
                        .orElseGet(() -> {
                            List<Standing> group = new ArrayList<>();
                            groups.add(group);
                            return group;
                        })
                        .add(standing);
            }
        }
        return groups.stream().map(History::new).toList();
    }

    private static Label label(Standing valid) {
        return Objects.requireNonNull(valid.label(), "a blank member has no label");
    }

    /** Those that carry on one history. */
    private final class History {

        private final List<Standing> standings;
        private final MemberSet present;

        History(List<Standing> standings) {
            this.standings = standings;
            this.present = MemberSet.of(standings.stream().map(Standing::member).toList());
        }

        Standing best() {
            if (ReplicaMutant.MOST_COMMANDS_WIN) {
                return standings.stream()
                        .max(Comparator.comparing(each -> each.extent().end()))
                        .orElseThrow();
            }
            return standings.stream().max(BEST).orElseThrow();
        }

        Outcome outcome() {
            if (deciding().stream().allMatch(each -> each.isQuorum(counted(each)))) {
                return Outcome.QUORUM;
            }
            return deciding().stream().allMatch(each -> each.isQuorum(present) || each.isComplete(members))
                    ? Outcome.REGAINED
                    : Outcome.NO_QUORUM;
        }

        private MemberSet counted(Electorate electorate) {
            return ReplicaMutant.BLANK_VOTES
                    ? MemberSet.of(electorate.voters().stream()
                            .filter(voter -> members.stream().anyMatch(voter::isSameSlotAs))
                            .toList())
                    : present;
        }

        boolean mayGoOn() {
            return outcome() != Outcome.NO_QUORUM;
        }

        /** Of the last component, as each one knows it, and of all that may have come behind it. */
        private List<Electorate> deciding() {
            Label top = label(best());
            List<Electorate> all = new ArrayList<>();
            for (Standing standing : standings) {
                if (label(standing).equals(top)) {
                    all.add(standing.electorate());
                }
                for (Standing.Attempt attempt : standing.attempts()) {
                    if (attempt.label().compareTo(top) > 0) {
                        all.add(attempt.electorate());
                    }
                }
            }
            return all;
        }

        long era() {
            return label(best()).era();
        }

        int size() {
            return best().electorate().voters().size();
        }

        long lineage() {
            return label(best()).lineage();
        }
    }
}
