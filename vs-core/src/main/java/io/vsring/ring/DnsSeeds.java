package io.vsring.ring;

import io.vsring.transport.DnsLookup;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Seeds that a name server knows: all addresses of a host, or all instances of a service.
 *
 * <p>A name that the server does not know, and one without addresses, is no answer: a member that is told so at its
 * start goes on asking, and does not take itself for the only one.
 *
 * @since 0.1
 */
public final class DnsSeeds implements SeedProvider {

    private static final int DNS_PORT = 53;
    private static final Pattern SERVICE = Pattern.compile("_[^.\\s]+\\._udp\\.\\S+", Pattern.CASE_INSENSITIVE);

    private final String name;
    private final boolean hasPorts;
    private final List<String> servers;
    private final DnsLookup lookup;

    private DnsSeeds(String name, boolean hasPorts, List<String> servers) {
        this.name = name;
        this.hasPorts = hasPorts;
        this.servers = List.copyOf(servers);
        this.lookup = new DnsLookup(servers.stream().map(DnsSeeds::server).toList());
    }

    /**
     * The A and AAAA records of a host, with the port that this member has itself. A short name gets the domains that
     * this system searches.
     *
     * @throws IllegalArgumentException if the name is blank
     */
    public static DnsSeeds ofAddresses(String name) {
        if (name.isBlank() || name.chars().anyMatch(Character::isWhitespace)) {
            throw new IllegalArgumentException("vs.discovery.dns.name must be the name of a host, not '" + name + "'");
        }
        return new DnsSeeds(name, false, List.of());
    }

    /**
     * The SRV records of a service: hosts with their ports.
     *
     * @param name such as {@code _vs._udp.orders.default.svc.cluster.local}, whole
     * @throws IllegalArgumentException if it is no name of a service over UDP
     */
    public static DnsSeeds ofServices(String name) {
        if (!SERVICE.matcher(name).matches()) {
            throw new IllegalArgumentException("vs.discovery.dns.name '" + name + "' is not the name of a service with"
                    + " vs.discovery.dns.record-type=srv, which is _service._udp.domain");
        }
        return new DnsSeeds(name, true, List.of());
    }

    /**
     * The same, but these name servers are asked, in this order, in place of those of this system.
     *
     * @param others each as {@code host} or {@code host:port}; empty: those of this system
     * @throws IllegalArgumentException if one of them is not
     */
    public DnsSeeds askedAt(List<String> others) {
        return new DnsSeeds(name, hasPorts, others);
    }

    private static InetSocketAddress server(String text) {
        try {
            HostAndPorts spelled = HostAndPorts.split(text);
            int port = spelled.ports().isEmpty() ? DNS_PORT : HostAndPorts.port(spelled.ports());
            return new InetSocketAddress(InetAddress.getByName(spelled.host()), port);
        } catch (IllegalArgumentException | UnknownHostException e) {
            throw new IllegalArgumentException(
                    "vs.discovery.dns.servers: '" + text + "' is not a name server, which is host or host:port: "
                            + e.getMessage(),
                    e);
        }
    }

    @Override
    public List<String> seeds() throws UnknownHostException {
        return hasPorts
                ? lookup.services(name).stream().map(DnsSeeds::spelled).toList()
                : lookup.addresses(name).stream()
                        .map(InetAddress::getHostAddress)
                        .toList();
    }

    private static String spelled(InetSocketAddress service) {
        return Seed.address(service.getAddress(), service.getPort()).toString();
    }

    /** What is asked, for logs. */
    @Override
    public String toString() {
        return "DNS " + (hasPorts ? "SRV" : "A") + " '" + name + "' (vs.discovery.dns.name)"
                + (servers.isEmpty() ? "" : " at " + servers);
    }
}
