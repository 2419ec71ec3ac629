package io.vsring.spring;

import io.vsring.Guarantee;
import io.vsring.spring.observation.RingObservations;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What a {@link RingTemplate} does where nothing is said.
 *
 * @param defaultGroup the group of messages that are sent without one
 * @param defaultGuarantee the guarantee of messages that are sent without one
 * @param sendTimeout how long to wait for room in the send queue, and for a delivery
 * @param observations sees what is sent; null if nobody looks
 */
public record TemplateSettings(
        String defaultGroup,
        Guarantee defaultGuarantee,
        Duration sendTimeout,
        @Nullable RingObservations observations) {

    /** The same with another group. */
    public TemplateSettings withDefaultGroup(String group) {
        return new TemplateSettings(group, defaultGuarantee, sendTimeout, observations);
    }

    /** The same with another guarantee. */
    public TemplateSettings withDefaultGuarantee(Guarantee guarantee) {
        return new TemplateSettings(defaultGroup, guarantee, sendTimeout, observations);
    }

    /** The same with another timeout. */
    public TemplateSettings withSendTimeout(Duration timeout) {
        return new TemplateSettings(defaultGroup, defaultGuarantee, timeout, observations);
    }

    /** The same, seen by these. */
    public TemplateSettings withObservations(@Nullable RingObservations others) {
        return new TemplateSettings(defaultGroup, defaultGuarantee, sendTimeout, others);
    }
}
