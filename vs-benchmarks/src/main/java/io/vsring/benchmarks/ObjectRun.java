package io.vsring.benchmarks;

import io.vsring.benchmarks.peer.CallPlan;
import io.vsring.benchmarks.peer.CalledMember;
import io.vsring.benchmarks.peer.CalledMembers;
import io.vsring.benchmarks.peer.Keys;
import io.vsring.benchmarks.peer.Peer;
import io.vsring.benchmarks.peer.Work;
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

/** One member that calls replicated objects, ours or those of a peer, in a process of its own. */
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
        return plan.peer() == Peer.VS ? ours() : theirs();
    }

    private int theirs() throws IOException, InterruptedException {
        try (CalledMember member = CalledMembers.open(plan.peer(), seat.place(), calls())) {
            CallMeasurement measurement = new CallMeasurement(seat, () -> null);
            parent.result(measurement.of(member.work(), parent.ready(plan), parent));
            return parent.done();
        }
    }

    private CallPlan calls() {
        return new CallPlan(
                plan.mode(),
                plan.inFlight(),
                plan.objects().entries(),
                plan.objects().valueBytes());
    }

    private int ours() throws IOException, InterruptedException {
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

    private IntFunction<CompletableFuture<?>> puts(ReplicatedMap<String, byte[]> map) {
        byte[] value = new byte[plan.objects().valueBytes()];
        Keys keys = new Keys(calls());
        return slot -> map.putAsync(keys.next(slot), value);
    }

    private static IntFunction<CompletableFuture<?>> increments(ReplicatedCounter counter) {
        return slot -> counter.addAndGetAsync(1);
    }
}
