package io.vsring.replicated;

import io.vsring.MemberId;

/**
 * A whole state that is being put together from its pieces, beside the one that is here. If the configuration changes
 * meanwhile it is kept: the same source may go on with the same pieces. Delivery thread only.
 */
final class StateAssembly {

    /**
     * How far it has come.
     *
     * @param source who sends it
     * @param base the state that it is
     * @param next the index of the first pack that has not come
     */
    record Progress(MemberId source, Standing.Extent base, int next) {}

    private final MemberId source;
    private final Standing.Extent base;
    private final Journal journal;
    private final PieceBuffer pieces = new PieceBuffer();
    private int next;
    private long bytes;

    /** @param empty where it is put together */
    StateAssembly(Standing source, Journal empty) {
        this.source = source.member();
        this.base = source.extent();
        this.journal = empty;
    }

    Progress progress() {
        return new Progress(source, base, next);
    }

    /** How much has come. */
    long bytes() {
        return bytes;
    }

    Standing.Extent base() {
        return base;
    }

    /** Takes a pack, the next one; returns whether all has come with it. */
    boolean take(StatePack pack) {
        if (pack.index() != next) {
            throw new MalformedCommandException("pack " + next + " of the state was expected, not " + pack.index());
        }
        next++;
        bytes += pack.pieces().length;
        pieces.add(pack.pieces());
        for (byte[] piece = pieces.next(); piece != null; piece = pieces.next()) {
            journal.restore(piece);
        }
        if (pack.last() && !pieces.isEmpty()) {
            throw new MalformedCommandException("the state ends in the middle of a piece");
        }
        return pack.last();
    }

    /** The state, once all has come. */
    Journal whole() {
        if (!journal.extent().equals(base)) {
            throw new IllegalStateException("the state that arrived is " + journal.extent() + ", not " + base);
        }
        return journal;
    }
}
