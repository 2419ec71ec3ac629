package io.vsring.test.campaign;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.Instant;

/** The wall clock of a member jumps. The library under its JVM reads a file that says by how much. */
final class ClockJump implements Fault {

    private final MemberSlot member;
    private final Path file;
    private final Duration jump;
    private final HttpCalls calls;
    private Duration seen = Duration.ZERO;

    ClockJump(MemberSlot member, Path file, Duration jump, HttpCalls calls) {
        this.member = member;
        this.file = file;
        this.jump = jump;
        this.calls = calls;
    }

    @Override
    public FaultKind kind() {
        return FaultKind.CLOCK;
    }

    @Override
    public void begin() {
        set(file, jump);
    }

    /** The member's own clock is asked before it is put right again. */
    @Override
    public void end() throws InterruptedException {
        Instant told = calls.clock(member);
        if (told != null) {
            seen = Duration.between(Instant.now(), told);
        }
        set(file, Duration.ZERO);
    }

    /** Has the clock be off by so much; the file is never seen half written. */
    static void set(Path file, Duration jump) {
        try {
            Path fresh = file.resolveSibling(file.getFileName() + ".new");
            Files.writeString(fresh, (jump.isNegative() ? "" : "+") + jump.toSeconds() + "\n");
            Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write " + file, e);
        }
    }

    @Override
    public Proof proof() {
        return new Proof(
                seen.isNegative() == jump.isNegative()
                        && seen.abs().compareTo(jump.abs().dividedBy(2)) > 0,
                "HTTP Date of the member is off by " + seen.toSeconds() + " s");
    }

    @Override
    public String toString() {
        return kind().word() + " of " + member.number() + " by " + jump;
    }
}
