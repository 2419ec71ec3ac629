package io.vsring.test.linearizability;

import java.util.List;

/**
 * How far the operations on an object could be put into an order. If it is undecided, how far that went by then.
 *
 * @param prefix the longest order that was found, first operation first
 * @param state of the object after these, as a text
 * @param stuck of those that are left the one that returned first: all that come before it must have been called by
 *     then
 * @param overlapping others that are left and had been called by then; without reads of unknown outcome
 */
public record Counterexample(
        List<RecordedOperation> prefix, String state, RecordedOperation stuck, List<RecordedOperation> overlapping) {

    private static final int SHOWN = 12;

    /** Copies the lists. */
    public Counterexample {
        prefix = List.copyOf(prefix);
        overlapping = List.copyOf(overlapping);
    }

    /** In several lines, with the last operations of the order. */
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder();
        text.append("  an order was found for ").append(prefix.size()).append(" operations");
        text.append(prefix.isEmpty() ? "\n" : ", the last of them:\n");
        for (RecordedOperation operation : prefix.subList(Math.max(0, prefix.size() - SHOWN), prefix.size())) {
            text.append("    ").append(operation).append('\n');
        }
        text.append("  then the object is ").append(state).append(", and this one is next to return:\n");
        text.append("    ").append(stuck).append('\n');
        if (!overlapping.isEmpty()) {
            text.append("  these overlap it:\n");
        }
        for (RecordedOperation operation : overlapping) {
            text.append("    ").append(operation).append('\n');
        }
        return text.toString();
    }
}
