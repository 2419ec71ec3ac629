package io.vsring.autoconfigure;

import io.vsring.security.Keyring;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.springframework.core.io.FileSystemResource;
import org.springframework.util.StringUtils;

/** Reads the secrets that properties give, or say where they are; what is wrong is said without saying a secret. */
final class ConfiguredKeys {

    private static final String PROPERTY = "vs.security.keys";

    private final RingProperties.Security security;
    private final Consumer<String> violations;
    private final Map<Integer, byte[]> secrets = new TreeMap<>();
    private boolean isComplete = true;

    /** @param violations is told of each thing that is wrong */
    ConfiguredKeys(RingProperties.Security security, Consumer<String> violations) {
        this.security = security;
        this.violations = violations;
    }

    /** The keys; null if there are none, or something is wrong. */
    @Nullable
    Keyring keyring() {
        if (security.keys().isEmpty()) {
            if (security.activeKey() != null) {
                wrong("vs.security.active-key is " + security.activeKey() + ", and there are no " + PROPERTY);
            }
            return null;
        }
        try {
            security.keys().forEach(this::read);
            checkActive();
            return isComplete ? made() : null;
        } finally {
            secrets.values().forEach(secret -> Arrays.fill(secret, (byte) 0));
        }
    }

    private void checkActive() {
        Integer active = security.activeKey();
        if (active == null && security.keys().size() > 1) {
            wrong("vs.security.active-key must say which of the " + PROPERTY + " " + secrets.keySet()
                    + " this member encrypts with");
        }
    }

    private @Nullable Keyring made() {
        Integer active = security.activeKey();
        try {
            int used = active != null ? active : security.keys().get(0).id();
            return new Keyring(secrets, used, security.suite());
        } catch (IllegalArgumentException e) {
            wrong(PROPERTY + ": " + e.getMessage());
            return null;
        }
    }

    private void read(RingProperties.Security.Key key) {
        String name = PROPERTY + ", key " + key.id();
        boolean hasSecret = StringUtils.hasText(key.secret());
        if (hasSecret == StringUtils.hasText(key.location())) {
            wrong(name + ": give it a secret or a location, "
                    + (hasSecret ? "not both" : "which 'openssl rand -base64 32' makes"));
            return;
        }
        byte[] secret = hasSecret ? decoded(name, String.valueOf(key.secret())) : loaded(name, key.location());
        if (secret != null && secrets.put(key.id(), secret) != null) {
            wrong(name + " is there twice");
        }
    }

    private byte @Nullable [] decoded(String name, String text) {
        byte[] secret = base64(text);
        if (secret == null) {
            wrong(name + ": the secret is not Base64, as 'openssl rand -base64 32' makes it");
        }
        return secret;
    }

    private byte @Nullable [] loaded(String name, @Nullable String location) {
        String place = String.valueOf(location).strip();
        if (!place.startsWith("file:") && place.contains(":")) {
            wrong(name + ": the location must be a file, as file:/run/secrets/ring-key: not on the class path, which"
                    + " everybody has who has the application, and not somewhere in a network");
            return null;
        }
        byte[] content;
        try {
            content = new FileSystemResource(place.startsWith("file:") ? place.substring(5) : place)
                    .getContentAsByteArray();
        } catch (IOException e) {
            wrong(name + ": the location cannot be read (" + e.getClass().getSimpleName()
                    + "): it must be a file that this application can read");
            return null;
        }
        if (!isText(content)) {
            return content;
        }
        byte[] secret = base64(new String(content, StandardCharsets.US_ASCII));
        Arrays.fill(content, (byte) 0);
        if (secret == null) {
            wrong(name + ": what is at its location is text, and not Base64, as 'openssl rand -base64 32' makes it");
        }
        return secret;
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

    private static byte @Nullable [] base64(String text) {
        try {
            return Base64.getDecoder().decode(text.replaceAll("\\s", ""));
        } catch (IllegalArgumentException e) {
            return null;
        }
    }

    private void wrong(String violation) {
        isComplete = false;
        violations.accept(violation);
    }
}
