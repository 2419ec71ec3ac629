package io.vsring.replicated;

import org.jspecify.annotations.Nullable;

/** Hands on what is told; what the listener throws goes to the thread's handler of such things, and stops nothing. */
final class GuardedListener implements ReplicationListener {

    private final ReplicationListener listener;

    GuardedListener(ReplicationListener listener) {
        this.listener = listener;
    }

    @Override
    public void onStatus(PrimaryStatus status) {
        guard(() -> listener.onStatus(status));
    }

    @Override
    public void onApplied(long history, long position, long digest) {
        guard(() -> listener.onApplied(history, position, digest));
    }

    @Override
    public void onDiscarded(DiscardedState state) {
        guard(() -> listener.onDiscarded(state));
    }

    @Override
    public void onWarning(String what, @Nullable Throwable why) {
        guard(() -> listener.onWarning(what, why));
    }

    private static void guard(Runnable call) {
        try {
            call.run();
        } catch (RuntimeException thrown) {
            Thread.currentThread().getUncaughtExceptionHandler().uncaughtException(Thread.currentThread(), thrown);
        }
    }
}
