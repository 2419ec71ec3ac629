package io.vsring.ring;

import io.vsring.wire.WireFormat;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.CRC32C;

/**
 * Keeps the ring sequence in a file, one for each cluster and slot.
 *
 * <p>The file says up to where sequences may have been used. It is written once for {@value #BLOCK} sequences: into a
 * second file, forced to the disk, renamed over the first, and the directory forced to the disk. After a crash between
 * any two of these steps the old file or the new one is there, whole. A third file is locked while the store is open:
 * two members that wrote the same sequences would both be promised what only one can have.
 */
final class FileRingSequenceStore implements RingSequenceStore, AutoCloseable {

    static final int BLOCK = 4096;

    private static final Pattern CONTENT =
            Pattern.compile("vs-ring-sequence 1\nreserved (\\d{1,19})\ncrc32c ([0-9a-f]{8})\n");

    private final Path file;
    private final FileChannel lockFile;

    @SuppressWarnings("unused") // held as long as its file is open
    private final FileLock claim;

    private long reserved;

    /**
     * @param directory is made if it does not exist
     * @throws RingStartException if the directory or the file cannot be used, the file is not one of ours, or another
     *     member uses it
     */
    static FileRingSequenceStore open(Path directory, String clusterName, int slot) {
        String name = "vs-" + fileName(clusterName) + "-" + Integer.toUnsignedString(slot);
        Path file = directory.resolve(name + ".ring-sequence");
        try {
            Files.createDirectories(directory);
            FileChannel lockFile = FileChannel.open(
                    directory.resolve(name + ".lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            try {
                FileLock claim = FileClaim.take(lockFile);
                if (claim == null) {
                    throw new RingStartException("vs.ring.state-dir: another member, here or in another process, uses "
                            + file + ". Stop that one, or set vs.ring.state-dir to a directory of its own for each"
                            + " member, or vs.member-id to a number of its own");
                }
                return new FileRingSequenceStore(file, lockFile, claim);
            } catch (IOException | RuntimeException e) {
                lockFile.close();
                throw e;
            }
        } catch (IOException e) {
            throw new RingStartException(
                    "vs.ring.state-dir: " + file + " cannot be used: " + e
                            + ". Set vs.ring.state-dir to a directory that this process may read and write",
                    e);
        }
    }

    private FileRingSequenceStore(Path file, FileChannel lockFile, FileLock claim) throws IOException {
        this.file = file;
        this.lockFile = lockFile;
        this.claim = claim;
        this.reserved = read();
    }

    @Override
    public long initial() {
        return reserved;
    }

    @Override
    public void persist(long ringSequence) {
        if (ringSequence <= reserved) {
            return;
        }
        long next = Math.min(ringSequence + BLOCK, WireFormat.NUMBER_MAX);
        try {
            write(next);
        } catch (IOException e) {
            throw new RingException(
                    "vs.ring.state-dir: " + file + " cannot be written, so ring sequences could be used"
                            + " twice after a restart: " + e,
                    e);
        }
        reserved = next;
    }

    /** Lets another member use the file. Any thread, after the last {@link #persist}. */
    @Override
    public void close() {
        try {
            lockFile.close();
        } catch (IOException e) {
            throw new UncheckedIOException("vs.ring.state-dir: the lock beside " + file + " cannot be closed", e);
        }
    }

    private long read() throws IOException {
        String content;
        try {
            content = Files.readString(file, StandardCharsets.ISO_8859_1);
        } catch (NoSuchFileException none) {
            return 0;
        }
        Matcher matcher = CONTENT.matcher(content);
        if (!matcher.matches() || !matcher.group(2).equals(checksum(matcher.group(1)))) {
            throw useless("is not a whole ring sequence file (" + content.length()
                    + " bytes, expected three lines with a matching crc32c). If it is what is left of a broken"
                    + " disk");
        }
        if (new BigInteger(matcher.group(1)).compareTo(BigInteger.valueOf(WireFormat.NUMBER_MAX)) >= 0) {
            throw useless(
                    "says that all ring sequences are used up, which only a mistake can have done. To start anew");
        }
        return Long.parseLong(matcher.group(1));
    }

    private RingStartException useless(String why) {
        return new RingStartException("vs.ring.state-dir: " + file + " " + why
                + ", delete it: the member then starts with a low sequence and takes on the others'");
    }

    private void write(long next) throws IOException {
        String number = Long.toString(next);
        String content = "vs-ring-sequence 1\nreserved " + number + "\ncrc32c " + checksum(number) + "\n";
        Path fresh = file.resolveSibling(file.getFileName() + ".new");
        try (FileChannel channel = FileChannel.open(
                fresh, StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING, StandardOpenOption.WRITE)) {
            ByteBuffer bytes = ByteBuffer.wrap(content.getBytes(StandardCharsets.ISO_8859_1));
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
            channel.force(true);
        }
        Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        forceDirectory();
    }

    private void forceDirectory() throws IOException {
        Path directory = file.toAbsolutePath().getParent();
        if (directory == null
                || System.getProperty("os.name", "").toLowerCase(Locale.ROOT).contains("windows")) {
            return; // there a directory cannot be opened, and a rename is written through
        }
        try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }

    private static String checksum(String number) {
        CRC32C checksum = new CRC32C();
        checksum.update(number.getBytes(StandardCharsets.ISO_8859_1));
        return String.format(Locale.ROOT, "%08x", checksum.getValue());
    }

    /**
     * Everything but letters, digits, dot and dash is written as its number, so that different names stay different.
     */
    private static String fileName(String clusterName) {
        StringBuilder name = new StringBuilder();
        for (byte each : clusterName.getBytes(StandardCharsets.UTF_8)) {
            char character = (char) (each & 0xFF);
            if ((character < 128 && Character.isLetterOrDigit(character)) || character == '.' || character == '-') {
                name.append(character);
            } else {
                name.append(String.format(Locale.ROOT, "_%02x", (int) character));
            }
        }
        return name.toString();
    }
}
