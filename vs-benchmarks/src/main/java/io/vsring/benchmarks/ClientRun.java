package io.vsring.benchmarks;

import java.io.IOException;

/** A client of the lock server, in a process of its own. */
final class ClientRun {

    private final MemberSeat seat;

    ClientRun(MemberSeat seat) {
        this.seat = seat;
    }

    /** Takes part in the run; returns the exit code. */
    int run() throws IOException, InterruptedException {
        ParentTalk parent = new ParentTalk();
        try (LockClient client = LockClient.connect(seat)) {
            CallMeasurement measurement = new CallMeasurement(seat, () -> null);
            parent.result(measurement.of(client, parent.ready(seat.plan()), parent));
            return parent.done();
        }
    }
}
