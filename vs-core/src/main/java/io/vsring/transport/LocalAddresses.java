package io.vsring.transport;

import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.util.List;

/** The addresses that this machine has at the moment. */
final class LocalAddresses {

    private LocalAddresses() {}

    /** An address and the name of the interface that has it. */
    record Local(InetAddress address, String interfaceName) {}

    /** All of them on interfaces that are up; empty if the system does not say. */
    static List<Local> all() {
        try {
            return NetworkInterface.networkInterfaces()
                    .filter(LocalAddresses::isUp)
                    .flatMap(each -> each.inetAddresses().map(address -> new Local(address, each.getName())))
                    .toList();
        } catch (SocketException silent) {
            return List.of();
        }
    }

    private static boolean isUp(NetworkInterface each) {
        try {
            return each.isUp();
        } catch (SocketException gone) {
            return false;
        }
    }
}
