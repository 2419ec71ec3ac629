package io.vsring.ring;

import java.util.List;

/**
 * Says where other members may be: what is asked again and again where that changes. {@link DnsSeeds} asks a name
 * server.
 *
 * <p>Asked when a member starts and then every {@linkplain RingOptions#seedRefreshInterval() refresh interval}, on a
 * thread of that member which does nothing else, so it may wait. Asked by one thread at a time, unless several members
 * have it. Logs call it what its {@code toString()} says.
 *
 * @since 0.1
 */
@FunctionalInterface
public interface SeedProvider {

    /**
     * Where others may be now.
     *
     * @return each as {@code host}, {@code host:port} or {@code host:from-to}; this member may be among them. Empty
     *     says that there is nobody else: then this member may be content with itself
     * @throws Exception if that cannot be said now: what was said last stays, and it is asked again. A member that has
     *     not been told anything yet does not take itself for the only one
     */
    List<String> seeds() throws Exception;
}
