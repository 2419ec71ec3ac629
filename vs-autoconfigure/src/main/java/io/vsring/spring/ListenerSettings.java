package io.vsring.spring;

/**
 * How listeners wait.
 *
 * @param defaultGroup the group of {@link OnDeliver} methods that name none
 * @param queueCapacity messages and configuration changes that may wait for one listener
 * @param queueBytes the memory that they may hold, in bytes
 */
public record ListenerSettings(String defaultGroup, int queueCapacity, long queueBytes) {

    public ListenerSettings {
        if (queueCapacity < 1 || queueBytes < 1) {
            throw new IllegalArgumentException("a listener's queue must hold at least one message, not " + queueCapacity
                    + " of " + queueBytes + " bytes");
        }
    }
}
