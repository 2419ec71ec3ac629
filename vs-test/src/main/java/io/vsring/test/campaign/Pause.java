package io.vsring.test.campaign;

import org.jspecify.annotations.Nullable;

/** A member that is stopped where it stands. */
final class Pause implements Fault {

    private static final int LOOK_AGAIN_MILLIS = 5;
    private static final int LOOKS_MAX = 200;

    private final MemberSlot member;
    private MemberSlot.@Nullable Stopped stopped;
    private char state = '-';

    Pause(MemberSlot member) {
        this.member = member;
    }

    @Override
    public FaultKind kind() {
        return FaultKind.STOP;
    }

    @Override
    public void begin() throws InterruptedException {
        ProcessView process = member.view();
        stopped = member.stop();
        for (int look = 0; process != null && stopped != null && state != 'T' && look < LOOKS_MAX; look++) {
            state = process.state(); // all of its threads have to come to a halt
            Thread.sleep(LOOK_AGAIN_MILLIS);
        }
    }

    @Override
    public void end() throws InterruptedException {
        if (stopped != null) {
            stopped.goOn();
        }
    }

    @Override
    public Proof proof() {
        return new Proof(state == 'T', "/proc/PID/stat: state=" + state);
    }

    @Override
    public String toString() {
        return kind().word() + " of " + member.number();
    }
}
