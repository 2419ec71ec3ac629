package io.vsring.replicated;

import io.vsring.ring.Fill;
import java.util.ArrayDeque;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Who is told of the changes of one map on this member. Any thread comes and goes, the delivery thread tells. */
final class MapListeners {

    /** Changes that wait for an executor before those of one key become one. */
    static final int WAITING_MAX = 1 << 16;

    private final BiConsumer<String, @Nullable Throwable> warn;
    private final CopyOnWriteArrayList<Consumer<MapChange>> listeners = new CopyOnWriteArrayList<>();

    /** @param warn is told what listeners throw; callable from any thread */
    MapListeners(BiConsumer<String, @Nullable Throwable> warn) {
        this.warn = warn;
    }

    /** Whether nobody wants to know. */
    boolean isEmpty() {
        return listeners.isEmpty();
    }

    /** @param map its name, for warnings */
    MapListener.Registration add(String map, Consumer<MapChange> listener) {
        Consumer<MapChange> guarded = change -> guard(map, () -> listener.accept(change));
        listeners.add(guarded);
        return () -> listeners.remove(guarded);
    }

    /** One change after the other by this executor, never two at once. */
    MapListener.Registration add(String map, Consumer<MapChange> listener, Executor executor) {
        Queue queue = new Queue(map, listener, executor);
        listeners.add(queue);
        return () -> {
            listeners.remove(queue);
            queue.close();
        };
    }

    /** Delivery thread. */
    void tell(Supplier<List<MapChange>> changes) {
        if (listeners.isEmpty()) {
            return;
        }
        for (MapChange change : changes.get()) {
            for (Consumer<MapChange> listener : listeners) {
                listener.accept(change);
            }
        }
    }

    /** How full the fullest queue here is; this if none is fuller. Any thread. */
    Fill fullest(Fill known) {
        Fill fullest = known;
        for (Consumer<MapChange> listener : listeners) {
            if (listener instanceof Queue queue) {
                Fill fill = queue.fill();
                fullest = fill.used() * fullest.max() > fullest.used() * fill.max() ? fill : fullest;
            }
        }
        return fullest;
    }

    /** Somebody may have to act. Any thread. */
    void warn(String what) {
        warn.accept(what, null);
    }

    private void guard(String map, Runnable call) {
        try {
            call.run();
        } catch (RuntimeException | Error thrown) {
            if (thrown instanceof VirtualMachineError broken && !(thrown instanceof StackOverflowError)) {
                throw broken;
            }
            warn.accept("a listener of the map '" + map + "' threw; it is told what comes all the same", thrown);
        }
    }

    /**
     * Hands changes to an executor, and keeps those that it has not carried out. When more wait than
     * {@link #WAITING_MAX} those of one key become one; then no more wait than there were entries when it was told the
     * last one, and are now.
     */
    private final class Queue implements Consumer<MapChange> {

        private final String map;
        private final Consumer<MapChange> listener;
        private final Executor executor;
        private final ArrayDeque<MapChange> waiting = new ArrayDeque<>(); // guarded by this
        private final AtomicBoolean busy = new AtomicBoolean();
        private int bound = WAITING_MAX; // guarded by this
        private volatile boolean closed;

        Queue(String map, Consumer<MapChange> listener, Executor executor) {
            this.map = map;
            this.listener = listener;
            this.executor = executor;
        }

        @Override
        public void accept(MapChange change) {
            synchronized (this) {
                waiting.add(change);
                if (waiting.size() > bound) {
                    List<MapChange> fewer = MapChange.lastOfEachKey(waiting);
                    waiting.clear();
                    waiting.addAll(fewer);
                    bound = Math.max(WAITING_MAX, 2 * fewer.size());
                }
            }
            start();
        }

        private synchronized @Nullable MapChange poll() {
            return waiting.poll();
        }

        private synchronized Fill fill() {
            return new Fill(waiting.size(), bound);
        }

        private synchronized int size() {
            return waiting.size();
        }

        void close() {
            closed = true;
            synchronized (this) {
                waiting.clear();
            }
        }

        private void start() {
            if (!busy.compareAndSet(false, true)) {
                return;
            }
            try {
                executor.execute(this::run);
            } catch (RejectedExecutionException refused) {
                busy.set(false);
                warn.accept(
                        "the executor of a listener of the map '" + map + "' takes nothing: " + size()
                                + " changes wait for the next one, or for the listener to be closed",
                        refused);
            }
        }

        private void run() {
            try {
                for (MapChange next = poll(); next != null && !closed; next = poll()) {
                    MapChange change = next;
                    guard(map, () -> listener.accept(change));
                }
            } finally {
                busy.set(false);
            }
            if (size() > 0 && !closed) {
                start(); // came behind the last look
            }
        }
    }
}
