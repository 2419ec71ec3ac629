package io.vsring.spring;

/**
 * What a listener does, and has done since the context was started, as of a moment ago.
 *
 * @param id the listener
 * @param state whether it is called
 * @param queued messages and configuration changes that wait for it
 * @param queuedBytes their size
 * @param handled calls of its methods that returned
 * @param failed calls of its methods that threw
 * @param invalid messages whose payload was read and was not valid
 * @param undecodable messages that could not be read as the method's payload
 * @param slow calls that took longer than {@link ListenerSettings#slowThreshold}
 * @param busyNanos how long all calls together took, in nanoseconds
 */
public record ListenerStatus(
        String id,
        State state,
        int queued,
        long queuedBytes,
        long handled,
        long failed,
        long invalid,
        long undecodable,
        long slow,
        long busyNanos) {

    /** Whether a listener is called. */
    public enum State {
        /** It hears nothing: the ring has not started or has ended, or the listener has not been started. */
        STOPPED,
        /** It is called. */
        RUNNING,
        /** What is delivered waits for it. */
        PAUSED
    }
}
