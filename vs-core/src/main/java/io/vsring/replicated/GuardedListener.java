package io.vsring.replicated;

import org.jspecify.annotations.Nullable;

/**
 * Hands on what is told. What the listener throws stops nothing: it is told as a warning, and what it throws at that
 * goes to the thread's handler of such things.
 */
final class GuardedListener implements ReplicationListener {

    private final ReplicationListener listener;

    GuardedListener(ReplicationListener listener) {
        this.listener = listener;
    }

    @Override
    public void onStatus(PrimaryStatus status) {
        guard("onStatus", () -> listener.onStatus(status));
    }

    @Override
    public void onApplied(long history, long position, long digest) {
        guard("onApplied", () -> listener.onApplied(history, position, digest));
    }

    @Override
    public void onDiscarded(DiscardedState state) {
        guard("onDiscarded", () -> listener.onDiscarded(state));
    }

    @Override
    public void onWarning(String what, @Nullable Throwable why) {
        try {
            listener.onWarning(what, why);
        } catch (RuntimeException | StackOverflowError thrown) {
            Thread.currentThread().getUncaughtExceptionHandler().uncaughtException(Thread.currentThread(), thrown);
        }
    }

    private void guard(String method, Runnable call) {
        try {
            call.run();
        } catch (RuntimeException | StackOverflowError thrown) {
            onWarning("the listener to replication threw in " + method + "; nothing is stopped by that", thrown);
        }
    }
}
