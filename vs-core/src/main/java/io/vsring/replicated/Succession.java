package io.vsring.replicated;

import static java.util.Objects.requireNonNull;

import io.vsring.MemberId;
import io.vsring.MemberSet;
import io.vsring.RingConfiguration;
import io.vsring.RingId;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Decides, configuration after configuration, whether its members are the primary component, and sees to it that they
 * hold one state before they go on.
 *
 * <p>In each regular configuration: all members tell their {@linkplain Standing standing}; from these all draw the same
 * {@linkplain Exchange.Decision decision}; whoever lacks the chosen state gets it; whoever holds it says that it is
 * ready; with enough of them ready the {@linkplain Component component} is established and commands are applied. What
 * is delivered in the transitional configuration after it is kept as tentative, and the next decision settles it.
 *
 * <p>A function of what is delivered, in its order: no clock, no thread, no ring. Delivery thread only.
 */
final class Succession {

    /** What is outside of it. */
    interface Outside {

        /** With what this member was started, as of now. */
        Standing.Setup setup();

        void send(Standing standing);

        void sendReady();

        void send(TransferPlan plan);

        void send(StatePack pack);

        void send(Digests digests);

        /** Says that this object is not the same on all members. */
        void sendStop(long key);

        /**
         * Nobody here holds anything, and this member is the one to begin a history, when it has waited long enough.
         */
        void mayFound();

        /** From now on calls wait for the next decision. */
        void freeze();

        /** Calls are carried out again, those first that have been sent before. */
        void open(Clients clients);

        /** Calls are refused. */
        void refuse();

        /** A call of this member has been carried out. */
        void answered(long request, Answer answer);

        /** A history that this member held ends here. */
        void discarded(DiscardedState state);

        /** Another journal holds the state from now on. */
        void replaced(Journal journal);

        /** Calls {@link #goOn()} when what has been delivered meanwhile has been taken. */
        void comeBack();

        /** Somebody may have to look at this. */
        void warn(String what);

        /** Something about the status has changed. */
        void changed(PrimaryStatus status);
    }

    /** The history that this member gives up for another one, until it is ready in that. */
    private record Fallback(Journal journal, Label label, Electorate electorate, List<Standing.Attempt> attempts) {}

    private final MemberId self;
    private final Map<String, Supplier<Replica>> kinds;
    private final Outside outside;

    private final DigestWatch watch = new DigestWatch();
    private final Transfer transfer;
    private Journal journal;
    private @Nullable Label label; // of the last component that this member was ready in
    private Electorate electorate = Electorate.NOBODY; // of that component
    private final Attempts attempts = new Attempts();

    // Of the current configuration:
    private @Nullable RingId ring;
    private MemberSet members = MemberSet.of();
    private boolean regular;
    private @Nullable Exchange exchange;
    private @Nullable Exchange stuck; // without a decision, but that of an operator
    private @Nullable Component component;
    private @Nullable Fallback fallback;
    private boolean holds; // the state with which the component begins, and all that came since
    private Exchange.@Nullable Decision founding; // what is decided if somebody begins a history

    Succession(MemberId self, Map<String, Supplier<Replica>> kinds, TransferLimits limits, Outside outside) {
        this.self = self;
        this.kinds = kinds;
        this.outside = outside;
        this.journal = new Journal(kinds);
        this.transfer = new Transfer(self, kinds, limits, outside::send);
    }

    Journal journal() {
        return journal;
    }

    /** Shows how much of what has a cap there is, beside the journal. */
    void show(ReplicationBoard board) {
        board.show(StateResource.ATTEMPTS, attempts.size());
        board.show(StateResource.DIGESTS, watch.size());
        transfer.show(board);
    }

    /** Whether it is in the primary component, holds all and may say so. */
    boolean isPrimary() {
        return regular && takesPart();
    }

    /** Whether this member is to measure the time: the lowest of those that are ready. */
    boolean measuresTime() {
        return isPrimary() && self.equals(component().ready().lowest());
    }

