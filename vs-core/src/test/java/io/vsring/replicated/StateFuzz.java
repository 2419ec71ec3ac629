package io.vsring.replicated;

import static io.vsring.replicated.Members.A;
import static io.vsring.replicated.Members.B;
import static io.vsring.replicated.Members.label;
import static io.vsring.replicated.Members.set;
import static io.vsring.replicated.MessagesFuzz.require;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

/**
 * Fuzzed: a state on its way, as another member may send it: pieces, the packs that they travel in, and what follows
 * them. It is refused, or it can be sent on as it came.
 */
public final class StateFuzz {

    private static final TransferLimits LIMITS = new TransferLimits(64, 100_000);

    private StateFuzz() {}

    /** Pieces of a journal, each with its length in one byte. */
    public static void fuzzerTestOneInput(byte[] input) {
        ByteBuffer in = ByteBuffer.wrap(input);
        Journal journal = new Journal(new TreeMap<>(ReplicasFuzz.kinds()));
        try {
            while (in.hasRemaining()) {
                byte[] piece = new byte[Math.min(in.get() & 0xFF, in.remaining())];
                in.get(piece);
                journal.restore(piece);
            }
        } catch (MalformedCommandException refused) {
            return;
        } catch (IllegalStateException unknownKind) {
            require(String.valueOf(unknownKind.getMessage()).contains("no code"), "one reason only");
            return;
        }
        Journal copy = new Journal(new TreeMap<>(ReplicasFuzz.kinds()));
        List<byte[]> pieces = pieces(journal);
        pieces.forEach(copy::restore);
        require(copy.extent().equals(journal.extent()), "the same position and chain where it arrives");
        require(ReplicasFuzz.areAlike(pieces(copy), pieces), "the same state where it arrives");
        journal.applyTentative();
    }

    private static List<byte[]> pieces(Journal journal) {
        List<byte[]> pieces = new ArrayList<>();
        try (StateSnapshot snapshot = journal.snapshot()) {
            snapshot.forEachRemaining(pieces::add);
        }
        return pieces;
    }

    /** Packs of a transfer. */
    public static final class Packs {
        private Packs() {}

        /** A byte for what is awaited; then packs, each with its length in one byte. */
        public static void fuzzerTestOneInput(byte[] input) {
            ByteBuffer in = ByteBuffer.wrap(input);
            int plan = in.hasRemaining() ? in.get() : 0;
            Transfer transfer = new Transfer(B, new TreeMap<>(ReplicasFuzz.kinds()), LIMITS, pack -> {});
            Journal here = Journal.begin(new TreeMap<>(ReplicasFuzz.kinds()), 7);
            transfer.await(StandingOf.at(
                    StandingOf.valid(A, label(5), set(A), 0), new Standing.Extent(plan & 3, 0, plan >> 2 & 3, 0)));
            boolean toAll = (plan & 0x40) == 0;
            boolean unused = transfer.onPlan(
                    A, new TransferPlan(toAll ? set() : set(B), set(), 0, toAll ? set(B) : set()), here);
            Standing.Extent before = here.extent();
            while (in.hasRemaining()) {
                byte[] bytes = new byte[Math.min(in.get() & 0xFF, in.remaining())];
                in.get(bytes);
                StatePack pack;
                try {
                    pack = StatePack.read(new ByteReader(bytes));
                } catch (MalformedCommandException refused) {
                    continue;
                }
                try {
                    if (transfer.onPack(A, pack)) {
                        break;
                    }
                } catch (MalformedCommandException refused) {
                    require(transfer.takeComplete() == null, "what cannot be read is not waited for");
                    break;
                } catch (IllegalStateException unknownKind) {
                    require(String.valueOf(unknownKind.getMessage()).contains("no code"), "one reason only");
                    break;
                }
            }
            require(here.extent().equals(before), "what is here stays as it is while something comes");
        }
    }
}
