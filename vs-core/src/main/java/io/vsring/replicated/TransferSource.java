package io.vsring.replicated;

import java.util.ArrayDeque;
import java.util.Iterator;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Sends what others lack, as it was when it was begun: one stream for all of them in the order of the ring, a few packs
 * at a time, so that commands come in between. A whole state whose stream was cut off by a change of configuration may
 * be gone on with in the next one. Delivery thread only.
 */
final class TransferSource {

    /** Packs that have not come back. */
    static final int UNDER_WAY_MAX = 16;

    private final int packBytes;
    private final Consumer<StatePack> sender;
    private final ArrayDeque<Stream> streams = new ArrayDeque<>();
    private final ArrayDeque<StatePack> underWay = new ArrayDeque<>();
    private @Nullable Stream whole; // a whole state that has not all come back

    TransferSource(int packBytes, Consumer<StatePack> sender) {
        this.packBytes = packBytes;
        this.sender = sender;
    }

    /** Begins to send what this plan says, which was made with what {@link #canGoOn}. */
    void begin(Journal journal, TransferPlan plan) {
        if (plan.rest().isEmpty()) {
            forget();
        } else if (whole != null) {
            whole.sendAgain(underWay);
            streams.add(whole);
        }
        underWay.clear();
        if (!plan.byCommands().isEmpty() || !plan.rest().isEmpty()) {
            Iterator<byte[]> commands =
                    journal.commandsFrom(plan.commandsFrom()).iterator();
            if (commands.hasNext()) {
                streams.add(new Stream(StatePack.Content.COMMANDS, journal.extent(), StateSnapshot.of(commands)));
            }
        }
        if (!plan.whole().isEmpty()) {
            Stream state = new Stream(StatePack.Content.WHOLE, journal.extent(), journal.snapshot());
            streams.add(state);
            whole = whole == null ? state : whole;
        }
        pump();
    }

    /** The configuration is over: nothing is sent any more, but a whole state that was begun may be gone on with. */
    void pause() {
        Stream kept = whole;
        streams.forEach(each -> {
            if (each != kept) {
                each.close();
            }
        });
        streams.clear();
        underWay.removeIf(pack -> kept == null || pack.content() != kept.content);
    }

    /** What was begun is of no use any more. */
    void forget() {
        pause();
        underWay.clear();
        if (whole != null) {
            whole.close();
            whole = null;
        }
    }

    /** Packs that have not come back. */
    int underWay() {
        return underWay.size();
    }

    /** Whether who has come so far can be sent the rest. */
    boolean canGoOn(StateAssembly.Progress progress) {
        return whole != null && progress.base().equals(whole.base) && progress.next() == firstMissing(whole);
    }

    /** Who was here all the time has taken what has come back here, and no more. */
    private int firstMissing(Stream stream) {
        StatePack first = underWay.peekFirst();
        return first == null ? stream.index : first.index();
    }

    /** One of its packs has come back. */
    void delivered() {
        StatePack back = underWay.remove();
        if (whole != null && back.last() && back.content() == whole.content) {
            whole.close();
            whole = null;
            streams.stream()
                    .filter(each -> each.content == StatePack.Content.WHOLE)
                    .findFirst()
                    .ifPresent(next -> whole = next);
        }
        pump();
    }

    private void pump() {
        while (underWay.size() < UNDER_WAY_MAX && !streams.isEmpty()) {
            Stream first = streams.getFirst();
            StatePack pack = first.next(packBytes);
            if (pack.last()) {
                streams.removeFirst();
                if (first != whole) {
                    first.close();
                }
            }
            underWay.add(pack);
            sender.accept(pack);
        }
    }

    /** Pieces with their lengths in front, cut wherever a pack is full: a piece may be longer than a message. */
    private static final class Stream {

        private final Standing.Extent base;
        private final StateSnapshot pieces;
        private final ArrayDeque<StatePack> again = new ArrayDeque<>();
        private StatePack.Content content;
        private byte[] piece = Answer.NOTHING;
        private int sent; // of the piece
        private int index;

        Stream(StatePack.Content content, Standing.Extent base, StateSnapshot pieces) {
            this.content = content;
            this.base = base;
            this.pieces = pieces;
        }

        boolean hasNext() {
            return !again.isEmpty() || sent < piece.length || pieces.hasNext();
        }

        /** Begins again with these, which have been lost. */
        void sendAgain(ArrayDeque<StatePack> lost) {
            content = StatePack.Content.REST;
            lost.forEach(pack -> again.add(new StatePack(content, pack.index(), pack.last(), pack.pieces())));
        }

        StatePack next(int packBytes) {
            StatePack lost = again.poll();
            if (lost != null) {
                return lost;
            }
            ByteWriter out = new ByteWriter(packBytes);
            while (out.length() < packBytes && (sent < piece.length || pieces.hasNext())) {
                if (sent == piece.length) {
                    piece = withLength(pieces.next());
                    sent = 0;
                }
                int count = Math.min(piece.length - sent, packBytes - out.length());
                out.putRaw(piece, sent, count);
                sent += count;
            }
            return new StatePack(content, index++, !hasNext(), out.toBytes());
        }

        private static byte[] withLength(byte[] piece) {
            return new ByteWriter(piece.length + Integer.BYTES).putBytes(piece).toBytes();
        }

        void close() {
            pieces.close();
        }
    }
}