    void entered(RingConfiguration configuration) {
        if (configuration.isTransitional()) {
            adoptIfComplete(); // what it has not caught up with yet it does now, before others decide
            regular = false;
            transfer.pause();
            outside.freeze();
            changed(PrimaryStatus.State.UNDECIDED);
            return;
        }
        leave();
        regular = true;
        ring = configuration.ringId();
        members = configuration.members();
        exchange = ReplicaMutant.STANDING_OF_ANY_RING && exchange != null
                ? exchange.among(members)
                : new Exchange(members);
        outside.freeze();
        changed(PrimaryStatus.State.UNDECIDED);
        watch.forget();
        outside.send(new Standing(
                self,
                outside.setup(),
                label,
                electorate,
                attempts.toList(),
                journal.extent(),
                journal.ended(),
                journal.declaredMembers(),
                transfer.progress()));
    }

    /** What remains of the configuration that is over. */
    private void leave() {
        Component past = component;
        Fallback kept = fallback;
        fallback = null;
        if (kept != null && label == null) {
            journal = kept.journal; // the other history has not been taken on: this one may still be needed
            label = kept.label;
            electorate = kept.electorate;
            attempts.addAll(kept.attempts);
            outside.replaced(journal);
        }
        if (past != null && label != null && label.isSameHistory(past.label())) {
            if (label.equals(past.label())) {
                electorate = past.electorate();
            } else if (!ReplicaMutant.ATTEMPTS_FORGOTTEN) {
                attempts.add(new Standing.Attempt(past.label(), past.electorate()));
            }
        }
        component = null;
        transfer.pause();
        founding = null;
        stuck = null;
        holds = false;
    }

    // --- the exchange

    void onStanding(Standing standing) {
        Exchange now = exchange;
        if (now == null) {
            return;
        }
        now.add(standing);
        if (now.isComplete() && component == null) {
            exchange = ReplicaMutant.STANDING_OF_ANY_RING ? now : null;
            decide(now);
        }
    }

    private void decide(Exchange standings) {
        Exchange.Decision decision = standings.decide();
        // Whoever is expected and not here may hold a history: then this is no beginning.
        boolean foundable =
                decision.outcome() == Exchange.Outcome.BLANK && members.size() >= decision.expectedMembers();
        if (foundable) {
            founding = decision;
            if (regular && self.equals(members.lowest())) {
                outside.mayFound();
            }
        } else if (decision.source() != null && decision.outcome() != Exchange.Outcome.NO_QUORUM) {
            attempt(standings, decision);
        } else if (regular) {
            transfer.forget();
            stuck = standings;
            if (ReplicaMutant.COPY_VOTES && label == null && decision.source() != null) {
                label = decision.source().label();
                electorate = decision.source().electorate();
            }
            outside.refuse();
            changed(PrimaryStatus.State.NOT_PRIMARY);
        }
    }

    /**
     * An operator has said that those who are here are to go on, whatever others hold.
     *
     * @param expectedMembers how many members there are from now on
     * @param lineage names the history that begins if nobody here holds anything
     */
    void onBootstrap(int expectedMembers, long lineage) {
        Exchange standings = stuck;
        if (!regular || standings == null || 2 * members.size() <= expectedMembers) {
            return;
        }
        stuck = null;
        outside.freeze();
        changed(PrimaryStatus.State.UNDECIDED);
        Exchange.Decision decision = standings.bootstrap(expectedMembers);
        outside.warn("an operator has said that the members that are here are to go on: what others hold is given up");
        if (decision.outcome() == Exchange.Outcome.BLANK) {
            founding = decision;
            onFounded(lineage);
        } else {
            attempt(standings, decision);
        }
    }

    /** Whether nothing but an operator's word can make a primary component of these members. */
    boolean isStuck() {
        return regular && stuck != null;
    }

