package io.vsring.spring;

/**
 * Is told what went wrong in an {@link OnDeliver} or {@link OnConfigurationChange} method; a bean of this type replaces
 * the log.
 *
 * <p>Whatever it does, the next message follows: a member that skipped a message which others have handled would not be
 * the same as they any more. A handler that must not go on closes the application.
 */
@FunctionalInterface
public interface ListenerErrorHandler {

    /**
     * A method has failed. Called on the thread of its call, several at once with executors; what it throws is logged.
     */
    void onFailure(ListenerFailure failure);

    /** Writes failures to the log: where in the order, never the bytes. */
    static ListenerErrorHandler logging() {
        return new LoggedFailures();
    }
}
