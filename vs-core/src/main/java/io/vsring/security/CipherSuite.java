package io.vsring.security;

import java.security.spec.AlgorithmParameterSpec;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.IvParameterSpec;
import org.jspecify.annotations.Nullable;

/** How datagrams are encrypted and authenticated; a member sends with one and understands both. */
public enum CipherSuite {
    /** AES-256-GCM (NIST SP 800-38D): the right one wherever the processor has AES instructions. */
    AES_256_GCM(1, "AES/GCM/NoPadding", "AES") {
        @Override
        AlgorithmParameterSpec parameters(byte[] nonce) {
            return new GCMParameterSpec(8 * TAG_BYTES, nonce);
        }
    },
    /** ChaCha20-Poly1305 (RFC 8439): for processors without AES instructions. */
    CHACHA20_POLY1305(2, "ChaCha20-Poly1305", "ChaCha20") {
        @Override
        AlgorithmParameterSpec parameters(byte[] nonce) {
            return new IvParameterSpec(nonce);
        }
    };

    static final int KEY_BYTES = 32;
    static final int NONCE_BYTES = 12;
    static final int TAG_BYTES = 16;

    private final int number;
    private final String transformation;
    private final String algorithm;

    CipherSuite(int number, String transformation, String algorithm) {
        this.number = number;
        this.transformation = transformation;
        this.algorithm = algorithm;
    }

    abstract AlgorithmParameterSpec parameters(byte[] nonce);

    /** What stands for it on the wire. */
    int number() {
        return number;
    }

    String transformation() {
        return transformation;
    }

    String algorithm() {
        return algorithm;
    }

    static @Nullable CipherSuite ofNumber(int number) {
        return switch (number) {
            case 1 -> AES_256_GCM;
            case 2 -> CHACHA20_POLY1305;
            default -> null;
        };
    }
}
