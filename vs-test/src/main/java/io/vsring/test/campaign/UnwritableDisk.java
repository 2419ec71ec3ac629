package io.vsring.test.campaign;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A member is killed and started again while its small disk takes nothing: it is full, or read-only. It cannot keep its
 * ring sequence, so it must not run; when it can be written again the member is started once more.
 *
 * <p>A disk cannot be made read-only under a member that runs: the system refuses as long as a file is open for
 * writing, and a member holds its lock file open.
 */
final class UnwritableDisk implements Fault {

    private static final Duration START = Duration.ofMinutes(2);
    private static final int BLOCK_BYTES = 4096;

    private final FaultKind kind;
    private final MemberSlot member;
    private final Path folder;
    private String refusal = "";
    private @Nullable Integer status;
    private boolean hasEnded;

    UnwritableDisk(FaultKind kind, MemberSlot member, Path folder) {
        this.kind = kind;
        this.member = member;
        this.folder = folder;
    }

    /** Mounts a small file system. It goes with the mount namespace of this process. */
    static void mount(Path folder) throws InterruptedException {
        try {
            Files.createDirectories(folder);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Commands.run("mount", "-t", "tmpfs", "-o", "size=64k", "tmpfs", folder.toString());
    }

    static void unmount(Path folder) throws InterruptedException {
        Commands.run("umount", folder.toString());
    }

    @Override
    public FaultKind kind() {
        return kind;
    }

    private boolean isReadOnly() {
        return kind == FaultKind.READ_ONLY_DISK;
    }

    @Override
    public void begin() throws InterruptedException {
        hasEnded = member.kill() != null;
        if (isReadOnly()) {
            remount("ro");
        }
        fill();
        member.start();
    }

    private void remount(String option) throws InterruptedException {
        Commands.run("mount", "-o", "remount," + option, folder.toString());
    }

    private Path filler() {
        return folder.resolve("filler");
    }

    /** Writes until the disk refuses; a read-only one refuses at once. */
    private void fill() {
        try (FileChannel channel = FileChannel.open(filler(), StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
            while (channel.write(ByteBuffer.allocate(BLOCK_BYTES)) > 0) {
                // until there is no room
            }
        } catch (IOException refused) {
            refusal = String.valueOf(refused.getMessage());
        }
    }

    @Override
    public void end() throws InterruptedException {
        if (hasEnded) {
            status = member.awaitEnd(START);
            member.kill();
        }
        if (isReadOnly()) {
            remount("rw");
        }
        try {
            Files.deleteIfExists(filler());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        if (hasEnded) {
            member.start();
        }
    }

    @Override
    public Proof proof() {
        String wanted = isReadOnly() ? "Read-only file system" : "No space left";
        return new Proof(
                refusal.contains(wanted) && status != null && status != 0,
                "the disk says '" + refusal + "', exit code of the member=" + status);
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
