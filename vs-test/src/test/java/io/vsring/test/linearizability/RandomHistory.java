package io.vsring.test.linearizability;

import io.vsring.test.simulation.Dice;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Clients that use a real object, overlapping, with everything decided by chance. Each operation happens at one instant
 * between its call and its return, so what comes out is linearizable.
 */
final class RandomHistory {
    private final Dice dice;
    private final Workload workload;
    private final double unknown;
    private final List<Client> clients = new ArrayList<>();
    private final List<Invocation> late = new ArrayList<>();
    private final HistoryRecorder recorder = new HistoryRecorder(this::nextInstant);
    private long nowNanos;
    private int begun;

    /**
     * @param clients how many
     * @param unknown how probable it is that an operation has an unknown outcome; half of these happen, sometime
     */
    RandomHistory(Dice dice, Workload workload, int clients, double unknown) {
        this.dice = dice;
        this.workload = workload;
        this.unknown = unknown;
        for (int number = 0; number < clients; number++) {
            this.clients.add(new Client(number));
        }
    }

    private long nextInstant() {
        return nowNanos += dice.below(2);
    }

    List<RecordedOperation> of(int operations) {
        while (begun < operations) {
            if (dice.chance(0.1)) {
                somethingLate();
            }
            dice.oneOf(clients).goesOn();
        }
        for (Client client : clients) {
            client.finishes();
        }
        return recorder.history();
    }

    private void somethingLate() {
        int index = late.isEmpty() ? 0 : dice.below(late.size());
        if (!late.isEmpty() && workload.canHappen(late.get(index))) {
            workload.happens(late.remove(index));
        }
    }

    private final class Client {
        private final int number;
        private @Nullable PendingOperation pending;
        private @Nullable Invocation invocation;
        private @Nullable Object answer;
        private boolean hasHappened;

        Client(int number) {
            this.number = number;
        }

        void goesOn() {
            if (pending == null) {
                begun++;
                hasHappened = false;
                invocation = workload.next(number);
                pending = recorder.begin(number, workload.object(), invocation);
            } else if ((hasHappened || workload.canHappen(invocation)) && dice.chance(unknown / 2)) {
                isAbandoned();
            } else if (hasHappened) {
                returns();
            } else if (workload.canHappen(invocation)) {
                answer = workload.happens(invocation);
                hasHappened = true;
            }
        }

        private void returns() {
            workload.answered(number, invocation, answer);
            pending.returned(answer);
            pending = null;
        }

        private void isAbandoned() {
            Invocation more = workload.abandoned(number);
            if (more != null) {
                recorder.begin(number, workload.object(), more).unknown();
                late.add(more);
            }
            if (!hasHappened && dice.chance(0.5)) {
                late.add(invocation);
            }
            pending.unknown();
            pending = null;
        }

        void finishes() {
            if (pending != null && hasHappened) {
                returns();
            }
        }
    }
}
