package io.vsring.autoconfigure;

import io.vsring.replicated.ReplicatedObjects;
import io.vsring.replicated.ReplicationListener;
import io.vsring.ring.Ring;
import io.vsring.ring.RingException;
import io.vsring.ring.RingStartException;
import io.vsring.ring.RingStatus;
import io.vsring.spring.RingListenerRegistry;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.context.SmartLifecycle;

/**
 * One member, from the start of the application context to its end.
 *
 * <p>It is on its ring before the web server opens, and leaves after the server has drained. A context that is stopped
 * and started again takes part as a new incarnation. Any thread may ask for the ring.
 *
 * <p>An application with listeners of its own lives until it is stopped, whatever its threads are; one that only sends
 * ends with its main method, unless something else keeps it alive.
 */
final class RingLifecycle implements SmartLifecycle, DisposableBean, Supplier<Ring> {

    private static final Logger log = LoggerFactory.getLogger(RingLifecycle.class);

    private final RingProperties properties;
    private final MemberOpener opener;
    private final KeyReload keys;
    private final RingListenerRegistry listeners;
    private final List<ReplicationListener> replicationListeners;
    private final ReentrantLock lock = new ReentrantLock();

    private final RunningMember member;
    private @Nullable KeepAlive keepAlive;

    RingLifecycle(
            RingProperties properties,
            MemberOpener opener,
            KeyReload keys,
            RunningMember member,
            RingListenerRegistry listeners,
            List<ReplicationListener> replicationListeners) {
        this.properties = properties;
        this.opener = opener;
        this.keys = keys;
        this.member = member;
        this.listeners = listeners;
        this.replicationListeners = replicationListeners;
    }

    /**
     * The ring that runs now.
     *
     * @throws io.vsring.ring.RingClosedException if none does
     */
    @Override
    public Ring get() {
        return member.get().ring();
    }

