package io.vsring.spring;

import org.jspecify.annotations.Nullable;

/**
 * A method of a bean that is going to be called.
 *
 * @param listenerId the listener that it belongs to
 * @param autoStartup what it says about the start of that listener; null if nothing
 */
record FoundMethod(
        String listenerId, ListenerMethod method, @Nullable Boolean autoStartup) {}
