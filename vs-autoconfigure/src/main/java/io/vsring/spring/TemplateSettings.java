package io.vsring.spring;

import io.vsring.Guarantee;
import java.time.Duration;

/**
 * What a {@link RingTemplate} does where nothing is said.
 *
 * @param defaultGroup the group of messages that are sent without one
 * @param defaultGuarantee the guarantee of messages that are sent without one
 * @param sendTimeout how long to wait for room in the send queue, and for a delivery
 */
public record TemplateSettings(String defaultGroup, Guarantee defaultGuarantee, Duration sendTimeout) {}