    private void attempt(Exchange standings, Exchange.Decision decision) {
        Standing source = decision.chosen();
        Label previous = source.label();
        if (previous == null) {
            throw new IllegalStateException("a blank member cannot be the source");
        }
        boolean bootstrapped = decision.outcome() == Exchange.Outcome.BOOTSTRAPPED;
        component = new Component(
                new Label(previous.era() + (bootstrapped ? 1 : 0), previous.lineage(), ring()),
                decision.voters(),
                decision.expectedMembers(),
                decision.beginning());
        if (regular && !bootstrapped && !decision.givenUp().isEmpty()) {
            outside.warn("histories have met that were begun apart: that of " + source.member()
                    + " goes on, others end here: " + decision.givenUp() + ". Tell each member how many there are to be"
                    + " (vs.quorum.expected-members), and this cannot happen");
        }
        if (regular && decision.outcome() == Exchange.Outcome.REGAINED) {
            outside.warn("more than half of the members of the last primary component have lost its state, but all are"
                    + " back: the primary component goes on with the state of " + source.member());
        }
        if (!regular) {
            return; // others may have decided so before they moved on; this member only remembers that
        }
        holds = journal.extent().equals(source.extent());
        if (self.equals(source.member())) {
            TransferPlan plan = transfer.plan(journal, standings, members, source);
            if (plan.isEmpty()) {
                transfer.forget();
            } else {
                outside.send(plan);
                transfer.send(journal, plan);
            }
        } else if (holds) {
            transfer.forget();
        } else {
            transfer.await(source);
        }
        if (holds || ReplicaMutant.READY_WITHOUT_STATE) {
            outside.sendReady();
        }
    }

    /** A history begins with nothing. */
    void onFounded(long lineage) {
        Exchange.Decision decision = founding;
        if (!regular || decision == null) {
            return;
        }
        founding = null;
        journal = Journal.begin(kinds, lineage);
        outside.replaced(journal);
        component =
                new Component(new Label(0, lineage, ring()), members, decision.expectedMembers(), decision.beginning());
        holds = true;
        outside.sendReady();
    }

    // --- the transfer

    void onPlan(MemberId sender, TransferPlan plan) {
        if (regular && transfer.onPlan(sender, plan, journal)) {
            if (ReplicaMutant.STATE_GIVEN_UP_EARLY && !plan.byCommands().contains(self)) {
                journal = new Journal(kinds);
            }
            goOn(); // where nothing is lacking but that what is tentative here is so
        }
    }

    void onPack(MemberId sender, StatePack pack) {
        if (regular && transfer.onPack(sender, pack)) {
            goOn();
        }
    }

    /** Catches up with what came behind a state that is here, little by little: all would wait for who stood still. */
    void goOn() {
        if (!regular || !transfer.isComplete()) {
            return;
        }
        if (transfer.catchUp(component())) {
            adoptIfComplete();
            outside.sendReady();
        } else {
            outside.comeBack();
        }
    }

    private void adoptIfComplete() {
        TransferReceipt complete = transfer.takeComplete();
        if (complete != null) {
            adopt(complete);
        }
    }

    private void adopt(TransferReceipt complete) {
        Component now = component();
        if (label != null) {
            DiscardedState discarded = complete.discarded(kinds);
            if (discarded != null) {
                outside.discarded(discarded);
            }
            if (!label.isSameHistory(now.label())) {
                fallback = new Fallback(journal, label, electorate, attempts.toList());
                label = null; // what it may count on is of another history
                electorate = Electorate.NOBODY;
                attempts.clear();
            }
        }
        journal = complete.complete(now);
        holds = true;
        outside.replaced(journal);
    }

    // --- the component

