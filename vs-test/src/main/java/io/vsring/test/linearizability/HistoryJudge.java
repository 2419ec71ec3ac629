package io.vsring.test.linearizability;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Judges a history: whether each object behaved as if every operation on it had happened at one instant between its
 * call and its return.
 *
 * <pre>{@code
 * new HistoryJudge(Budget.standard()).judge(recorder.history()).requireOk();
 * }</pre>
 *
 * <p>Each object is judged by itself. That is enough: a history is linearizable if it is so for each object. So what
 * concerns several objects at once cannot be judged here, except by a model that takes them as one, as
 * {@link WholeMapModel} does.
 *
 * <p>An operation of unknown outcome may have happened at any time after its call, or never. A refused one has not
 * happened; if another client saw it all the same, that is a violation.
 *
 * <p>Judging is exponential at worst. Ten clients, ten thousand operations and some tens of unknown outcomes on one
 * object take less than a second, if values are written only once; a hundred unknown outcomes may be too many, so a
 * harness moves on to other keys every few hundred operations. Not safe for threads.
 */
public final class HistoryJudge {

    private final Budget budget;
    private final Map<String, SequentialModel<?>> models = new LinkedHashMap<>();

    /** A judge that knows registers without an initial value (an empty text), counters, maps and locks. */
    public HistoryJudge(Budget budget) {
        this.budget = budget;
        models.put(RegisterModel.KIND, new RegisterModel(""));
        models.put(CounterModel.KIND, new CounterModel());
        models.put(MapEntryModel.KIND, new MapEntryModel());
        models.put(WholeMapModel.KIND, new WholeMapModel());
        models.put(LockModel.KIND, new LockModel());
    }

    /** Judges objects of this kind by this model from now on. */
    public HistoryJudge with(String kind, SequentialModel<?> model) {
        models.put(kind, model);
        return this;
    }

    /**
     * Judges all objects of a history.
     *
     * @param history all operations on these objects, in any order
     * @throws IllegalArgumentException if there is no model for an object, or it does not know an operation
     */
    public HistoryReport judge(List<RecordedOperation> history) {
        Map<ObjectKey, List<RecordedOperation>> byObject = new LinkedHashMap<>();
        for (RecordedOperation operation : history) {
            byObject.computeIfAbsent(operation.object(), object -> new ArrayList<>())
                    .add(operation);
        }
        List<ObjectVerdict> verdicts = new ArrayList<>();
        byObject.forEach((object, operations) -> verdicts.add(judge(object, model(object), operations)));
        return new HistoryReport(verdicts);
    }

    private SequentialModel<?> model(ObjectKey object) {
        SequentialModel<?> model = models.get(object.kind());
        if (model == null) {
            throw new IllegalArgumentException(
                    "expected an object of one of the kinds " + models.keySet() + ", found " + object);
        }
        return model;
    }

    private <S> ObjectVerdict judge(ObjectKey object, SequentialModel<S> model, List<RecordedOperation> operations) {
        Search<S> search = new Search<>(model, operations, budget);
        Verdict verdict = search.run();
        return new ObjectVerdict(
                object,
                verdict,
                count(operations, RecordedOperation.End.RETURNED),
                count(operations, RecordedOperation.End.UNKNOWN),
                count(operations, RecordedOperation.End.REFUSED),
                search.steps(),
                verdict == Verdict.OK ? null : search.farthest());
    }

    private static int count(List<RecordedOperation> operations, RecordedOperation.End end) {
        return (int)
                operations.stream().filter(operation -> operation.end() == end).count();
    }
}
