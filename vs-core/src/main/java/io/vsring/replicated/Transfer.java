package io.vsring.replicated;

import io.vsring.MemberId;
import io.vsring.MemberSet;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What this member has to do with the transfer of the state in a configuration: it sends it, gets it, or neither.
 * Delivery thread only.
 */
final class Transfer {

    private static final int CATCH_UP_PACKS = 4;

    private final MemberId self;
    private final Map<String, Supplier<Replica>> kinds;
    private final TransferSource source;
    private final List<Command> early = new ArrayList<>(); // came before the plan
    private final TransferLimits limits;
    private long earlyBytes;
    private @Nullable Standing awaited; // whose plan has not come yet
    private @Nullable TransferReceipt receipt;
    private @Nullable StateAssembly begun; // in the configuration before

    Transfer(MemberId self, Map<String, Supplier<Replica>> kinds, TransferLimits limits, Consumer<StatePack> sender) {
        this.self = self;
        this.kinds = kinds;
        this.limits = limits;
        this.source = new TransferSource(limits.packBytes(), sender);
    }

    /** How far a state has come that was cut off; null if none was. */
    StateAssembly.@Nullable Progress progress() {
        return begun == null ? null : begun.progress();
    }

    /** Shows how much is under way, and has come without being a part of the state yet. */
    void show(ReplicationBoard board) {
        board.show(StateResource.STATE_PACKS, source.underWay());
        board.show(StateResource.INCOMING_STATE, bytes());
    }

    /**
     * Takes a command that is tentative: as much of them as of a state that comes.
     *
     * @throws IllegalStateException if there are more
     */
    void addTentative(Journal journal, Command command) {
        if (journal.tentativeBytes() + command.bytes() > limits.bytesMax()) {
            throw new IllegalStateException("the commands of which nobody knows whether they count have more than the "
                    + limits.bytesMax() + " bytes that this member takes in: give it more memory (-Xmx), or more of it"
                    + " (ReplicationOptions.limits)");
        }
        journal.addTentative(command);
    }

    /** The regular configuration is over. */
    void pause() {
        source.pause();
        if (receipt != null) {
            begun = receipt.assembly();
        }
        receipt = null;
        awaited = null;
        forgetEarly();
    }

    /** This member holds the state that goes on, and says how the others get it. */
    TransferPlan plan(Journal journal, Exchange standings, MemberSet members, Standing own) {
        begun = null;
        return TransferPlan.of(journal, standings, members, own, source);
    }

    /** Sends what was planned. */
    void send(Journal journal, TransferPlan plan) {
        source.begin(journal, plan);
    }

    /** Another member sends the state, and this one gets it unless it holds it already. */
    void await(Standing other) {
        source.forget();
        awaited = other;
    }

    /** There is nothing to be sent or to come. */
    void forget() {
        source.forget();
        begun = null;
    }

    /** Takes the plan of the source; returns whether it is that which was awaited. */
    boolean onPlan(MemberId sender, TransferPlan plan, Journal here) {
        Standing from = awaited;
        if (from == null || !from.member().equals(sender)) {
            return false;
        }
        awaited = null;
        TransferReceipt coming;
        if (plan.byCommands().contains(self)) {
            coming = TransferReceipt.ofCommands(from, here);
        } else if (plan.rest().contains(self) && begun != null) {
            coming = TransferReceipt.ofRest(from, here, begun);
        } else {
            coming = TransferReceipt.ofWhole(from, here, ReplicaMutant.STATE_PUT_IN_PLACE ? here : new Journal(kinds));
        }
        begun = null;
        early.forEach(coming::keep);
        forgetEarly();
        receipt = coming;
        return true;
    }

    /**
     * Returns whether with it all has come that is lacking here.
     *
     * @throws MalformedCommandException if it cannot be read
     */
    boolean onPack(MemberId sender, StatePack pack) {
        if (sender.equals(self)) {
            source.delivered();
        } else if (receipt != null && receipt.isFrom(sender) && !receipt.isComplete()) {
            requireRoom(pack.pieces().length);
            take(receipt, pack);
            return receipt != null && receipt.isComplete();
        }
        return false;
    }

    /** What cannot be read is not waited for any more; what is here is as it was, and goes on elsewhere. */
    private void take(TransferReceipt coming, StatePack pack) {
        try {
            coming.take(pack);
        } catch (MalformedCommandException unreadable) {
            receipt = null;
            throw unreadable;
        }
    }

    /** A command that comes behind the state. */
    void keep(Command command) {
        if (receipt != null) {
            requireRoom(command.bytes());
            receipt.keep(command);
        } else if (awaited != null) {
            requireRoom(command.bytes());
            early.add(command);
            earlyBytes += command.bytes();
        }
    }

    private void forgetEarly() {
        early.clear();
        earlyBytes = 0;
    }

    /** What has come and is not a part of the state yet, also of one that was cut off. */
    private long bytes() {
        if (receipt != null) {
            return receipt.bytes();
        }
        return earlyBytes + (begun == null ? 0 : begun.bytes());
    }

    private void requireRoom(long more) {
        if (bytes() + more > limits.bytesMax()) {
            throw new IllegalStateException(
                    "the state of the primary component, and what is called while it comes, have"
                            + " more than the " + limits.bytesMax()
                            + " bytes that this member takes in: give it more memory (-Xmx), or"
                            + " more of it (ReplicationOptions.limits)");
        }
    }

    /** Whether all has come. */
    boolean isComplete() {
        return receipt != null && receipt.isComplete();
    }

    /** Applies some of the commands that came behind a state that is here; returns whether it has caught up. */
    boolean catchUp(Component component) {
        return receipt == null || receipt.catchUp(component, (long) CATCH_UP_PACKS * limits.packBytes());
    }

    /** What has come, once all has; null otherwise. It is given once. */
    @Nullable
    TransferReceipt takeComplete() {
        TransferReceipt complete = receipt;
        if (complete == null || !complete.isComplete()) {
            return null;
        }
        receipt = null;
        return complete;
    }
}
