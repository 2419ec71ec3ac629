package io.vsring.page;

import jakarta.servlet.AsyncContext;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArraySet;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * All who watch, and the one thread that looks for them: there is none while nobody does.
 *
 * <p><b>Threading.</b> The sampling thread, those of the web server and whoever starts and stops the context meet here.
 */
final class Watchers {

    static final int WATCHERS_MAX = 16;
    static final long PATIENCE_NANOS = 10_000_000_000L;

    private static final Logger log = LoggerFactory.getLogger(Watchers.class);
    private static final long LOOK_EVERY_MILLIS = 250;

    private final Sampler sampler;
    private final ReentrantLock lock = new ReentrantLock();
    private final Set<Watcher> watchers = new CopyOnWriteArraySet<>(); // changed under the lock
    private @Nullable ScheduledThreadPoolExecutor thread; // guarded by the lock
    private @Nullable ScheduledFuture<?> looking; // guarded by the lock

    Watchers(Sampler sampler) {
        this.sampler = sampler;
    }

    void open() {
        lock.lock();
        try {
            if (thread == null) {
                thread = new ScheduledThreadPoolExecutor(1, Watchers::daemon);
                thread.setRemoveOnCancelPolicy(true);
                thread.setKeepAliveTime(1, TimeUnit.SECONDS);
                thread.allowCoreThreadTimeOut(true);
            }
        } finally {
            lock.unlock();
        }
    }

    private static Thread daemon(Runnable task) {
        Thread thread = new Thread(task, "vs-page");
        thread.setDaemon(true);
        return thread;
    }

    boolean isOpen() {
        lock.lock();
        try {
            return thread != null;
        } finally {
            lock.unlock();
        }
    }

    /** Ends all streams; nobody is admitted any more. */
    void close() {
        List<Watcher> ending;
        lock.lock();
        try {
            if (thread != null) {
                thread.shutdownNow();
                thread = null;
                looking = null;
            }
            ending = List.copyOf(watchers);
        } finally {
            lock.unlock();
        }
        ending.forEach(Watcher::end);
    }

    /** How many watch. */
    int size() {
        return watchers.size();
    }

    /** Begins a stream of events; false if too many watch already, or the context stops. */
    boolean admit(HttpServletRequest request, HttpServletResponse response) throws IOException {
        lock.lock();
        try {
            if (thread == null || watchers.size() >= WATCHERS_MAX) {
                return false;
            }
            response.setContentType("text/event-stream;charset=UTF-8");
            response.setHeader("Cache-Control", "no-store");
            response.setHeader("X-Accel-Buffering", "no"); // for a proxy that would collect events
            AsyncContext context = request.startAsync();
            context.setTimeout(0);
            Watcher watcher = new Watcher(context, response.getOutputStream(), this::remove, System.nanoTime());
            context.addListener(watcher);
            watchers.add(watcher);
            response.getOutputStream().setWriteListener(watcher);
            if (looking == null) {
                thread.execute(sampler::begin);
                looking = thread.scheduleAtFixedRate(this::look, 0, LOOK_EVERY_MILLIS, TimeUnit.MILLISECONDS);
            }
            return true;
        } finally {
            lock.unlock();
        }
    }

    private void remove(Watcher watcher) {
        lock.lock();
        try {
            watchers.remove(watcher);
            if (watchers.isEmpty() && looking != null) {
                looking.cancel(false);
                looking = null;
            }
        } finally {
            lock.unlock();
        }
    }

    private void look() {
        try {
            Sampler.Sample sample = sampler.look();
            long now = System.nanoTime();
            for (Watcher watcher : watchers) {
                if (watcher.show(sample, now) > PATIENCE_NANOS) {
                    log.debug("a watcher of the page has read nothing for {}ms: dropped", PATIENCE_NANOS / 1_000_000);
                    watcher.end();
                }
            }
        } catch (Throwable failure) {
            log.warn("the page of the ring shows nothing new any more, since a look at the ring failed", failure);
            watchers.forEach(Watcher::end); // those who come back begin anew
            throw failure;
        }
    }
}
