package io.vsring.replicated;

import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
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

    /** Hands changes to an executor, and keeps all that it has not carried out. */
    private final class Queue implements Consumer<MapChange> {

        private final String map;
        private final Consumer<MapChange> listener;
        private final Executor executor;
        private final ConcurrentLinkedQueue<MapChange> waiting = new ConcurrentLinkedQueue<>();
        private final AtomicBoolean busy = new AtomicBoolean();
        private volatile boolean closed;

        Queue(String map, Consumer<MapChange> listener, Executor executor) {
            this.map = map;
            this.listener = listener;
            this.executor = executor;
        }

        @Override
        public void accept(MapChange change) {
            waiting.add(change);
            start();
        }

        void close() {
            closed = true;
            waiting.clear();
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
                        "the executor of a listener of the map '" + map + "' takes nothing: " + waiting.size()
                                + " changes wait for the next one, or for the listener to be closed",
                        refused);
            }
        }

        private void run() {
            try {
                for (MapChange next = waiting.poll(); next != null && !closed; next = waiting.poll()) {
                    MapChange change = next;
                    guard(map, () -> listener.accept(change));
                }
            } finally {
                busy.set(false);
            }
            if (!waiting.isEmpty() && !closed) {
                start(); // came behind the last look
            }
        }
    }
}
