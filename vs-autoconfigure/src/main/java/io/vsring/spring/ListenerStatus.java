package io.vsring.spring;

/**
 * What a listener has done since the context was started, as of a moment ago.
 *
 * @param id the listener
 * @param queued messages and configuration changes that wait for it
 * @param queuedBytes their size
 * @param handled calls of its methods that returned
 * @param failed calls of its methods that threw
 * @param undecodable messages that could not be read as the method's payload
 */
public record ListenerStatus(String id, int queued, long queuedBytes, long handled, long failed, long undecodable) {}