    void onReady(MemberId member) {
        if (component == null) {
            return;
        }
        boolean establishes = component.ready(member, stage());
        if (establishes) {
            if (holds && regular) {
                journal.applyTentative(); // not before: what nobody relies on may still vanish
            }
            take(Command.established(component.beginning()));
        }
        if (component.isEstablished() && (establishes || member.equals(self)) && component.isReady(self)) {
            if (ReplicaMutant.LABEL_OF_REGULAR_ONLY && !regular) {
                return;
            }
            label = component.label();
            electorate = component.electorate();
            attempts.clear();
            if (regular) {
                changed(PrimaryStatus.State.PRIMARY);
                outside.open(journal.clients());
            }
        }
    }

    /** Whether this member, which is primary, keeps nobody from going on if it leaves now. */
    boolean canGo() {
        return component().canGo(self, members);
    }

    /** A member says that it leaves; returns whether that is this one, and the others know. */
    boolean onLeaving(MemberId member) {
        if (component != null) {
            component.leaves(member, stage());
        }
        return regular && member.equals(self);
    }

    /** What this member knows of its own vote, having delivered that it leaves. */
    Component.Vote vote() {
        return component == null ? Component.Vote.KEPT : component.voteOf(self);
    }

    /** A member has said its last word; returns whether that is this one. */
    boolean onGone(MemberId member, Component.Vote vote) {
        if (component != null) {
            component.gone(member, vote);
        }
        return member.equals(self);
    }

    /** A command that was sent for this ring. */
    void onCommand(Command command) {
        if (ReplicaMutant.COMMAND_OF_ANY_RING || (component != null && component.isEstablished())) {
            Answer answer = take(command);
            if (answer != null
                    && (regular || ReplicaMutant.TENTATIVE_ANSWERED)
                    && command.isCall()
                    && command.client().equals(self)) {
                outside.answered(command.request(), answer);
            }
        }
    }

    /** Applies it if this is the place for it; else it waits for the state, or for the next decision. */
    private @Nullable Answer take(Command command) {
        if (!holds && !ReplicaMutant.COMMAND_OF_ANY_RING) {
            if (regular && (command.isCall() || !ReplicaMutant.GAP_AFTER_STATE)) {
                transfer.keep(command);
            }
            return null;
        }
        if (!regular && !ReplicaMutant.TENTATIVE_APPLIED) {
            if (!ReplicaMutant.TENTATIVE_FORGOTTEN) {
                transfer.addTentative(journal, command);
            }
            return ReplicaMutant.TENTATIVE_ANSWERED ? Answer.done(new byte[Integer.BYTES]) : null;
        }
        Answer answer = journal.apply(command);
        if (DigestWatch.isDue(journal.position()) && isPrimary()) {
            outside.send(watch.take(journal));
        }
        return answer;
    }

    /** A member says what its objects have become. */
    void onDigests(MemberId sender, Digests told) {
        if (!isPrimary()) {
            return; // what is told in a transitional configuration may be of another history than what is here
        }
        for (long key : watch.differing(told)) {
            Shelf.Item item = journal.shelf().item(key);
            if (item != null && !item.isStopped()) {
                outside.warn("'" + item.creation().name() + "' of kind '"
                        + item.creation().kind() + "' is not the same on " + self + " and " + sender + " after "
                        + told.position() + " commands: its code is not deterministic. It is stopped, and refuses"
                        + " all calls");
                outside.sendStop(key);
            }
        }
    }

    private Stage stage() {
        return regular || ReplicaMutant.STEPS_NOT_DOUBTED ? Stage.REGULAR : Stage.TRANSITIONAL;
    }

    private boolean takesPart() {
        return component != null
                && component.isEstablished()
                && component.label().equals(label);
    }

    private void changed(PrimaryStatus.State state) {
        Label last = label;
        outside.changed(new PrimaryStatus(
                state,
                last == null ? "" : last.toString(),
                state == PrimaryStatus.State.PRIMARY ? members : electorate.voters()));
    }

    private Component component() {
        return requireNonNull(component, "no component is under way");
    }

    private RingId ring() {
        return requireNonNull(ring, "no configuration has been delivered yet");
    }
}