    @Override
    public void start() {
        lock.lock();
        try {
            if (!isOnRing()) {
                stop(); // what is left of a ring that ended by itself
                open();
            }
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void stop() {
        listeners.releaseCaller(); // before the ring, which would wait for its full queue
        lock.lock();
        try {
            keys.end();
            ReplicatedObjects stopping = member.orNull();
            if (stopping != null) {
                close(stopping);
                member.is(null);
            }
            if (keepAlive != null) {
                keepAlive.end();
                keepAlive = null;
            }
        } finally {
            lock.unlock();
        }
    }

    /** The caller waits for the callback, and may be a listener that ends its application. */
    @Override
    public void stop(Runnable callback) {
        listeners.releaseCaller();
        Thread stopping = new Thread(
                () -> {
                    try {
                        stop();
                    } finally {
                        callback.run();
                    }
                },
                "vs-stop");
        stopping.start();
    }

    /** Spring stops what it has started; a bean that fails may have started this by hand before. */
    @Override
    public void destroy() {
        stop();
    }

    /**
     * Whether there is something to stop: also when the ring has ended by itself, since its listeners have not. That it
     * has ended is in {@link Ring#status}.
     */
    @Override
    public boolean isRunning() {
        return member.orNull() != null;
    }

    @Override
    public boolean isAutoStartup() {
        return properties.autoStartup();
    }

    /** A member that paused would hold up all others. */
    @Override
    public boolean isPauseable() {
        return false;
    }

    @Override
    public int getPhase() {
        return properties.phase();
    }

    private boolean isOnRing() {
        ReplicatedObjects current = member.orNull();
        return current != null && current.ring().status().state() != RingStatus.State.CLOSED;
    }

    private void open() {
        ReplicationWatch watch = new ReplicationWatch(replicationListeners);
        ReplicatedObjects objects = opener.open(listeners, watch);
        Ring opened = objects.ring();
        watch.of(opened);
        member.is(objects); // before it starts: the first that it tells a listener may be answered at once
        try {
            keys.begin(opened);
            listeners.start(opened.status().local().id(), this::onListenerDeath);
            awaitReadiness(opened, watch);
        } catch (InterruptedException e) {
            abandon(opened); // not interrupted any more, or the member could not take its leave
            Thread.currentThread().interrupt();
            throw new RingStartException("the application was stopped while its member was being started", e);
        } catch (RuntimeException e) {
            abandon(opened);
            throw e;
        }
        if (hasListenersOfTheApplication()) {
            keepAlive = KeepAlive.begin();
        }
    }

    /** Whoever wants to hear something lives until it is told to stop. */
    private boolean hasListenersOfTheApplication() {
        return listeners.isHeard(ConfigurationChangeEvents.LISTENER)
                || listeners.listeners().stream()
                        .anyMatch(listener -> !listener.id().equals(ConfigurationChangeEvents.LISTENER));
    }

    /**
     * Waits without a limit for a thread that has one: a context that is closed while it starts interrupts its start if
     * that waits so, and otherwise waits for it.
     */
    private void awaitReadiness(Ring opened, ReplicationWatch watch) throws InterruptedException {
        FutureTask<Void> starting = new FutureTask<>(() -> startInTime(opened, watch), null);
        Thread thread = new Thread(starting, "vs-start");
        thread.setDaemon(true);
        thread.start();
        try {
            starting.get();
        } catch (ExecutionException e) {
            throw e.getCause() instanceof RingException known
                    ? known
                    : new RingStartException("the member could not be started: " + e.getCause(), e);
        }
    }

    private void startInTime(Ring opened, ReplicationWatch watch) {
        long deadline = System.nanoTime() + properties.startupTimeout().toNanos();
        try {
            opened.start().get(deadline - System.nanoTime(), TimeUnit.NANOSECONDS);
            awaitFormation(opened, deadline);
            awaitState(opened, watch, deadline);
        } catch (InterruptedException e) {
            throw new IllegalStateException("nobody interrupts this thread", e);
        } catch (TimeoutException e) {
            throw new RingStartException(
                    "the member did not start within "
                            + properties.startupTimeout().toMillis() + "ms (vs.startup-timeout)",
                    e);
        } catch (ExecutionException e) {
            throw e.getCause() instanceof RingStartException known
                    ? known
                    : new RingStartException("the member could not be started: " + e.getCause(), e);
        }
    }

    private void awaitFormation(Ring opened, long deadline) throws InterruptedException {
        if (!opened.options().hasSeeds()) {
            log.info(
                    "member={} is alone: set vs.discovery.seeds to form a ring with others",
                    opened.status().local().id());
            return;
        }
        try {
            opened.awaitFormation(Duration.ofNanos(Math.max(1, deadline - System.nanoTime())));
        } catch (RingStartException e) {
            RingFormationException late =
                    new RingFormationException(properties.startupTimeout(), opened.status(), opened.statistics(), e);
            if (properties.onStartupTimeout() == RingProperties.OnStartupTimeout.FAIL) {
                throw late;
            }
            log.warn("{}; the application starts all the same (vs.on-startup-timeout)", late.getMessage());
        }
    }

    /** Whoever comes next may ask for the objects at once. A member that cannot be primary has nothing to wait for. */
    private void awaitState(Ring opened, ReplicationWatch watch, long deadline) throws InterruptedException {
        if (!watch.awaitDecision(deadline - System.nanoTime())) {
            String late =
                    "member " + opened.status().local() + " has not got the state of the replicated objects within "
                            + properties.startupTimeout().toMillis() + "ms (vs.startup-timeout), in "
                            + opened.status().configuration();
            if (properties.onStartupTimeout() == RingProperties.OnStartupTimeout.FAIL) {
                throw new RingStartException(late + ". To start without it, set vs.on-startup-timeout=continue: calls"
                        + " wait for it then");
            }
            log.warn("{}; the application starts all the same (vs.on-startup-timeout)", late);
        }
        if (opened.status().state() == RingStatus.State.CLOSED) {
            throw new RingStartException("member " + opened.status().local() + " ended while it was being started");
        }
    }

    private void abandon(Ring opened) {
        keys.end();
        member.is(null);
        opened.close();
        stopListeners(Duration.ZERO);
    }

    /** First the ring, so that the listeners see all that was delivered; then they. */
    private void close(ReplicatedObjects objects) {
        Ring stopping = objects.ring();
        long deadline = System.nanoTime() + properties.shutdownTimeout().toNanos();
        try {
            objects.leave().get(properties.shutdownTimeout().toNanos(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (TimeoutException e) {
            log.warn(
                    "member={} could not leave within {}ms; is a listener stuck?",
                    stopping.status().local().id(),
                    properties.shutdownTimeout().toMillis());
            // A full queue of a stuck listener holds the delivery thread, without which no ring can end.
            stopListeners(Duration.ZERO);
        } catch (ExecutionException e) {
            log.warn("member={} could not leave", stopping.status().local().id(), e.getCause());
        }
        stopping.close();
        stopListeners(Duration.ofNanos(Math.max(0, deadline - System.nanoTime())));
    }

    private void stopListeners(Duration patience) {
        try {
            listeners.stop(patience);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** A member whose listener is gone would count as one that handles what is delivered. */
    private void onListenerDeath(Throwable cause) {
        ReplicatedObjects dying = member.orNull();
        if (dying != null) {
            log.error(
                    "member={} leaves the ring: a listener's thread has died",
                    dying.ring().status().local().id(),
                    cause);
            // Whoever stops the context waits for it.
            var unused = dying.leave();
        }
    }
}
