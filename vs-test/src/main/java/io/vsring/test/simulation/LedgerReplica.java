package io.vsring.test.simulation;

import io.vsring.replicated.Replica;
import io.vsring.replicated.ReplicaException;
import io.vsring.replicated.StateSnapshot;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.NoSuchElementException;

/**
 * A list of numbers to which one can append: it shows which calls were carried out, once or twice, and in what order.
 */
final class LedgerReplica implements Replica {
    static final String KIND = "test.ledger";

    private static final int PIECE_ENTRIES = 64;

    private long[] entries = new long[64];
    private int size;

    /** The command that appends this number; its answer is the place where it stands. */
    static byte[] append(long entry) {
        return ByteBuffer.allocate(Long.BYTES).putLong(entry).array();
    }

    /** The command that asks how many numbers there are. */
    static byte[] read() {
        return new byte[0];
    }

    static int number(byte[] answer) {
        return ByteBuffer.wrap(answer).getInt();
    }

    int size() {
        return size;
    }

    long get(int index) {
        return entries[index];
    }

    @Override
    public byte[] apply(byte[] command, Circumstances circumstances) {
        if (command.length == 0) {
            return ByteBuffer.allocate(Integer.BYTES).putInt(size).array();
        }
        long entry = ByteBuffer.wrap(command).getLong();
        if (entry % 64 == 0) {
            throw new ReplicaException("a ledger takes no multiples of 64");
        }
        add(entry);
        return ByteBuffer.allocate(Integer.BYTES).putInt(size - 1).array();
    }

    private void add(long entry) {
        if (size == entries.length) {
            entries = Arrays.copyOf(entries, 2 * size);
        }
        entries[size++] = entry;
    }

    @Override
    public StateSnapshot snapshot() {
        int end = size; // what is appended meanwhile comes behind it
        return new StateSnapshot() {
            private int next;

            @Override
            public boolean hasNext() {
                return next < end;
            }

            @Override
            public byte[] next() {
                if (!hasNext()) {
                    throw new NoSuchElementException();
                }
                int count = Math.min(PIECE_ENTRIES, end - next);
                ByteBuffer piece = ByteBuffer.allocate(count * Long.BYTES);
                for (int i = 0; i < count; i++) {
                    piece.putLong(entries[next++]);
                }
                return piece.array();
            }
        };
    }

    @Override
    public void restore(byte[] piece) {
        ByteBuffer in = ByteBuffer.wrap(piece);
        while (in.hasRemaining()) {
            add(in.getLong());
        }
    }
}
