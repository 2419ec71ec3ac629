package io.vsring.benchmarks.peer;

import java.util.List;

/**
 * Where a member is, among which others.
 *
 * @param member from 1
 * @param hosts the address of each member
 * @param ports a port of each member, free for TCP too as far as anybody can tell
 */
public record Place(int member, List<String> hosts, List<Integer> ports) {

    public Place {
        hosts = List.copyOf(hosts);
        ports = List.copyOf(ports);
    }

    /** How many members there are. */
    public int members() {
        return hosts.size();
    }

    /** Its own address. */
    public String host() {
        return hosts.get(member - 1);
    }

    /** Its own port. */
    public int port() {
        return ports.get(member - 1);
    }
}
