package io.vsring.test.simulation;

/**
 * What the network does all the time until everything is healed.
 *
 * @param profile what each link does
 * @param replay how many datagrams bring an earlier one along
 * @param redirect how many datagrams reach another member too
 * @param echo how many deliveries make the application offer another message
 * @param trip how many deliveries make the application throw
 */
public record Weather(LinkProfile profile, double replay, double redirect, double echo, double trip) {
    /** A good network of this speed under a quiet application. */
    static Weather calm(long delayNanos) {
        return new Weather(LinkProfile.calm(delayNanos), 0, 0, 0, 0);
    }
}
