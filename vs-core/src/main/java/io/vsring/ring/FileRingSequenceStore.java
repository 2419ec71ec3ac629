package io.vsring.ring;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
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
 * any two of these steps the old file or the new one is there, whole.
 */
final class FileRingSequenceStore implements RingSequenceStore {

    static final int BLOCK = 4096;

    private static final Pattern CONTENT =
            Pattern.compile("vs-ring-sequence 1\nreserved (\\d{1,19})\ncrc32c ([0-9a-f]{8})\n");

    private final Path file;
    private long reserved;

    /**
     * @param directory is made if it does not exist
     * @throws RingStartException if the directory or the file cannot be used, or the file is not one of ours
     */
    FileRingSequenceStore(Path directory, String clusterName, int slot) {
        this.file = directory.resolve(
                "vs-" + fileName(clusterName) + "-" + Integer.toUnsignedString(slot) + ".ring-sequence");
        try {
            Files.createDirectories(directory);
            this.reserved = read();
        } catch (IOException e) {
            throw new RingStartException("vs.ring.state-dir: " + file + " cannot be read: " + e, e);
        }
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
        long next = ringSequence + BLOCK;
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

    private long read() throws IOException {
        String content;
        try {
            content = Files.readString(file, StandardCharsets.ISO_8859_1);
        } catch (NoSuchFileException none) {
            return 0;
        }
        Matcher matcher = CONTENT.matcher(content);
        if (!matcher.matches() || !matcher.group(2).equals(checksum(matcher.group(1)))) {
            throw new RingStartException("vs.ring.state-dir: " + file + " is not a whole ring sequence file ("
                    + content.length()
                    + " bytes, expected three lines with a matching crc32c). If it is what is left of a"
                    + " broken disk, delete it: the member then starts with a low sequence and takes on the others'");
        }
        return Long.parseLong(matcher.group(1));
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
