package io.vsring.test.linearizability;

import java.util.ArrayList;
import java.util.List;

/** The definition of linearizability, and nothing else: tries every order. For a handful of operations. */
final class BruteForce {

    private BruteForce() {}

    static <S> boolean isLinearizable(SequentialModel<S> model, List<RecordedOperation> history) {
        List<RecordedOperation> operations = new ArrayList<>(history);
        operations.removeIf(operation -> operation.end() == RecordedOperation.End.REFUSED);
        return canGoOn(model, model.initial(), operations);
    }

    private static <S> boolean canGoOn(SequentialModel<S> model, S state, List<RecordedOperation> rest) {
        if (rest.stream().noneMatch(operation -> operation.end() == RecordedOperation.End.RETURNED)) {
            return true;
        }
        for (RecordedOperation operation : rest) {
            if (rest.stream().anyMatch(other -> other.returnedNanos() < operation.calledNanos())) {
                continue;
            }
            S next = model.step(state, operation.invocation(), operation.answer());
            List<RecordedOperation> others = new ArrayList<>(rest);
            others.remove(operation);
            if (next != null && canGoOn(model, next, others)) {
                return true;
            }
        }
        return false;
    }
}
