package io.vsring.autoconfigure;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** Lists everything that is wrong with the properties of a ring. */
final class InvalidRingPropertiesFailureAnalyzer extends AbstractFailureAnalyzer<InvalidRingPropertiesException> {

    static final String PLAINTEXT_ACTION =
            "Give the members a key: make one with 'openssl rand -base64 32', keep it in a file that only"
                    + " the application can read, and set vs.security.keys[0].id=1 and"
                    + " vs.security.keys[0].location=file:/path/to/it on every member. Or keep the ring on this"
                    + " machine, with vs.transport.bind-address and vs.discovery.seeds on loopback. Or, if everybody"
                    + " who can send to its port is trusted, set vs.security.mode=insecure-plaintext on every member.";

    @Override
    protected FailureAnalysis analyze(Throwable rootFailure, InvalidRingPropertiesException cause) {
        String text = String.valueOf(cause.getMessage());
        String separator = System.lineSeparator() + "    - ";
        String description = "The properties of the ring do not fit:" + separator
                + String.join(separator, text.lines().toList());
        String action = text.contains("vs.security.mode") ? PLAINTEXT_ACTION : "Change the properties that are named.";
        return new FailureAnalysis(description, action, cause);
    }
}
