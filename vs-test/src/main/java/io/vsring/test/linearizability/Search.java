package io.vsring.test.linearizability;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Looks for an order of the operations on one object that its model allows and that keeps the order of real time.
 *
 * <p>Wing and Gong's search, depth first, with Lowe's memory of where it has been: take an operation that was called
 * before any that is left has returned, ask the model, lift it out of the timeline, go on; where nothing fits before
 * the next return, put the last one back and try the one after it. It is exponential at worst; three rules, which lose
 * no order, keep it from that in most histories:
 *
 * <ul>
 *   <li>What only observes comes as soon as it may: wherever else an order has it, it could be moved here. So there is
 *       nothing to be tried instead.
 *   <li>What has an unknown outcome is tried last, where it changes something, and of those that ask the same only the
 *       earliest: the others could do no more than it.
 *   <li>{@link SearchMemory} passes over places from which less can follow than from one where it has been.
 * </ul>
 *
 * <p>For one thread and one run.
 */
final class Search<S> {

    private final SequentialModel<S> model;
    private final Budget budget;
    private final Timeline timeline;
    private final LinearizedSet linearized;
    private final boolean[] observes;
    private final SearchMemory memory = new SearchMemory();

    private S state;
    private @Nullable Choice<S> last;
    private int left;
    private long steps;

    private @Nullable DeadEnd<S> farthest;

    Search(SequentialModel<S> model, List<RecordedOperation> operations, Budget budget) {
        this.model = model;
        this.budget = budget;
        this.timeline = new Timeline(operations);
        this.linearized = new LinearizedSet(timeline);
        this.observes = new boolean[timeline.returned() + timeline.open()];
        for (int number = 0; number < observes.length; number++) {
            RecordedOperation operation = timeline.operation(number);
            observes[number] = model.onlyObserves(operation.invocation(), operation.answer());
        }
        this.state = model.initial();
        this.left = timeline.returned();
    }

    /** An operation that was given its place, and the state before it. */
    private record Choice<S>(int number, S before, @Nullable Choice<S> previous) {}

    /** Where it could not go on: what had been chosen, what was left, who returned next, and what might have come. */
    private record DeadEnd<S>(
            @Nullable Choice<S> last, S state, int left, int due, List<RecordedOperation> overlapping) {}

    /** Searches until all that returned has its place, nothing more can be tried, or the budget is used up. */
    Verdict run() {
        takeObservers();
        int candidate = timeline.first();
        while (left > 0) {
            if (budget.isUsedUp(steps)) {
                rememberFarthest();
                return Verdict.UNDECIDED;
            }
            if (candidate == Timeline.NONE) {
                rememberFarthest();
                int undone = undo();
                if (undone == Timeline.NONE) {
                    return Verdict.VIOLATION;
                }
                candidate = timeline.after(undone);
            } else if (take(candidate)) {
                takeObservers();
                candidate = memory.isNew(linearized, state) ? timeline.first() : timeline.after(undo());
            } else {
                candidate = timeline.after(candidate);
            }
        }
        return Verdict.OK;
    }

    private void takeObservers() {
        int number = timeline.first();
        while (number != Timeline.NONE && !timeline.isOpen(number)) {
            if (observes[number] && step(number) != null) {
                lift(number);
            }
            number = timeline.after(number);
        }
    }

    /** Gives an operation the next place, if the model allows it and it is worth trying. */
    private boolean take(int number) {
        boolean isOpen = timeline.isOpen(number);
        if (observes[number] || (isOpen && timeline.hasEarlierTwin(number))) {
            return false;
        }
        S next = step(number);
        if (next == null || (isOpen && next.equals(state))) {
            return false;
        }
        lift(number);
        state = next;
        return true;
    }

    private @Nullable S step(int number) {
        steps++;
        RecordedOperation operation = timeline.operation(number);
        return model.step(state, operation.invocation(), operation.answer());
    }

    private void lift(int number) {
        last = new Choice<>(number, state, last);
        timeline.lift(number);
        linearized.add(number);
        left -= timeline.isOpen(number) ? 0 : 1;
    }

    /**
     * Undoes the last operation that was taken, and what has been observed since; {@link Timeline#NONE} if there is
     * none.
     */
    private int undo() {
        for (Choice<S> choice = last; choice != null; choice = choice.previous()) {
            last = choice.previous();
            timeline.putBack(choice.number());
            linearized.remove(choice.number());
            left += timeline.isOpen(choice.number()) ? 0 : 1;
            if (!observes[choice.number()]) {
                state = choice.before();
                return choice.number();
            }
        }
        return Timeline.NONE;
    }

    private void rememberFarthest() {
        if (farthest != null && left >= farthest.left()) {
            return;
        }
        int due = timeline.due();
        List<RecordedOperation> overlapping = new ArrayList<>();
        for (int number = timeline.first(); number != Timeline.NONE; number = timeline.after(number)) {
            if (number != due && !(timeline.isOpen(number) && observes[number])) {
                overlapping.add(timeline.operation(number));
            }
        }
        farthest = new DeadEnd<>(last, state, left, due, overlapping);
    }

    /** How often the model was asked. */
    long steps() {
        return steps;
    }

    /** How far it came at best; null if it was never stuck. */
    @Nullable
    Counterexample farthest() {
        DeadEnd<S> end = farthest;
        if (end == null) {
            return null;
        }
        List<RecordedOperation> prefix = new ArrayList<>();
        for (Choice<S> choice = end.last(); choice != null; choice = choice.previous()) {
            prefix.add(timeline.operation(choice.number()));
        }
        Collections.reverse(prefix);
        return new Counterexample(prefix, end.state().toString(), timeline.operation(end.due()), end.overlapping());
    }
}
