package io.vsring.test.linearizability;

import io.vsring.test.simulation.Dice;
import java.util.ArrayList;
import java.util.List;

/** Histories in which one client was answered something else. */
final class Mutation {

    private Mutation() {}

    /** One answer becomes that of another operation, or the number beside it, or its contrary. */
    static List<RecordedOperation> any(Dice dice, List<RecordedOperation> history) {
        int index = dice.below(history.size());
        RecordedOperation operation = history.get(index);
        String other = dice.oneOf(history).answer().text();
        String text = operation.answer().text();
        if (operation.end() != RecordedOperation.End.RETURNED) {
            return history;
        }
        if ("true".equals(text) || "false".equals(text)) {
            other = String.valueOf(!Boolean.parseBoolean(text));
        } else if (text != null && text.matches("\\d+")) {
            other = String.valueOf(Long.parseLong(text) + dice.oneOf(List.of(-1, 1)));
        } else if (operation.object().kind().equals(LockModel.KIND)) {
            other = "1";
        }
        return with(history, index, other);
    }

    /**
     * A late read is answered with a value that had been overwritten for good. Takes a history of a map in which no
     * value is written twice.
     */
    static List<RecordedOperation> staleRead(List<RecordedOperation> history) {
        int first = find(history, "put", 0);
        int second = find(history, "put", history.get(first).returnedNanos());
        int read = find(history, "get", history.get(history.size() * 9 / 10).calledNanos());
        if (history.get(second).returnedNanos() >= history.get(read).calledNanos()) {
            throw new AssertionError("the second put overlaps the read: " + history.get(read));
        }
        return with(history, read, history.get(first).invocation().text(0));
    }

    private static int find(List<RecordedOperation> history, String name, long afterNanos) {
        for (int index = 0; index < history.size(); index++) {
            RecordedOperation operation = history.get(index);
            if (operation.invocation().name().equals(name)
                    && operation.end() == RecordedOperation.End.RETURNED
                    && operation.calledNanos() > afterNanos) {
                return index;
            }
        }
        throw new AssertionError("no " + name + " after " + afterNanos + " ns");
    }

    private static List<RecordedOperation> with(List<RecordedOperation> history, int index, String answer) {
        RecordedOperation old = history.get(index);
        List<RecordedOperation> changed = new ArrayList<>(history);
        changed.set(
                index,
                new RecordedOperation(
                        old.client(),
                        old.object(),
                        old.invocation(),
                        old.calledNanos(),
                        old.end(),
                        Answer.of(answer),
                        old.returnedNanos()));
        return changed;
    }
}
