package io.vsring.test.campaign;

import org.jspecify.annotations.Nullable;

/**
 * A member that gets a part of a processor: by a control group, or where there can be none by stopping it again and
 * again.
 */
final class SlowCpu implements Fault {

    private static final int RUN_MILLIS = 40;
    private static final int STOPPED_MILLIS = 160;

    private final MemberSlot member;
    private final int percent;
    private @Nullable CpuGroup group;
    private @Nullable Thread cycle;
    private volatile boolean isOver;
    private long stops; // of the cycle; to be read when that has ended
    private long throttled;

    SlowCpu(MemberSlot member, int percent) {
        this.member = member;
        this.percent = percent;
    }

    @Override
    public FaultKind kind() {
        return FaultKind.SLOW_CPU;
    }

    @Override
    public void begin() {
        ProcessView process = member.view();
        if (process == null) {
            return;
        }
        group = CpuGroup.make(percent);
        if (group != null) {
            throttled = -group.throttled();
            group.enter(process.pid());
        } else {
            cycle = new Thread(() -> stopAgainAndAgain(process), "slow-cpu");
            cycle.start();
        }
    }

    private void stopAgainAndAgain(ProcessView process) {
        try {
            while (!isOver) {
                MemberSlot.Stopped stopped = member.stop();
                if (stopped == null) {
                    return;
                }
                try {
                    Thread.sleep(STOPPED_MILLIS);
                    if (process.state() == 'T') {
                        stops++;
                    }
                } finally {
                    stopped.goOn();
                }
                Thread.sleep(RUN_MILLIS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void end() throws InterruptedException {
        isOver = true;
        if (cycle != null) {
            cycle.join();
        }
        if (group != null) {
            throttled += group.throttled();
            group.leave();
            group = null;
            CpuGroup.removeLeftovers();
        }
    }

    @Override
    public Proof proof() {
        return cycle == null
                ? Proof.counted(throttled, "cpu.stat: nr_throttled")
                : Proof.counted(stops, "/proc/PID/stat: times in state T");
    }

    @Override
    public String toString() {
        return kind().word() + " of " + member.number() + ", " + percent + " %";
    }
}
