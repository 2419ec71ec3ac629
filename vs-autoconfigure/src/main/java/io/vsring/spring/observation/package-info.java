/**
 * What sending and handling look like to Micrometer's observations: timers, and traces that go on from the sender to
 * every member that handles the message. Open {@link io.vsring.spring.observation.RingObservation} first.
 */
@org.jspecify.annotations.NullMarked
package io.vsring.spring.observation;
