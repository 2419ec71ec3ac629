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

    private static final int COMMAND_BYTES = 64; // around its body

    private final MemberId self;
    private final Map<String, Supplier<Replica>> kinds;
    private final TransferSource source;
    private final List<Command> early = new ArrayList<>(); // came before the plan
    private final long bytesMax;
    private long bytes; // of what has come and is not a part of the state yet
    private @Nullable Standing awaited; // whose plan has not come yet
    private @Nullable TransferReceipt receipt;
    private @Nullable StateAssembly begun; // in the configuration before

    Transfer(MemberId self, Map<String, Supplier<Replica>> kinds, TransferLimits limits, Consumer<StatePack> sender) {
        this.self = self;
        this.kinds = kinds;
        this.bytesMax = limits.bytesMax();
        this.source = new TransferSource(limits.packBytes(), sender);
    }

    /** How far a state has come that was cut off; null if none was. */
    StateAssembly.@Nullable Progress progress() {
        return begun == null ? null : begun.progress();
    }

    /** The regular configuration is over. */
    void pause() {
        source.pause();
        if (receipt != null) {
            begun = receipt.assembly();
        }
        receipt = null;
        awaited = null;
        early.clear();
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
            coming = TransferReceipt.ofWhole(from, here, new Journal(kinds));
        }
        begun = null;
        early.forEach(coming::keep);
        early.clear();
        receipt = coming;
        bytes = 0;
        return true;
    }

    void onPack(MemberId sender, StatePack pack) {
        if (sender.equals(self)) {
            source.delivered();
        } else if (receipt != null && receipt.isFrom(sender)) {
            count(pack.pieces().length);
            receipt.take(pack);
        }
    }

    /** A command that comes behind the state. */
    void keep(Command command) {
        if (receipt != null) {
            count(command.body().length + COMMAND_BYTES);
            receipt.keep(command);
        } else if (awaited != null) {
            early.add(command);
        }
    }

    private void count(int more) {
        bytes += more;
        if (bytes > bytesMax) {
            throw new IllegalStateException(
                    "the state of the primary component, and what is called while it comes, have"
                            + " more than the " + bytesMax
                            + " bytes that this member takes in: give it more memory (-Xmx), or"
                            + " more of it (ReplicationOptions.limits)");
        }
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
