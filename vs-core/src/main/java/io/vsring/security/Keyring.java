package io.vsring.security;

import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The secrets that the members of a ring share: one seals what this member sends, all of them open what it receives.
 * Immutable, any thread; it shows what keys are called, and never what they are.
 *
 * <p>A secret is at least {@value #SECRET_BYTES_MIN} random bytes, as {@code openssl rand -base64 32} makes them; the
 * keys of datagrams are derived from it, the name of the cluster and the sender's incarnation. To change a secret while
 * the ring runs: give the new one to all members beside the old one, make it the active one on all, take the old one
 * away from all.
 *
 * @since 0.1
 */
public final class Keyring {

    /** The shortest secret, in bytes. */
    public static final int SECRET_BYTES_MIN = 32;

    /** The longest secret, in bytes. */
    public static final int SECRET_BYTES_MAX = 1024;

    /** How many secrets a member has at most: the old one, the new one, and two to spare. */
    public static final int KEYS_MAX = 4;

    /** The greatest id of a key; the smallest is 0. */
    public static final int ID_MAX = 255;

    /** So few different bytes among 32 are no accident: drawn at random they are about 30. */
    private static final int DIFFERENT_BYTES_MIN = 12;

    /** It stands in the documentation, so everybody has it. */
    private static final byte[] EXAMPLE =
            Base64.getDecoder().decode("ZXhhbXBsZSBvbmx5OiBkbyBub3QgdXNlIHRoaXMga2V5ISE=");

    private final TreeMap<Integer, byte[]> secrets = new TreeMap<>();
    private final int active;
    private final CipherSuite suite;

    /**
     * A ring of keys.
     *
     * @param secrets the secrets by the ids of their keys; copied
     * @param active the id of the key that seals
     * @param suite how datagrams are sealed
     * @throws IllegalArgumentException naming all that is wrong, by id and never by value
     */
    public Keyring(Map<Integer, byte[]> secrets, int active, CipherSuite suite) {
        List<String> violations = new ArrayList<>();
        if (secrets.isEmpty() || secrets.size() > KEYS_MAX) {
            violations.add("there must be 1 to " + KEYS_MAX + " keys, not " + secrets.size());
        }
        new TreeMap<>(secrets).forEach((id, secret) -> {
            if (id < 0 || id > ID_MAX) {
                violations.add("the id of a key must be 0 to " + ID_MAX + ", not " + id);
            }
            String wrong = whatIsWrong(secret);
            if (!wrong.isEmpty()) {
                violations.add("key " + id + " " + wrong);
            }
            this.secrets.put(id, secret.clone());
        });
        if (!secrets.containsKey(active)) {
            violations.add("the active key " + active + " is not one of " + this.secrets.keySet());
        }
        if (!violations.isEmpty()) {
            throw new IllegalArgumentException(String.join("; ", violations));
        }
        this.active = active;
        this.suite = suite;
    }

    /** One key, which seals with AES-256-GCM. */
    public static Keyring of(int id, byte[] secret) {
        return new Keyring(Map.of(id, secret), id, CipherSuite.AES_256_GCM);
    }

    /**
     * Why these bytes are no secret; empty if they may be one.
     *
     * @param secret what somebody means to use
     * @return the rest of a sentence that begins with the name of the key
     */
    public static String whatIsWrong(byte[] secret) {
        if (secret.length < SECRET_BYTES_MIN || secret.length > SECRET_BYTES_MAX) {
            return "must have " + SECRET_BYTES_MIN + " to " + SECRET_BYTES_MAX + " bytes, not " + secret.length;
        }
        if (MessageDigest.isEqual(secret, EXAMPLE)) {
            return "is the example of the documentation, which everybody has";
        }
        Set<Byte> different = new HashSet<>();
        for (byte each : secret) {
            different.add(each);
        }
        if (different.size() < DIFFERENT_BYTES_MIN) {
            return "has only " + different.size() + " different bytes, and so was not drawn at random";
        }
        return "";
    }

    /** The ids of all keys, in ascending order. */
    public Set<Integer> ids() {
        return Set.copyOf(secrets.keySet());
    }

    /** The id of the key that seals. */
    public int active() {
        return active;
    }

    /** How datagrams are sealed. */
    public CipherSuite suite() {
        return suite;
    }

    /** A copy, which the caller wipes. */
    byte[] secret(int id) {
        byte[] secret = secrets.get(id);
        if (secret == null) {
            throw new IllegalArgumentException("there is no key " + id + " among the " + this);
        }
        return secret.clone();
    }

    boolean contains(int id) {
        return secrets.containsKey(id);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Keyring that
                && active == that.active
                && suite == that.suite
                && secrets.keySet().equals(that.secrets.keySet())
                && secrets.keySet().stream()
                        .allMatch(id -> MessageDigest.isEqual(secrets.get(id), that.secrets.get(id)));
    }

    @Override
    public int hashCode() {
        return 31 * active + secrets.keySet().hashCode(); // says nothing of a secret
    }

    /** The ids, and which one is active. */
    @Override
    public String toString() {
        return secrets.keySet().stream()
                .map(id -> id == active ? id + " (active)" : String.valueOf(id))
                .collect(Collectors.joining(", ", "keys ", ", " + suite));
    }
}
