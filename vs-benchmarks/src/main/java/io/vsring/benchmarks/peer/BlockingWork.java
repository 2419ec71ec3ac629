package io.vsring.benchmarks.peer;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * Calls that block, each caller on a thread of its own: for peers that have no others, or whose locks belong to
 * threads.
 */
final class BlockingWork implements Work {

    /** One call, on the caller's thread. */
    interface Call {
        void make(int slot) throws Exception;
    }

    private final List<ExecutorService> threads = new ArrayList<>();
    private final Call call;

    BlockingWork(int slots, Call call) {
        this.call = call;
        for (int slot = 0; slot < slots; slot++) {
            threads.add(Executors.newSingleThreadExecutor(task -> {
                Thread thread = new Thread(task, "caller");
                thread.setDaemon(true);
                return thread;
            }));
        }
    }

    @Override
    public CompletionStage<?> call(int slot) {
        CompletableFuture<Void> answer = new CompletableFuture<>();
        threads.get(slot).execute(() -> {
            try {
                call.make(slot);
            } catch (Exception e) {
                answer.completeExceptionally(e);
                return;
            }
            answer.complete(null);
        });
        return answer;
    }
}
