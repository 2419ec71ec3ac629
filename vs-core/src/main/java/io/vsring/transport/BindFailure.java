package io.vsring.transport;

import io.netty.channel.unix.Errors;
import java.net.BindException;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.util.Locale;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Why a socket could not be bound, and the words for it that help. */
enum BindFailure {
    PORT_IN_USE,
    ADDRESS_NOT_OURS,
    NOT_PERMITTED,
    OTHER;

    private static final int EACCES = -13;
    private static final int EADDRINUSE = -98;
    private static final int EADDRNOTAVAIL = -99;

    static BindFailure of(Throwable cause, InetAddress address, int port) {
        if (cause instanceof Errors.NativeIoException failure) {
            return switch (failure.expectedErr()) {
                case EADDRINUSE -> PORT_IN_USE;
                case EADDRNOTAVAIL -> ADDRESS_NOT_OURS;
                case EACCES -> NOT_PERMITTED;
                default -> OTHER;
            };
        }
        if (!(cause instanceof BindException)) {
            return OTHER;
        }
        // The text of a BindException is in the language of the system, so it is not asked.
        if (!isOurs(address)) {
            return ADDRESS_NOT_OURS;
        }
        return port > 0 && port < 1024 && !isInUseText(cause) ? NOT_PERMITTED : PORT_IN_USE;
    }

    static TransportOpenException inUse(UdpOptions options, Throwable cause) {
        String host = options.bindAddress().getHostAddress();
        boolean one = options.portFrom() == options.portTo();
        String ports = one
                ? "UDP port " + options.portFrom() + " of " + host + " is in use"
                : "all UDP ports from " + options.portFrom() + " to " + options.portTo() + " of " + host
                        + " are in use";
        return new TransportOpenException(
                "vs.transport.port",
                ports + ", perhaps by another member on this machine. Set vs.transport.port to a free port, to a "
                        + (one ? "range such as 7460-7469" : "wider range")
                        + " of which the first free one is taken, or to 0 for any",
                cause);
    }

    static TransportOpenException notOurs(InetAddress address, @Nullable Throwable cause) {
        return new TransportOpenException(
                "vs.transport.bind-address",
                "cannot bind to " + address.getHostAddress() + ": no interface of this machine has this address. Set"
                        + " vs.transport.bind-address to one of " + candidates()
                        + "; if others reach this machine under an address that it does not have itself, as behind"
                        + " NAT or a container's port mapping, that one belongs into vs.transport.advertised-address",
                cause);
    }

    static TransportOpenException notPermitted(InetAddress address, int port, Throwable cause) {
        return new TransportOpenException(
                "vs.transport.port",
                "not permitted to bind UDP port " + port + " of " + address.getHostAddress()
                        + ". Ports below 1024 need a privilege on most systems: set vs.transport.port to a higher one",
                cause);
    }

    static TransportOpenException other(InetAddress address, int port, Throwable cause) {
        return new TransportOpenException(
                "vs.transport.bind-address",
                "cannot bind UDP port " + port + " of " + address.getHostAddress() + ": " + cause.getMessage()
                        + ". Look at vs.transport.bind-address and vs.transport.port; the addresses of this machine"
                        + " are " + candidates(),
                cause);
    }

    static TransportOpenException group(UdpOptions.Multicast multicast, int port, Throwable cause) {
        return new TransportOpenException(
                "vs.transport.multicast-group",
                "cannot listen to multicast group " + multicast.group().getHostAddress() + " port " + port + ": "
                        + cause.getMessage() + ". Look at vs.transport.multicast-group and"
                        + " vs.transport.multicast-interface, or set no vs.transport.multicast-group: unicast works"
                        + " everywhere",
                cause);
    }

    static TransportOpenException groupIsSilent(UdpOptions.Multicast multicast, int port, @Nullable Throwable cause) {
        return new TransportOpenException(
                "vs.transport.multicast-group",
                "a datagram to multicast group " + multicast.group().getHostAddress() + " port " + port
                        + " did not even come back to this machine. Look at vs.transport.multicast-interface; many"
                        + " clouds and container networks carry no multicast at all: there set no"
                        + " vs.transport.multicast-group",
                cause);
    }

    static TransportOpenException noInterface(@Nullable String name, InetAddress bind, @Nullable Throwable cause) {
        return new TransportOpenException(
                "vs.transport.multicast-interface",
                (name != null
                                ? "this machine has no network interface named " + name
                                : "no single interface of this machine has the address " + bind.getHostAddress())
                        + ". Set vs.transport.multicast-interface to the name of one of " + candidates(),
                cause);
    }

    static TransportOpenException unknownHost(String name, Throwable cause) {
        return new TransportOpenException(
                "vs.transport.advertised-address",
                "vs.transport.advertised-address (" + name
                        + ") is not an address and no name that can be resolved here."
                        + " Set it to the address under which the other members reach this one",
                cause);
    }

    static TransportOpenException cannotBeSentTo(String name, InetAddress bound) {
        return new TransportOpenException(
                "vs.transport.advertised-address",
                "vs.transport.advertised-address (" + name + ") has no address of the IP version of "
                        + bound.getHostAddress() + " (vs.transport.bind-address) that others can send to. Set it to"
                        + " the address under which the other members reach this one",
                null);
    }

    static TransportOpenException whichAddress(InetAddress bind) {
        return new TransportOpenException(
                "vs.transport.advertised-address",
                "vs.transport.bind-address (" + bind.getHostAddress()
                        + ") stands for every address of this machine, but"
                        + " the other members need one. Set vs.transport.advertised-address, or bind to one of "
                        + candidates(),
                null);
    }

    /** The addresses to which a socket can be bound here, with their interfaces. */
    private static String candidates() {
        return LocalAddresses.all().stream()
                .map(local ->
                        local.address().getHostAddress().replaceFirst("%.*", "") + " (" + local.interfaceName() + ")")
                .collect(Collectors.joining(", ", "[", "]"));
    }

    private static boolean isOurs(InetAddress address) {
        if (address.isAnyLocalAddress() || address.isLoopbackAddress()) {
            return true;
        }
        try {
            return NetworkInterface.getByInetAddress(address) != null;
        } catch (SocketException unknown) {
            return false;
        }
    }

    private static boolean isInUseText(Throwable cause) {
        return String.valueOf(cause.getMessage()).toLowerCase(Locale.ROOT).contains("in use");
    }
}
