package io.vsring.test.campaign;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;

/** Waits until members deliver again. Any thread. */
final class Recovery {

    private static final long PATIENCE_NANOS = 180_000_000_000L;
    private static final int LOOK_AGAIN_MILLIS = 5;

    private final HttpCalls calls;
    private final ExecutorService threads;

    Recovery(HttpCalls calls, ExecutorService threads) {
        this.calls = calls;
        this.threads = threads;
    }

    /**
     * Waits until all these members answer reads in the order of all, twice in a row: after the first time the token
     * has to pass by all of them once more, so nobody lives on what it had before a fault.
     *
     * @throws IllegalStateException naming those that do not in three minutes, or that have ended by themselves
     */
    void await(Collection<MemberSlot> members) throws InterruptedException {
        long deadline = System.nanoTime() + PATIENCE_NANOS;
        int rounds = 0;
        while (rounds < 2) {
            List<MemberSlot> silent = silent(members);
            rounds = silent.isEmpty() ? rounds + 1 : 0;
            List<MemberSlot> ended =
                    silent.stream().filter(MemberSlot::hasEndedByItself).toList();
            if (!ended.isEmpty()) {
                throw new IllegalStateException(ended + " ended although nobody ended them");
            }
            if (rounds == 0) {
                if (System.nanoTime() - deadline > 0) {
                    throw new IllegalStateException(silent + " did not become primary in 180 s");
                }
                Thread.sleep(LOOK_AGAIN_MILLIS);
            }
        }
    }

    /** Whether all these members are primary now. */
    boolean isOver(Collection<MemberSlot> members) throws InterruptedException {
        return silent(members).isEmpty();
    }

    /** All are asked at the same time. */
    private List<MemberSlot> silent(Collection<MemberSlot> members) throws InterruptedException {
        List<MemberSlot> asked = List.copyOf(members);
        List<Callable<Boolean>> questions = new ArrayList<>();
        for (MemberSlot member : asked) {
            questions.add(() -> calls.isPrimary(member));
        }
        List<Future<Boolean>> answers = threads.invokeAll(questions);
        List<MemberSlot> silent = new ArrayList<>();
        for (int index = 0; index < asked.size(); index++) {
            try {
                if (!answers.get(index).get()) {
                    silent.add(asked.get(index));
                }
            } catch (ExecutionException failed) {
                throw new IllegalStateException(failed);
            }
        }
        return silent;
    }
}
