package io.vsring.actuate;

import io.vsring.Member;
import io.vsring.ring.Ring;
import io.vsring.security.Keyring;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What health and endpoint show of a member's security: what keys are called, and never what they are. */
final class RingSecurity {

    static final String PLAINTEXT = "insecure-plaintext";

    private RingSecurity() {}

    static RingDescriptor.Security of(Ring ring, RingKeys keys) {
        Keyring keyring = ring.keyring();
        return new RingDescriptor.Security(
                mode(ring),
                keyring == null ? List.of() : keyring.ids().stream().sorted().toList(),
                keyring == null ? null : keyring.active(),
                keyring == null
                        ? null
                        : keyring.suite().name().toLowerCase(Locale.ROOT).replace('_', '-'),
                keys.refusal(),
                twin(ring));
    }

    static String mode(Ring ring) {
        if (ring.keyring() != null) {
            return "keys";
        }
        return ring.options().isInsecurePlaintext() ? PLAINTEXT : "loopback";
    }

    /** Where it is; null if there is none. */
    static @Nullable String twin(Ring ring) {
        Member twin = ring.twin();
        return twin == null ? null : twin.id() + " at " + twin.address();
    }
}
