package io.vsring.replicated;

import io.vsring.MemberId;
import java.util.ArrayList;
import java.util.List;

/**
 * Takes in what this member lacks beside the state that is there, and keeps the commands that come meanwhile. What was
 * there before stays as it is until everything has come: until then it may be needed.
 */
final class TransferReceipt {

    private final MemberId source;
    private final StatePack.Content content;
    private final Journal before;
    private final Journal arriving;
    private final Standing.Extent expected;
    private final List<Command> commands = new ArrayList<>();
    private final List<Command> tentative = new ArrayList<>();
    private final List<Command> meanwhile = new ArrayList<>();
    private final PieceBuffer pieces = new PieceBuffer();
    private int next;

    /**
     * @param source who sends it
     * @param content what is sent to this member
     * @param before what is here
     * @param empty where a whole state is put together
     */
    TransferReceipt(Standing source, StatePack.Content content, Journal before, Journal empty) {
        this.source = source.member();
        this.content = content;
        this.expected = source.extent();
        this.before = before;
        this.arriving = empty;
    }

    boolean isFrom(MemberId sender) {
        return source.equals(sender);
    }

    /** Takes a pack; returns whether all has come with it. */
    boolean take(StatePack pack) {
        if (pack.content() != content) {
            return false;
        }
        if (pack.index() != next) {
            throw new MalformedCommandException("pack " + next + " of the state was expected, not " + pack.index());
        }
        next++;
        pieces.add(pack.pieces());
        for (byte[] piece = pieces.next(); piece != null; piece = pieces.next()) {
            if (content == StatePack.Content.WHOLE) {
                arriving.restore(piece);
            } else {
                CommandLog.Told told = CommandLog.Told.read(piece);
                if (told.position() >= expected.position()) {
                    tentative.add(told.command());
                } else if (told.position() >= before.position()) {
                    commands.add(told.command());
                }
            }
        }
        if (pack.last() && !pieces.isEmpty()) {
            throw new MalformedCommandException("the state ends in the middle of a piece");
        }
        return pack.last();
    }

    /** A command that comes behind the state. */
    void keep(Command command) {
        meanwhile.add(command);
    }

    /** Whether something that is here is not in what comes, as far as one can tell. */
    boolean discards() {
        return content == StatePack.Content.WHOLE ? before.position() > 0 : !before.isTentativeIn(all());
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
        Journal complete = arriving;
        if (content == StatePack.Content.COMMANDS) {
            complete = before;
            complete.forgetTentative();
            for (Command command : commands) {
                Answer unused = complete.apply(command);
            }
            tentative.forEach(complete::addTentative);
        }
        if (!complete.extent().equals(expected)) {
            throw new MalformedCommandException("the state that arrived is " + complete.extent() + ", not " + expected);
        }
        if (component.isEstablished()) {
            complete.applyTentative();
        }
        for (Command command : meanwhile) {
            Answer unused = complete.apply(command);
        }
        return complete;
    }
}
