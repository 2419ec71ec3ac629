package io.vsring.test.linearizability;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/**
 * The calls and returns of one history in the order of time, out of which operations are lifted and put back.
 *
 * <p>Operations are numbered from 0: first those that returned, by their calls, then those of unknown outcome, by
 * theirs. A call and a return at one instant count as overlapping.
 *
 * <p>Two doubly linked lists of entries: calls and returns of the operations that returned, and calls of those that did
 * not. The entry {@code 2 * operation} is a call, the next one the return.
 */
final class Timeline {

    /** No operation. */
    static final int NONE = -1;

    private final List<RecordedOperation> operations;
    private final int returned;
    private final int head;
    private final int openHead;
    private final int[] next;
    private final int[] previous;
    private final int[] position;

    /** Refused operations have not happened, and are left out. */
    Timeline(List<RecordedOperation> history) {
        operations = history.stream()
                .filter(operation -> operation.end() != RecordedOperation.End.REFUSED)
                .sorted(Comparator.comparing(RecordedOperation::end).thenComparingLong(RecordedOperation::calledNanos))
                .toList();
        returned = (int) operations.stream()
                .filter(operation -> operation.end() == RecordedOperation.End.RETURNED)
                .count();
        head = 2 * operations.size();
        openHead = head + 1;
        next = new int[head + 2];
        previous = new int[head + 2];
        position = new int[head + 2];
        link();
    }

    private void link() {
        Arrays.setAll(next, entry -> entry);
        Arrays.setAll(previous, entry -> entry);
        Integer[] entries = new Integer[returned + operations.size()];
        Arrays.setAll(entries, index -> index < 2 * returned ? index : 2 * (index - returned));
        Arrays.sort(
                entries,
                Comparator.<Integer>comparingLong(this::instant)
                        .thenComparing(this::isReturn)
                        .thenComparing(Comparator.naturalOrder()));
        for (int index = 0; index < entries.length; index++) {
            int entry = entries[index];
            position[entry] = index;
            int end = isOpen(entry / 2) ? openHead : head;
            insert(entry, previous[end], end);
        }
    }

    private long instant(int entry) {
        RecordedOperation operation = operations.get(entry / 2);
        return isReturn(entry) ? operation.returnedNanos() : operation.calledNanos();
    }

    private boolean isReturn(int entry) {
        return entry % 2 == 1;
    }

    private void insert(int entry, int before, int after) {
        previous[entry] = before;
        next[entry] = after;
        next[before] = entry;
        previous[after] = entry;
    }

    /** How many operations there are that returned; their numbers begin at 0. */
    int returned() {
        return returned;
    }

    /** How many operations there are of unknown outcome; their numbers go on where those of the others end. */
    int open() {
        return operations.size() - returned;
    }

    /** Whether the outcome of this operation is unknown. */
    boolean isOpen(int number) {
        return number >= returned;
    }

    /** The operation of this number. */
    RecordedOperation operation(int number) {
        return operations.get(number);
    }

    /**
     * The first operation that may come next: it was called before any that is still here has returned. Those that
     * returned come before those that did not, which may wait for ever.
     *
     * @return {@link #NONE} if there is none, or nothing is here any more that has returned
     */
    int first() {
        return closedAt(next[head]);
    }

    /** As {@link #first}, of those after this one, which is here or has been the last one to be lifted. */
    int after(int number) {
        int entry = next[2 * number];
        return isOpen(number) ? openAt(entry) : closedAt(entry);
    }

    private int closedAt(int entry) {
        if (entry == head) {
            return NONE;
        }
        return isReturn(entry) ? openAt(next[openHead]) : entry / 2;
    }

    private int openAt(int entry) {
        return entry == openHead || position[entry] > position[firstReturn()] ? NONE : entry / 2;
    }

    /** The operation that returns first of all that are still here; one of those that return must be. */
    int due() {
        return firstReturn() / 2;
    }

    private int firstReturn() {
        int entry = next[head];
        while (!isReturn(entry)) {
            entry = next[entry];
        }
        return entry;
    }

    /** Whether an operation of unknown outcome is still here that was called before this one and asked the same. */
    boolean hasEarlierTwin(int number) {
        Invocation invocation = operations.get(number).invocation();
        for (int entry = next[openHead]; entry != 2 * number; entry = next[entry]) {
            if (operations.get(entry / 2).invocation().equals(invocation)) {
                return true;
            }
        }
        return false;
    }

    /** Takes an operation out. */
    void lift(int number) {
        if (!isOpen(number)) {
            unlink(2 * number + 1);
        }
        unlink(2 * number);
    }

    private void unlink(int entry) {
        next[previous[entry]] = next[entry];
        previous[next[entry]] = previous[entry];
    }

    /** Puts back the operation that was taken out last of those that are out. */
    void putBack(int number) {
        relink(2 * number);
        if (!isOpen(number)) {
            relink(2 * number + 1);
        }
    }

    private void relink(int entry) {
        next[previous[entry]] = entry;
        previous[next[entry]] = entry;
    }
}
