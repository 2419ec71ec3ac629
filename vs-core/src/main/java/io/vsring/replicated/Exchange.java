package io.vsring.replicated;

import io.vsring.MemberId;
import io.vsring.MemberSet;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.TreeMap;
import java.util.TreeSet;
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
     * @param source whose state it begins with; null if there is none to begin with
     * @param voters whose states count
     * @param expectedMembers more than half of so many must be ready; 0 if nobody said how many
     * @param givenUp other histories from which members come, which end here
     * @param beginning with what the component begins
     */
    record Decision(
            Outcome outcome,
            @Nullable Standing source,
            MemberSet voters,
            int expectedMembers,
            List<HistoryName> givenUp,
            Establishment beginning) {

        Standing chosen() {
            return Objects.requireNonNull(source, "there is no state to begin with");
        }
    }

    enum Outcome {
        /** The members that hold something are enough of those that may hold more. */
        QUORUM,
        /** They are not, but everybody else who could hold more has lost it: all slots are here, as far as is known. */
        REGAINED,
        /** Somebody who is not here may hold more. */
        NO_QUORUM,
        /** Nobody here holds anything. */
        BLANK,
        /** An operator has said that those who are here are to go on, whatever others hold. */
        BOOTSTRAPPED
    }

    private static final Comparator<Standing> BEST = Comparator.comparing((Standing each) -> label(each))
            .thenComparing(each -> each.extent().end())
            .thenComparing(each -> each.extent().position()) // it can tell the others what they lack
            .thenComparing(Standing::member, Comparator.reverseOrder());

    private final MemberSet members;
    private final TreeMap<MemberId, Standing> standings = new TreeMap<>();

    Exchange(MemberSet members) {
        this.members = members;
    }

    /** What those of these members have said that have said something here. */
    Exchange among(MemberSet others) {
        Exchange next = new Exchange(others);
        standings.values().forEach(next::add);
        return next;
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
        if (histories.isEmpty()) {
            int expected = expectedMembers();
            return begin(2 * members.size() <= expected ? Outcome.NO_QUORUM : Outcome.BLANK, expected);
        }
        History first = first(histories);
        int declared = first.declaredMembers();
        int expected = declared == Establishment.NOT_DECLARED ? expectedMembers() : declared;
        Outcome outcome = 2 * members.size() <= expected ? Outcome.NO_QUORUM : first.outcome();
        if (outcome == Outcome.REGAINED && members.size() < expected) {
            outcome = Outcome.NO_QUORUM; // whoever is missing may have been let in later, and hold more
        }
        return goOn(outcome, first, givenUp(histories, first), expected);
    }

    /**
     * The decision if an operator has said that those who are here are to go on, whatever others hold; once all
     * standings are there.
     *
     * @param expectedMembers how many members there are from now on
     */
    Decision bootstrap(int expectedMembers) {
        List<History> histories = histories();
        if (histories.isEmpty()) {
            return begin(Outcome.BLANK, expectedMembers);
        }
        History first = first(histories);
        List<HistoryName> givenUp = new ArrayList<>(givenUp(histories, first));
        givenUp.add(first.name());
        return goOn(Outcome.BOOTSTRAPPED, first, givenUp, expectedMembers);
    }

    private Decision begin(Outcome outcome, int expected) {
        Establishment beginning = Establishment.of(members, common());
        return new Decision(outcome, null, MemberSet.of(), expected, List.of(), beginning);
    }

    private Decision goOn(Outcome outcome, History first, List<HistoryName> givenUp, int expected) {
        TreeSet<HistoryName> ended = new TreeSet<>(givenUp);
        standings.values().stream().filter(Standing::isValid).forEach(each -> ended.addAll(each.ended()));
        if (outcome != Outcome.BOOTSTRAPPED) {
            ended.remove(first.name()); // two may each have been given up for the other, by different members
        }
        long now = standings.values().stream()
                .mapToLong(each -> each.setup().clockMillis())
                .max()
                .orElseThrow();
        Establishment beginning = new Establishment(
                members,
                common(),
                List.copyOf(ended),
                outcome == Outcome.BOOTSTRAPPED ? expected : first.declaredMembers(),
                givenUp.isEmpty() ? 0 : now);
        return new Decision(outcome, first.best(), first.present, expected, givenUp, beginning);
    }

    private static History first(List<History> histories) {
        Comparator<History> order = Comparator.comparing(History::mayGoOn)
                .thenComparing(each -> !each.isGivenUp())
                .thenComparing(History::era)
                .thenComparing(History::size)
                .thenComparing(each -> each.best().extent().end())
                .thenComparing(History::lineage, Comparator.reverseOrder()); // the older one
        return histories.stream().max(order).orElseThrow();
    }

    private static List<HistoryName> givenUp(List<History> histories, History first) {
        return histories.stream()
                .filter(each -> each != first)
                .map(History::name)
                .sorted()
                .toList();
    }

    /** How many members there are to be, by what the members were told. */
    private int expectedMembers() {
        return standings.values().stream()
                .mapToInt(each -> each.setup().expectedMembers())
                .max()
                .orElse(0);
    }

    private Capabilities common() {
        return standings.values().stream()
                .map(each -> each.setup().capabilities())
                .reduce(Capabilities::inCommonWith)
                .orElse(Capabilities.NONE);
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
        List<History> histories = groups.stream().map(History::new).toList();
        histories.forEach(each -> each.others = histories);
        return histories;
    }

    private static Label label(Standing valid) {
        return Objects.requireNonNull(valid.label(), "a blank member has no label");
    }

    /** Those that carry on one history. */
    private final class History {

        private final List<Standing> standings;
        private final MemberSet present;
        private List<History> others = List.of(); // itself among them

        History(List<Standing> standings) {
            this.standings = standings;
            this.present = MemberSet.of(standings.stream().map(Standing::member).toList());
        }

        Standing best() {
            if (ReplicaMutant.LOWEST_STATE_WINS) {
                return standings.stream()
                        .min(Comparator.comparing(Standing::member))
                        .orElseThrow();
            }
            return standings.stream().max(BEST).orElseThrow();
        }

        Outcome outcome() {
            if (isGivenUp()) {
                return Outcome.NO_QUORUM;
            }
            if (deciding().stream().allMatch(each -> each.isQuorum(counted(each)))) {
                return Outcome.QUORUM;
            }
            return deciding().stream().allMatch(each -> each.isQuorum(present) || each.isComplete(members))
                    ? Outcome.REGAINED
                    : Outcome.NO_QUORUM;
        }

        private MemberSet counted(Electorate electorate) {
            return ReplicaMutant.BLANK_VOTES || ReplicaMutant.COPY_VOTES
                    ? MemberSet.of(electorate.voters().stream()
                            .filter(voter -> (ReplicaMutant.BLANK_VOTES ? members : present)
                                    .stream().anyMatch(voter::isSameSlotAs))
                            .toList())
                    : present;
        }

        /** Whether it was given up for another one that is here: those of its members that were away do not know. */
        boolean isGivenUp() {
            return others.stream().anyMatch(each -> each.gaveUp(name()) && !gaveUp(each.name()));
        }

        private boolean gaveUp(HistoryName other) {
            return !ReplicaMutant.GIVEN_UP_FORGOTTEN
                    && standings.stream().anyMatch(each -> each.ended().contains(other));
        }

        HistoryName name() {
            return label(best()).history();
        }

        int declaredMembers() {
            return best().declaredMembers();
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
