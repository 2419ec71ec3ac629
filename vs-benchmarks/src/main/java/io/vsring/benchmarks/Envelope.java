package io.vsring.benchmarks;

import io.vsring.security.Keyring;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** What datagrams travel in. */
enum Envelope {
    /** Nothing: whoever hears them can read them. */
    PLAIN,
    /** AES-256-GCM, with a secret that is none. */
    SEALED;

    private static final String SECRET = "what everybody knows who reads this";

    /** What members are given; null for nothing. */
    @Nullable
    Keyring keyring() {
        return this == PLAIN ? null : Keyring.of(1, SECRET.getBytes(StandardCharsets.US_ASCII));
    }
}
