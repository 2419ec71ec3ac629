package io.vsring.autoconfigure;

import io.vsring.spring.InvalidListenerMethodException;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** Shows which method of a listener cannot be called, and how it could look. */
final class InvalidListenerMethodFailureAnalyzer extends AbstractFailureAnalyzer<InvalidListenerMethodException> {

    @Override
    protected FailureAnalysis analyze(Throwable rootFailure, InvalidListenerMethodException cause) {
        return new FailureAnalysis(
                String.valueOf(cause.getMessage()), "Change the method that is named, or its annotation.", cause);
    }
}
