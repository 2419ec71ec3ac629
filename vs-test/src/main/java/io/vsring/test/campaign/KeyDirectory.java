package io.vsring.test.campaign;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.List;
import java.util.stream.Stream;

/**
 * The keys of all members of a campaign, drawn at random, in files that nobody else may read: a file for each, and one
 * that says which is active. Members look at them again and again (docs/operations.md). One thread.
 */
final class KeyDirectory {

    /** What members encrypt with, as they call it. */
    static final String SUITE = "aes-256-gcm";

    private static final int SECRET_BYTES = 32;
    private static final String RELOAD = "200ms";

    private final Path folder;
    private int active = 1;

    KeyDirectory(CampaignOptions options) {
        this.folder = folder(options);
    }

    /** Where they are for members of this campaign. */
    private static Path folder(CampaignOptions options) {
        return options.folder().resolve("keys");
    }

    /** The options of a member that has them. */
    static List<String> options(CampaignOptions options) {
        return List.of(
                "--vs.security.suite=" + SUITE,
                "--vs.security.key-dir=" + folder(options).toAbsolutePath(),
                "--vs.security.reload=" + RELOAD);
    }

    /** Begins with one key, which is active; nothing is left of what was there before. */
    void make() {
        try {
            Files.createDirectories(folder);
            try (Stream<Path> former = Files.list(folder)) {
                for (Path each : former.toList()) {
                    Files.delete(each);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        draw(active);
        activate(active);
    }

    /** The id of the key that members encrypt with. */
    int active() {
        return active;
    }

    /** Adds a key. */
    void draw(int id) {
        byte[] secret = new byte[SECRET_BYTES];
        new SecureRandom().nextBytes(secret);
        write(Integer.toString(id), Base64.getEncoder().encodeToString(secret));
    }

    void activate(int id) {
        write("active", Integer.toString(id));
        active = id;
    }

    void remove(int id) {
        try {
            Files.deleteIfExists(folder.resolve(Integer.toString(id)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Members leave names alone that begin with a dot, so none of them sees half of a file. */
    private void write(String name, String text) {
        try {
            Path fresh = folder.resolve("." + name);
            Files.deleteIfExists(fresh);
            Files.createFile(fresh, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
            Files.writeString(fresh, text + "\n");
            Files.move(
                    fresh, folder.resolve(name), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write a key into " + folder, e);
        }
    }
}
