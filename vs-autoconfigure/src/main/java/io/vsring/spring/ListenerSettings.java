package io.vsring.spring;

import io.vsring.spring.observation.RingObservations;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How listeners wait.
 *
 * @param defaultGroup the group of {@link OnDeliver} methods that name none
 * @param autoStartup whether listeners that do not say so themselves start with the ring
 * @param queueCapacity messages and configuration changes that may wait for one listener, and calls that an executor
 *     may have been given for one of its methods
 * @param queueBytes the memory that what waits for one listener may hold, in bytes
 * @param slowThreshold a call that takes longer is counted as slow, and the log told of it now and then
 * @param observations sees each call for a message; null if nobody looks
 */
public record ListenerSettings(
        String defaultGroup,
        boolean autoStartup,
        int queueCapacity,
        long queueBytes,
        Duration slowThreshold,
        @Nullable RingObservations observations) {

    public ListenerSettings {
        if (queueCapacity < 1 || queueBytes < 1) {
            throw new IllegalArgumentException("a listener's queue must hold at least one message, not " + queueCapacity
                    + " of " + queueBytes + " bytes");
        }
    }
}
