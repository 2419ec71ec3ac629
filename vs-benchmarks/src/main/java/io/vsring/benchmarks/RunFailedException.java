package io.vsring.benchmarks;

/** There is nothing to report: a member ended, or the members do not agree. */
final class RunFailedException extends RuntimeException {

    private static final long serialVersionUID = 1;

    RunFailedException(String message) {
        super(message);
    }
}
