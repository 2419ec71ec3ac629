package io.vsring.benchmarks.peer;

import java.util.concurrent.CompletionStage;

/** What is called over and over. */
public interface Work {

    /** Runs this where calls may be made from: with most, anywhere. */
    default void execute(Runnable task) {
        task.run();
    }

    /**
     * Makes one call: the first one from where {@link #execute} runs, each other one where the one before it was
     * answered.
     *
     * @param slot which of the callers makes it, from 0: each has one call under way
     */
    CompletionStage<?> call(int slot);
}
