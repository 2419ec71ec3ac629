package io.vsring.test.campaign;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** A process that ends, and another one in its place. */
final class Ending implements Fault {

    private static final long AT_ONCE_NANOS = 1_000_000_000L;

    private final FaultKind kind;
    private final MemberSlot member;
    private @Nullable Integer status;
    private long endedNanos;
    private long downNanos;

    Ending(FaultKind kind, MemberSlot member) {
        this.kind = kind;
        this.member = member;
    }

    @Override
    public FaultKind kind() {
        return kind;
    }

    @Override
    public void begin() throws InterruptedException {
        status = kind == FaultKind.LEAVE ? member.leave() : member.kill();
        endedNanos = System.nanoTime();
    }

    @Override
    public void end() {
        if (status != null) {
            downNanos = System.nanoTime() - endedNanos;
            member.start();
        }
    }

    @Override
    public Proof proof() {
        int wanted = kind == FaultKind.LEAVE ? MemberSlot.TERMINATED : MemberSlot.KILLED;
        boolean asWanted = status != null && status == wanted;
        boolean soon = kind != FaultKind.RESTART || downNanos < AT_ONCE_NANOS;
        return new Proof(asWanted && soon, "exit code=" + status + ", down for " + downNanos / 1_000_000 + " ms");
    }

    @Override
    public List<MemberSlot> ended() {
        return List.of(member);
    }

    @Override
    public String toString() {
        return kind.word() + " of " + member.number();
    }
}
