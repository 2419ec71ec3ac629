package io.vsring.benchmarks;

import io.vsring.replicated.Codec;
import io.vsring.replicated.DistributedLocks;
import io.vsring.replicated.LockHandle;
import io.vsring.replicated.ReplicatedCounter;
import io.vsring.replicated.ReplicatedMap;
import io.vsring.replicated.ReplicatedObjects;
import io.vsring.ring.Ring;
import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeoutException;
import java.util.function.IntFunction;

/** One member that calls replicated objects, in a process of its own. */
final class ObjectRun {

    private final Plan plan;
    private final MemberSeat seat;
    private final ParentTalk parent = new ParentTalk();

    ObjectRun(MemberSeat seat) {
        this.plan = seat.plan();
        this.seat = seat;
    }

    /** Takes part in the run; returns the exit code. */
    int run() throws IOException, InterruptedException {
        StateWatch watch = new StateWatch(seat, plan.members(), plan.members());
        try (Ring ring = watch.objects().ring()) {
            watch.awaitPrimary();
            CallMeasurement measurement = new CallMeasurement(seat, ring::statistics);
            parent.result(measurement.of(work(watch.objects()), parent.ready(plan), parent));
            try {
                parent.order(watch.awaitFinished());
            } catch (TimeoutException late) {
                parent.failed(String.valueOf(late.getMessage()));
            }
            return parent.done();
        }
    }

    private Work work(ReplicatedObjects objects) {
        return switch (plan.mode()) {
            case LOCKS -> of(objects, locks(objects.locks()));
            case MAP -> of(objects, puts(objects.map("benchmark", Codec.strings(), Codec.bytes(), plan.guarantee())));
            default -> of(objects, increments(objects.counter("benchmark", plan.guarantee())));
        };
    }

    private static Work of(ReplicatedObjects objects, IntFunction<CompletableFuture<?>> call) {
        return new Work() {
            @Override
            public void execute(Runnable task) {
                objects.ring().execute(task);
            }

            @Override
            public CompletableFuture<?> call(int slot) {
                return call.apply(slot);
            }
        };
    }

    /** Each caller has a lock of its own: what is measured is the service, not the queue. */
    private IntFunction<CompletableFuture<?>> locks(DistributedLocks locks) {
        String[] names = new String[plan.inFlight()];
        for (int slot = 0; slot < names.length; slot++) {
            names[slot] = "lock-" + seat.member() + "-" + slot;
        }
        return slot -> locks.acquireAsync(names[slot]).thenCompose(LockHandle::releaseAsync);
    }

    /** Each caller takes every so-many-th key in turn. */
    private IntFunction<CompletableFuture<?>> puts(ReplicatedMap<String, byte[]> map) {
        byte[] value = new byte[plan.objects().valueBytes()];
        int[] next = new int[plan.inFlight()];
        return slot -> {
            int key = (slot + next[slot] * plan.inFlight()) % plan.objects().entries();
            next[slot] = (next[slot] + 1) % plan.objects().entries();
            return map.putAsync("key-" + key, value);
        };
    }

    private static IntFunction<CompletableFuture<?>> increments(ReplicatedCounter counter) {
        return slot -> counter.addAndGetAsync(1);
    }
}
