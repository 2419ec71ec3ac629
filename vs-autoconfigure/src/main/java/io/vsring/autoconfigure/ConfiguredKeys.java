package io.vsring.autoconfigure;

import io.vsring.security.Keyring;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.ssl.SslBundles;
import org.springframework.util.StringUtils;

/**
 * Reads the secrets that properties give, or say where they are, as often as it is asked to; what is wrong is said
 * without saying a secret. Any thread.
 */
final class ConfiguredKeys {

    private static final String PROPERTY = "vs.security.keys";
    private static final String DIRECTORY = "vs.security.key-dir";

    /** The file that says which key is active. */
    private static final String ACTIVE = "active";

    private static final Pattern ID = Pattern.compile("\\d{1,3}");

    private final RingProperties.Security security;
    private final KeyFiles files = new KeyFiles();
    private final @Nullable KeyBundles bundles;
    private volatile @Nullable Keyring last;

    /** @param bundles where secret keys may be; null if they cannot be asked for, so that these are not read */
    ConfiguredKeys(RingProperties.Security security, @Nullable SslBundles bundles) {
        this.security = security;
        this.bundles = bundles == null ? null : new KeyBundles(bundles);
    }

    /** Whether there are to be any. */
    boolean areGiven() {
        return !security.keys().isEmpty() || security.keyDir() != null;
    }

    /** Whether some are where they may change while the application runs, and nobody tells. */
    boolean areInFiles() {
        return security.keyDir() != null
                || security.keys().stream().anyMatch(key -> StringUtils.hasText(key.location()));
    }

    /** The SSL bundles that some are in. */
    Set<String> bundleNames() {
        Set<String> names = new TreeSet<>();
        for (RingProperties.Security.Key key : security.keys()) {
            String bundle = key.bundle();
            if (StringUtils.hasText(bundle)) {
                names.add(bundle);
            }
        }
        return names;
    }

    /**
     * The keys, as they are now.
     *
     * @param violations is told of each thing that is wrong
     * @return null if there are none, or something is wrong
     */
    @Nullable
    Keyring read(Consumer<String> violations) {
        Keyring read = new Reading(violations).keyring();
        if (read != null) {
            last = read;
        }
        return read;
    }

    /** The last that were read and could be used; null if none could. */
    @Nullable
    Keyring last() {
        return last;
    }

    /** One look at all of them. */
    private final class Reading {

        private final Consumer<String> violations;
        private final Map<Integer, byte[]> secrets = new TreeMap<>();
        private @Nullable Integer active = security.activeKey();
        private int declared;
        private boolean isComplete = true;

        Reading(Consumer<String> violations) {
            this.violations = violations;
        }

        @Nullable
        Keyring keyring() {
            if (!areGiven()) {
                if (active != null) {
                    wrong("vs.security.active-key is " + active + ", and there are no " + PROPERTY);
                }
                return null;
            }
            try {
                security.keys().forEach(this::read);
                File directory = security.keyDir();
                if (directory != null) {
                    read(directory.toPath());
                }
                checkActive();
                return isComplete ? made() : null;
            } finally {
                secrets.values().forEach(secret -> Arrays.fill(secret, (byte) 0));
            }
        }

        private void checkActive() {
            if (active == null && declared > 1) {
                String who = security.keyDir() == null
                        ? "vs.security.active-key must say"
                        : "the file '" + ACTIVE + "' in " + DIRECTORY + " must say";
                wrong(who + " which of the " + PROPERTY + " " + secrets.keySet() + " this member encrypts with");
            }
        }

        private @Nullable Keyring made() {
            try {
                int used = active != null ? active : secrets.keySet().iterator().next();
                return new Keyring(secrets, used, security.suite());
            } catch (IllegalArgumentException e) {
                wrong(PROPERTY + ": " + e.getMessage());
                return null;
            }
        }

        private void read(RingProperties.Security.Key key) {
            declared++;
            String name = PROPERTY + ", key " + key.id();
            long places = Stream.of(key.secret(), key.location(), key.bundle())
                    .filter(StringUtils::hasText)
                    .count();
            if (places != 1) {
                wrong(name + ": give it a secret, a location or a bundle"
                        + (places > 1 ? ", and only one of them" : "; 'openssl rand -base64 32' makes a secret"));
                return;
            }
            try {
                byte[] secret = secret(key);
                if (secret != null) {
                    keep(key.id(), secret);
                }
            } catch (IllegalArgumentException e) {
                wrong(name + ": " + e.getMessage());
            }
        }

        /** Null if nobody can look now. */
        private byte @Nullable [] secret(RingProperties.Security.Key key) {
            String location = key.location();
            if (StringUtils.hasText(location)) {
                return files.secret(location);
            }
            String bundle = key.bundle();
            if (StringUtils.hasText(bundle)) {
                return secret(bundle, key.alias());
            }
            byte[] secret = KeyFiles.base64(String.valueOf(key.secret()).getBytes(StandardCharsets.US_ASCII));
            if (secret == null) {
                throw new IllegalArgumentException("the secret is not Base64, as 'openssl rand -base64 32' makes it");
            }
            return secret;
        }

        private byte @Nullable [] secret(String bundle, @Nullable String alias) {
            if (!StringUtils.hasText(alias)) {
                throw new IllegalArgumentException("give it the alias of a secret key in the SSL bundle");
            }
            if (bundles == null) {
                isComplete = false;
                return null;
            }
            return bundles.secret(bundle, alias);
        }

        private void read(Path directory) {
            for (Path file : filesIn(directory)) {
                String name = String.valueOf(file.getFileName());
                try {
                    if (name.equals(ACTIVE)) {
                        readActive(file);
                    } else if (ID.matcher(name).matches()) {
                        declared++;
                        keep(Integer.parseInt(name), files.secret(file));
                    }
                } catch (IllegalArgumentException e) {
                    wrong(DIRECTORY + ", file '" + name + "': " + e.getMessage());
                }
            }
            if (declared == 0 && isComplete) {
                wrong(DIRECTORY + " has no key: a file is one if its name is an id, 0 to " + Keyring.ID_MAX
                        + ", and 'openssl rand -base64 32' makes what is in it");
            }
        }

        private List<Path> filesIn(Path directory) {
            List<Path> found = new ArrayList<>();
            try (DirectoryStream<Path> all = Files.newDirectoryStream(directory)) {
                all.forEach(found::add);
            } catch (IOException | DirectoryIteratorException e) {
                wrong(DIRECTORY + " cannot be read (" + e.getClass().getSimpleName()
                        + "): it must be a directory that this application can read");
            }
            found.sort(null); // so that what is wrong is always said in the same words
            return found;
        }

        private void readActive(Path file) {
            String text = files.text(file);
            if (!ID.matcher(text).matches()) {
                throw new IllegalArgumentException("it must have the id of the active key in it, and nothing else");
            }
            if (active != null) {
                throw new IllegalArgumentException(
                        "it says which key is active, and so does vs.security.active-key: leave that out");
            }
            active = Integer.valueOf(text);
        }

        private void keep(int id, byte[] secret) {
            byte[] other = secrets.put(id, secret);
            if (other != null) {
                Arrays.fill(other, (byte) 0);
                wrong(PROPERTY + ", key " + id + " is there twice");
            }
        }

        private void wrong(String violation) {
            isComplete = false;
            violations.accept(violation);
        }
    }
}
