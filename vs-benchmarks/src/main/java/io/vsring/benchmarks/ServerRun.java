package io.vsring.benchmarks;

import java.io.IOException;

/** The lock server, in a process of its own; it is told nothing, and ends with its input. */
final class ServerRun {

    private final MemberSeat seat;

    ServerRun(MemberSeat seat) {
        this.seat = seat;
    }

    /** Serves until the parent has had enough; returns the exit code. */
    int run() throws IOException, InterruptedException {
        ParentTalk parent = new ParentTalk();
        LockServer server = LockServer.open(seat);
        try {
            Schedule unused = parent.ready(seat.plan());
            return parent.done();
        } finally {
            server.close();
        }
    }
}
