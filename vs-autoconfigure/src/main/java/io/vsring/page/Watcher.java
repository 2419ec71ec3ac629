package io.vsring.page;

import jakarta.servlet.AsyncContext;
import jakarta.servlet.AsyncEvent;
import jakarta.servlet.AsyncListener;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Somebody who watches: one stream of events, written without ever waiting. Who reads too slowly misses snapshots, and
 * who reads nothing is dropped.
 *
 * <p><b>Threading.</b> The sampling thread and those of the web server meet here.
 */
final class Watcher implements WriteListener, AsyncListener {

    /** Browsers come back after so long when a stream has ended. */
    private static final byte[] RETRY = "retry: 2000\n\n".getBytes(StandardCharsets.UTF_8);

    private final AsyncContext context;
    private final ServletOutputStream out;
    private final Consumer<Watcher> onEnd;
    private final ReentrantLock lock = new ReentrantLock();
    private byte @Nullable [] next = RETRY; // guarded by the lock, as all that follows
    private Sampler.@Nullable Sample latest;
    private byte @Nullable [] historyShown;
    private boolean open;
    private boolean flushes;
    private boolean ended;
    private long takenNanos;

    /** @param onEnd is told once that this is over, on any thread */
    Watcher(AsyncContext context, ServletOutputStream out, Consumer<Watcher> onEnd, long nowNanos) {
        this.context = context;
        this.out = out;
        this.onEnd = onEnd;
        this.takenNanos = nowNanos;
    }

    /**
     * Shows this sample as soon as the one before has been taken; forgets those in between.
     *
     * @return how long it has taken nothing, in nanoseconds
     */
    long show(Sampler.Sample sample, long nowNanos) {
        lock.lock();
        try {
            if (latest == null && next == null) {
                takenNanos = nowNanos;
            }
            latest = sample;
            writeOrEnd();
            return nowNanos - takenNanos;
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void onWritePossible() {
        lock.lock();
        try {
            open = true;
            writeOrEnd();
        } finally {
            lock.unlock();
        }
    }

    private void writeOrEnd() {
        try {
            write();
        } catch (IOException gone) {
            end();
        }
    }

    private void write() throws IOException {
        while (open && !ended && out.isReady()) {
            byte[] chunk = take();
            if (chunk != null) {
                flushes = true;
                out.write(chunk);
            } else if (flushes) {
                flushes = false;
                out.flush();
            } else {
                return;
            }
        }
    }

    private byte @Nullable [] take() {
        byte[] taken = next;
        Sampler.Sample sample = latest;
        if (taken != null) {
            next = null;
        } else if (sample != null && sample.history() != historyShown) {
            taken = sample.history();
            historyShown = taken;
        } else if (sample != null) {
            taken = sample.snapshot();
            latest = null;
        }
        return taken;
    }

    /** Ends the stream. */
    void end() {
        lock.lock();
        try {
            if (ended) {
                return;
            }
            ended = true;
            latest = null;
        } finally {
            lock.unlock();
        }
        onEnd.accept(this);
        try {
            context.complete();
        } catch (IllegalStateException already) {
            return; // the server has ended it by itself
        }
    }

    @Override
    public void onError(Throwable failure) {
        end();
    }

    @Override
    public void onComplete(AsyncEvent event) {
        end();
    }

    @Override
    public void onTimeout(AsyncEvent event) {
        end();
    }

    @Override
    public void onError(AsyncEvent event) {
        end();
    }

    @Override
    public void onStartAsync(AsyncEvent event) {}
}
