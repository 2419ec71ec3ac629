package io.vsring.benchmarks;

import java.util.concurrent.CompletableFuture;

/** What is called over and over, and answered on one thread. */
interface Work {

    /** Runs this on the thread on which calls are answered. */
    void execute(Runnable task);

    /**
     * Makes one call, on that thread.
     *
     * @param slot which of the callers makes it, from 0: each has one call under way
     */
    CompletableFuture<?> call(int slot);
}
