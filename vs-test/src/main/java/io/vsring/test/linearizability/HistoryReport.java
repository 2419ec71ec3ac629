package io.vsring.test.linearizability;

import java.util.Comparator;
import java.util.List;

/**
 * What came of judging a history.
 *
 * @param objects each object that was called, in the order of their first calls
 */
public record HistoryReport(List<ObjectVerdict> objects) {

    /** Copies the list. */
    public HistoryReport {
        objects = List.copyOf(objects);
    }

    /** The worst verdict of all objects. */
    public Verdict verdict() {
        return objects.stream()
                .map(ObjectVerdict::verdict)
                .max(Comparator.naturalOrder())
                .orElse(Verdict.OK);
    }

    /** The most operations of unknown outcome on one object; from about a hundred on it may stay undecided. */
    public int unknownMax() {
        return objects.stream().mapToInt(ObjectVerdict::unknown).max().orElse(0);
    }

    /**
     * Throws unless there is an order for each object.
     *
     * @return this report
     * @throws AssertionError with the objects for which there is none, or it is not known
     */
    public HistoryReport requireOk() {
        if (verdict() != Verdict.OK) {
            throw new AssertionError(toString());
        }
        return this;
    }

    /** Each object that is not in order, and then one line about all of them. */
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder();
        for (ObjectVerdict each : objects) {
            if (each.verdict() != Verdict.OK) {
                text.append(each).append('\n');
            }
        }
        int returned = objects.stream().mapToInt(ObjectVerdict::returned).sum();
        int unknown = objects.stream().mapToInt(ObjectVerdict::unknown).sum();
        int refused = objects.stream().mapToInt(ObjectVerdict::refused).sum();
        return text.append(verdict())
                .append(" objects=")
                .append(objects.size())
                .append(" returned=")
                .append(returned)
                .append(" unknown=")
                .append(unknown)
                .append(" unknownMax=")
                .append(unknownMax())
                .append(" refused=")
                .append(refused)
                .append(" steps=")
                .append(objects.stream().mapToLong(ObjectVerdict::steps).sum())
                .toString();
    }
}
