package io.vsring.autoconfigure;

import io.vsring.security.Keyring;
import java.io.File;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessMode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.Base64;
import java.util.EnumSet;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Secrets in files, as bytes or in Base64. Any thread; a file that others can read is warned of once. */
final class KeyFiles {

    private static final Logger log = LoggerFactory.getLogger(KeyFiles.class);

    /** More than the longest secret has in Base64, and little enough for whatever else somebody names. */
    private static final int CONTENT_BYTES_MAX = 4 * Keyring.SECRET_BYTES_MAX;

    private static final Set<PosixFilePermission> OF_OTHERS = EnumSet.of(
            PosixFilePermission.GROUP_READ,
            PosixFilePermission.GROUP_WRITE,
            PosixFilePermission.OTHERS_READ,
            PosixFilePermission.OTHERS_WRITE);

    private final Set<Path> warned = ConcurrentHashMap.newKeySet();

    /**
     * The secret at a location.
     *
     * @param location a path, or a URL that begins with "file:"
     * @throws IllegalArgumentException saying what is wrong, and nothing of what is in the file
     */
    byte[] secret(String location) {
        String place = location.strip();
        if (!place.startsWith("file:") && place.contains(":")) {
            throw new IllegalArgumentException(
                    "the location must be a file, as file:/run/secrets/ring-key: not on the class path, which"
                            + " everybody has who has the application, and not somewhere in a network");
        }
        return secret(new File(place.startsWith("file:") ? place.substring("file:".length()) : place).toPath());
    }

    /**
     * The secret in a file.
     *
     * @throws IllegalArgumentException as {@link #secret(String)}
     */
    byte[] secret(Path file) {
        byte[] content = content(file);
        warnIfOpen(file);
        if (!isText(content)) {
            return content;
        }
        byte[] secret = base64(content);
        if (secret == null) {
            throw new IllegalArgumentException(
                    "what is at its location is text, and not Base64, as 'openssl rand -base64 32' makes it");
        }
        return secret;
    }

    /** What a file has that is no secret, without the spaces around it. */
    String text(Path file) {
        return new String(content(file), StandardCharsets.US_ASCII).strip();
    }

    /**
     * What this text means, with spaces anywhere; null if it is not Base64. Wipes the text: files are read again and
     * again, and each time would leave a copy behind.
     */
    static byte @Nullable [] base64(byte[] text) {
        int length = 0;
        for (byte each : text) {
            if (!Character.isWhitespace(each)) {
                text[length++] = each;
            }
        }
        byte[] packed = Arrays.copyOf(text, length);
        try {
            return Base64.getDecoder().decode(packed);
        } catch (IllegalArgumentException e) {
            return null;
        } finally {
            Arrays.fill(packed, (byte) 0);
            Arrays.fill(text, (byte) 0);
        }
    }

    private static byte[] content(Path file) {
        byte[] room = new byte[CONTENT_BYTES_MAX];
        try {
            file.getFileSystem().provider().checkAccess(file, AccessMode.READ); // what comes next does not say why
            try (InputStream in = new FileInputStream(file.toFile())) { // others have buffers that nobody wipes
                return Arrays.copyOf(room, in.readNBytes(room, 0, room.length));
            }
        } catch (IOException e) {
            throw new IllegalArgumentException(
                    "the location cannot be read (" + e.getClass().getSimpleName()
                            + "): it must be a file that this application can read",
                    e);
        } finally {
            Arrays.fill(room, (byte) 0);
        }
    }

    private void warnIfOpen(Path file) {
        Set<PosixFilePermission> open;
        try {
            if (isMountedByKubernetes(file)) {
                return;
            }
            open = Files.getPosixFilePermissions(file);
        } catch (IOException | UnsupportedOperationException e) {
            return; // it has been read all the same, or such permissions do not exist here
        }
        if (open.stream().anyMatch(OF_OTHERS::contains) && warned.add(file)) {
            log.warn(
                    "key file is open to others than its owner: mode={} file={}; chmod 400 {}",
                    PosixFilePermissions.toString(open),
                    file,
                    file);
        }
    }

    /** Its files are a pod's alone, whatever their mode, which chmod cannot change. */
    private static boolean isMountedByKubernetes(Path file) throws IOException {
        return Files.isSymbolicLink(file) && Files.readSymbolicLink(file).startsWith("..data");
    }

    /** Random bytes hardly ever look like it. */
    private static boolean isText(byte[] content) {
        for (byte each : content) {
            boolean isPrintable = each >= ' ' && each < 0x7F;
            if (!isPrintable && each != '\n' && each != '\r' && each != '\t') {
                return false;
            }
        }
        return true;
    }
}
