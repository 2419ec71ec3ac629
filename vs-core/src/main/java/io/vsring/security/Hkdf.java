package io.vsring.security;

import java.security.InvalidKeyException;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Keys from one secret: HKDF with SHA-256 (RFC 5869). Java has one of its own since 25.
 *
 * <p>One thread.
 */
final class Hkdf {

    private static final String HMAC = "HmacSHA256";
    private static final int HASH_BYTES = 32;
    private static final int EXPANDED_BYTES_MAX = 255 * HASH_BYTES;

    private final Mac mac;

    private Hkdf(byte[] pseudorandomKey) {
        this.mac = mac(pseudorandomKey);
    }

    /**
     * Section 2.2: what all keys of this secret and salt are expanded from.
     *
     * @param salt not empty
     */
    static Hkdf extract(byte[] salt, byte[] secret) {
        byte[] pseudorandomKey = mac(salt).doFinal(secret);
        try {
            return new Hkdf(pseudorandomKey);
        } finally {
            Arrays.fill(pseudorandomKey, (byte) 0);
        }
    }

    /** Section 2.3: a key of this length, which this information tells from all others. */
    byte[] expand(byte[] information, int length) {
        if (length < 1 || length > EXPANDED_BYTES_MAX) {
            throw new IllegalArgumentException("a key has 1 to " + EXPANDED_BYTES_MAX + " bytes, not " + length);
        }
        byte[] expanded = new byte[length];
        byte[] block = {};
        for (int at = 0, number = 1; at < length; at += HASH_BYTES, number++) {
            mac.update(block);
            mac.update(information);
            mac.update((byte) number);
            byte[] next = mac.doFinal();
            Arrays.fill(block, (byte) 0);
            block = next;
            System.arraycopy(block, 0, expanded, at, Math.min(HASH_BYTES, length - at));
        }
        Arrays.fill(block, (byte) 0);
        return expanded;
    }

    private static Mac mac(byte[] key) {
        try {
            Mac mac = Mac.getInstance(HMAC);
            mac.init(new SecretKeySpec(key, HMAC));
            return mac;
        } catch (NoSuchAlgorithmException | InvalidKeyException e) {
            throw new IllegalStateException("every Java platform has " + HMAC, e);
        }
    }
}
