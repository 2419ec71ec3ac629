package io.vsring.replicated;

import io.vsring.MemberId;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Takes in what this member lacks beside the state that is there, and keeps the commands that come meanwhile. What was
 * there before stays as it is until everything has come: until then it may be needed.
 */
final class TransferReceipt {

    private final MemberId source;
    private final Standing.Extent expected;
    private final Journal before;
    private final @Nullable StateAssembly assembly; // null if the commands alone are lacking
    private final Set<StatePack.Content> outstanding;
    private final List<Command> commands = new ArrayList<>();
    private final List<Command> tentative = new ArrayList<>();
    private final ArrayDeque<Command> meanwhile = new ArrayDeque<>();
    private final PieceBuffer pieces = new PieceBuffer();
    private int next;
    private long commandBytes; // in packs
    private long meanwhileBytes;
    private @Nullable Journal whole; // once it catches up
    private boolean goesOn; // from what is here, though not all of that has been applied where it comes from
    private long keptBytes; // since it last did

    private TransferReceipt(
            Standing source, Journal before, @Nullable StateAssembly assembly, Set<StatePack.Content> outstanding) {
        this.source = source.member();
        this.expected = source.extent();
        this.before = before;
        this.assembly = assembly;
        this.outstanding = outstanding;
        if (lacksNoCommands(
                assembly == null ? before.position() : assembly.base().position())) {
            outstanding.remove(StatePack.Content.COMMANDS);
        }
    }

    /** Of what follows the state that is here. */
    static TransferReceipt ofCommands(Standing source, Journal here) {
        return new TransferReceipt(source, here, null, EnumSet.of(StatePack.Content.COMMANDS));
    }

    /** Of a whole state, put together in an empty journal. */
    static TransferReceipt ofWhole(Standing source, Journal here, Journal empty) {
        return new TransferReceipt(source, here, new StateAssembly(source, empty), EnumSet.of(StatePack.Content.WHOLE));
    }

    /** Of the rest of a whole state, and of what followed it since it began to be sent. */
    static TransferReceipt ofRest(Standing source, Journal here, StateAssembly begun) {
        return new TransferReceipt(source, here, begun, EnumSet.of(StatePack.Content.REST, StatePack.Content.COMMANDS));
    }

    private boolean lacksNoCommands(long from) {
        return expected.tentative() == 0 && expected.position() == from;
    }

    boolean isFrom(MemberId sender) {
        return source.equals(sender);
    }

    /** The whole state as far as it has come; null if the commands alone are lacking. */
    @Nullable
    StateAssembly assembly() {
        return assembly;
    }

    /** What has come, but for what has been applied on top of it. */
    long bytes() {
        return (assembly == null ? 0 : assembly.bytes()) + commandBytes + meanwhileBytes;
    }

    /** Whether all has come. */
    boolean isComplete() {
        return outstanding.isEmpty();
    }

    void take(StatePack pack) {
        if (!outstanding.contains(pack.content())) {
            return;
        }
        StateAssembly whole = pack.content() == StatePack.Content.COMMANDS ? null : assembly;
        if (whole == null ? takeCommands(pack) : whole.take(pack)) {
            outstanding.remove(pack.content());
        }
    }

    private boolean takeCommands(StatePack pack) {
        if (pack.index() != next) {
            throw new MalformedCommandException("pack " + next + " of commands was expected, not " + pack.index());
        }
        next++;
        commandBytes += pack.pieces().length;
        pieces.add(pack.pieces());
        long from = assembly == null ? before.position() : assembly.base().position();
        for (byte[] piece = pieces.next(); piece != null; piece = pieces.next()) {
            CommandLog.Told told = CommandLog.Told.read(piece);
            if (told.position() >= expected.position()) {
                tentative.add(told.command());
            } else if (told.position() >= from) {
                commands.add(told.command());
            }
        }
        if (pack.last() && !pieces.isEmpty()) {
            throw new MalformedCommandException("the commands end in the middle of one");
        }
        return pack.last();
    }

    /** A command that comes behind the state. */
    void keep(Command command) {
        meanwhile.add(command);
        meanwhileBytes += command.bytes();
        keptBytes += whole == null ? 0 : command.bytes();
    }

    /**
     * Applies some of the commands that have come behind the state, once all of that is here: more of them than have
     * come since the last time, so that this comes to an end.
     *
     * @param bytes of commands that are applied at least
     * @return whether that was all
     */
    boolean catchUp(Component component, long bytes) {
        if (assembly == null) {
            return true; // the state that is here stays as it is until it is replaced, and there is not much to apply
        }
        Journal state = whole(component);
        for (long rest = Math.max(bytes, 2 * keptBytes); rest > 0 && !meanwhile.isEmpty(); ) {
            Command command = meanwhile.remove();
            rest -= command.bytes();
            meanwhileBytes -= command.bytes();
            Answer unused = state.apply(command);
        }
        keptBytes = 0;
        return meanwhile.isEmpty();
    }

    /**
     * What is here and not in what comes, as far as one can tell; null if nothing is. Of a whole state when it has
     * begun to catch up.
     */
    @Nullable
    DiscardedState discarded(Map<String, Supplier<Replica>> kinds) {
        List<DiscardedState.Lost> lost = new ArrayList<>();
        for (Command command : before.tentativeNotIn(all())) {
            Shelf.Item item = before.shelf().item(command.object());
            Command.Creation creation = item == null ? command.creation() : item.creation();
            if (command.isCall() && creation != null) {
                lost.add(new DiscardedState.Lost(creation.name(), creation.kind(), command.client(), command.body()));
            }
        }
        boolean all = assembly != null && before.position() > 0 && !goesOn;
        Shelf objects = all ? before.shelf() : new Shelf(kinds);
        return all || !lost.isEmpty() ? new DiscardedState(before.extent(), objects, lost) : null;
    }

    private List<Command> all() {
        List<Command> all = new ArrayList<>(commands);
        all.addAll(tentative);
        return all;
    }

    /**
     * The state, with all that has come meanwhile.
     *
     * @param component if it is established what is tentative is so no more
     */
    Journal complete(Component component) {
        Journal complete = whole(component);
        for (Command command : meanwhile) {
            Answer unused = complete.apply(command);
        }
        return complete;
    }

    private Journal whole(Component component) {
        if (whole != null) {
            return whole;
        }
        Journal complete = assembly == null ? before : assembly.whole();
        if (!complete.extent().equals(expected)) {
            complete.forgetTentative();
            for (Command command : commands) {
                Answer unused = complete.apply(command);
            }
            tentative.forEach(complete::addTentative);
        }
        if (!complete.extent().equals(expected)) {
            throw new IllegalStateException("the state that arrived is " + complete.extent() + ", not " + expected);
        }
        if (assembly != null) {
            tentative.clear();
            tentative.addAll(complete.tentative());
            // REP-25: delivered here in the regular configuration, by the source in the transitional one
            goesOn = before.position() > expected.position() && before.isWhatFollows(expected, tentative);
        }
        if (component.isEstablished()) {
            complete.applyTentative();
        } else if (goesOn) {
            complete.applyTentativeTo(before.position()); // what was read here does not go back
        }
        whole = complete;
        return complete;
    }
}
