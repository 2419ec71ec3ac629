package io.vsring.ring;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/** The first 64 bits of the SHA-256 of a message. One thread. */
final class ContentHash {

    private final MessageDigest sha256;

    ContentHash() {
        try {
            this.sha256 = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    long of(ByteBuffer bytes) {
        sha256.update(bytes);
        return ByteBuffer.wrap(sha256.digest()).getLong();
    }
}
