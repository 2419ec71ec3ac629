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
 * A member is killed and started again while its small disk is full. It cannot keep its ring sequence, so it must not
 * run; when there is room again it is started once more.
 */
final class FullDisk implements Fault {

    private static final Duration START = Duration.ofMinutes(2);
    private static final int BLOCK_BYTES = 4096;

    private final MemberSlot member;
    private final Path folder;
    private String refusal = "";
    private @Nullable Integer status;
    private boolean hasEnded;

    FullDisk(MemberSlot member, Path folder) {
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
        return FaultKind.FULL_DISK;
    }

    @Override
    public void begin() throws InterruptedException {
        hasEnded = member.kill() != null;
        fill();
        member.start();
    }

    private Path filler() {
        return folder.resolve("filler");
    }

    private void fill() {
        try (FileChannel channel = FileChannel.open(filler(), StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
            while (channel.write(ByteBuffer.allocate(BLOCK_BYTES)) > 0) {
                // until there is no room
            }
        } catch (IOException full) {
            refusal = String.valueOf(full.getMessage());
        }
    }

    @Override
    public void end() throws InterruptedException {
        if (hasEnded) {
            status = member.awaitEnd(START);
            member.kill();
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
        return new Proof(
                refusal.contains("No space left") && status != null && status != 0,
                "the disk says '" + refusal + "', exit code of the member=" + status);
    }

    @Override
    public List<MemberSlot> ended() {
        return List.of(member);
    }

    @Override
    public String toString() {
        return kind().word() + " of " + member.number();
    }
}
