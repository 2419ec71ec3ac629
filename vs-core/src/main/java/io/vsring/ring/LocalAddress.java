package io.vsring.ring;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.net.UnknownHostException;
import java.util.List;

/** Which of this host's addresses a member binds: from a word, a network, an interface, a name or an address. */
final class LocalAddress {

    static final String LOOPBACK = "loopback";
    static final String ANY = "any";
    static final String SITE_LOCAL = "site-local";
    private static final String INTERFACE = "if:";

    private LocalAddress() {}

    /** Whether the words alone say that only this host can reach the member. */
    static boolean isLoopback(String spelled) {
        return spelled.equals(LOOPBACK) || Seed.isLoopback(spelled);
    }

    /** Whether the words alone say that other hosts can reach the member. */
    static boolean isKnownNotToBeLoopback(String spelled) {
        return spelled.equals(ANY) || spelled.equals(SITE_LOCAL) || (Seed.isLiteral(spelled) && !isLoopback(spelled));
    }

    /** Whether the words alone say that all addresses of a host are meant. */
    static boolean isWildcard(String spelled) {
        try {
            return spelled.equals(ANY)
                    || (Seed.isLiteral(spelled)
                            && InetAddress.getByName(spelled).isAnyLocalAddress());
        } catch (UnknownHostException e) {
            return false;
        }
    }

    /** Whether a socket that is bound here may get what is sent there, as far as the words alone tell. */
    static boolean mayReach(String bound, String advertised) {
        int version = ipVersion(bound);
        boolean takesBoth = version == 6 && isWildcard(bound);
        return version == 0 || ipVersion(advertised) == 0 || takesBoth || version == ipVersion(advertised);
    }

    /** 4, 6, or 0 if the words alone do not say. */
    private static int ipVersion(String spelled) {
        if (spelled.equals(LOOPBACK) || spelled.equals(ANY)) {
            return 4;
        }
        return !Seed.isLiteral(spelled) ? 0 : spelled.indexOf(':') < 0 ? 4 : 6;
    }

    /** Whether what is sent through this interface stays on this host. Not known, it does not. */
    static boolean isLoopbackInterface(String name) {
        try {
            NetworkInterface found = NetworkInterface.getByName(name);
            return found != null && found.isLoopback();
        } catch (SocketException e) {
            return false;
        }
    }

    /** @throws RingStartException if this host has no such address; the text says which it has */
    static InetAddress find(String spelled) {
        try {
            if (spelled.equals(LOOPBACK)) {
                return InetAddress.getByAddress("localhost", new byte[] {127, 0, 0, 1});
            }
            if (spelled.equals(ANY)) {
                return InetAddress.getByAddress(new byte[4]);
            }
            if (spelled.equals(SITE_LOCAL)) {
                return first(
                        spelled,
                        all().stream().filter(InetAddress::isSiteLocalAddress).toList());
            }
            if (spelled.startsWith(INTERFACE)) {
                NetworkInterface found = NetworkInterface.getByName(spelled.substring(INTERFACE.length()));
                return first(
                        spelled,
                        found == null ? List.of() : found.inetAddresses().toList());
            }
            if (spelled.indexOf('/') >= 0) {
                return first(
                        spelled,
                        all().stream().filter(address -> isIn(address, spelled)).toList());
            }
            return InetAddress.getByName(spelled);
        } catch (UnknownHostException | SocketException e) {
            throw new RingStartException("vs.transport.bind-address: '" + spelled + "' is not known here", e);
        }
    }

    private static List<InetAddress> all() throws SocketException {
        return NetworkInterface.networkInterfaces()
                .flatMap(NetworkInterface::inetAddresses)
                .filter(address -> !address.isLoopbackAddress() && !address.isLinkLocalAddress())
                .toList();
    }

    /** IPv4 goes first: it is what names and seeds mostly mean. */
    private static InetAddress first(String spelled, List<InetAddress> candidates) throws SocketException {
        List<InetAddress> known = all();
        return candidates.stream()
                .filter(Inet4Address.class::isInstance)
                .findFirst()
                .or(() -> candidates.stream().findFirst())
                .orElseThrow(() -> new RingStartException("vs.transport.bind-address: no address of this host is '"
                        + spelled + "'; it has "
                        + known.stream().map(InetAddress::getHostAddress).toList()));
    }

    private static boolean isIn(InetAddress address, String network) {
        int slash = network.indexOf('/');
        try {
            byte[] prefix = InetAddress.getByName(network.substring(0, slash)).getAddress();
            byte[] bytes = address.getAddress();
            int bits = Integer.parseInt(network.substring(slash + 1));
            if (prefix.length != bytes.length || bits < 0 || bits > 8 * bytes.length) {
                return false;
            }
            for (int bit = 0; bit < bits; bit++) {
                int mask = 128 >>> bit % 8;
                if ((prefix[bit / 8] & mask) != (bytes[bit / 8] & mask)) {
                    return false;
                }
            }
            return true;
        } catch (UnknownHostException | NumberFormatException e) {
            return false;
        }
    }
}
