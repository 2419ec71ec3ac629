package io.vsring.replicated;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Iterator;
import java.util.function.Consumer;

/**
 * Sends what others lack, as it was when this was made: one stream for all of them in the order of the ring, a few
 * packs at a time, so that commands come in between.
 */
final class TransferSource {

    private static final int PACK_BYTES = 16 * 1024;
    private static final int UNDER_WAY_MAX = 4;

    private final Consumer<StatePack> sender;
    private final ArrayDeque<Stream> streams = new ArrayDeque<>();
    private int underWay;

    TransferSource(Journal journal, TransferPlan plan, Consumer<StatePack> sender) {
        this.sender = sender;
        Iterator<byte[]> commands = journal.commandsFrom(plan.commandsFrom()).iterator();
        if (!plan.byCommands().isEmpty() && commands.hasNext()) {
            streams.add(new Stream(StatePack.Content.COMMANDS, commands));
        }
        if (!plan.whole().isEmpty()) {
            streams.add(new Stream(StatePack.Content.WHOLE, journal.snapshot()));
        }
        pump();
    }

    /** One of its packs has come back. */
    void delivered() {
        underWay--;
        pump();
    }

    /** Whether all has been sent and has come back. */
    boolean isOver() {
        return underWay == 0 && streams.isEmpty();
    }

    private void pump() {
        while (underWay < UNDER_WAY_MAX && !streams.isEmpty()) {
            underWay++;
            StatePack pack = streams.getFirst().next();
            if (pack.last()) {
                streams.removeFirst();
            }
            sender.accept(pack);
        }
    }

    /** Pieces with their lengths in front, cut wherever a pack is full: a piece may be longer than a message. */
    private static final class Stream {

        private final StatePack.Content content;
        private final Iterator<byte[]> pieces;
        private byte[] rest = Answer.NOTHING;
        private int index;

        Stream(StatePack.Content content, Iterator<byte[]> pieces) {
            this.content = content;
            this.pieces = pieces;
        }

        StatePack next() {
            ByteWriter out = new ByteWriter(PACK_BYTES).putRaw(rest);
            while (out.length() < PACK_BYTES && pieces.hasNext()) {
                out.putBytes(pieces.next());
            }
            byte[] all = out.toBytes();
            int length = Math.min(all.length, PACK_BYTES);
            rest = Arrays.copyOfRange(all, length, all.length);
            boolean done = rest.length == 0 && !pieces.hasNext();
            return new StatePack(content, index++, done, length == all.length ? all : Arrays.copyOf(all, length));
        }
    }
}
