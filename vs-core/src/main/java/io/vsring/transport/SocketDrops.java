package io.vsring.transport;

import java.io.IOException;
import java.net.Inet6Address;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * How many datagrams the system has dropped before anybody could read them, as Linux tells for each socket: nearly all
 * of them because the receive buffer was full. Elsewhere nobody tells.
 *
 * <p>Any thread, but the system walks through all of its UDP sockets for it: not one that a ring waits for.
 *
 * @param process the folder of a process in {@code /proc}
 */
record SocketDrops(Path process) {

    static final SocketDrops OURS = new SocketDrops(Path.of("/proc/self"));

    private static final String INODE_OF = "socket:[";
    private static final int LOCAL_ADDRESS = 1;
    private static final int INODE = 9;
    private static final int DROPS = 12;

    /** Whether this system tells. */
    boolean areTold() {
        return Files.isReadable(table(false));
    }

    /**
     * All that were for the sockets that this process has bound to these addresses. Empty if the system does not tell.
     * Several sockets of one process can have the address of a multicast group: then for all of these.
     *
     * @param bound all of one family, at least one
     */
    OptionalLong of(Set<InetSocketAddress> bound) {
        boolean areIpv6 = bound.stream().allMatch(address -> address.getAddress() instanceof Inet6Address);
        Path table = table(areIpv6);
        if (!Files.isReadable(table)) {
            return OptionalLong.empty();
        }
        Set<String> addresses = bound.stream().map(SocketDrops::written).collect(Collectors.toSet());
        try {
            Map<String, Long> sockets = dropsByInode(Files.readAllLines(table), addresses);
            if (sockets.size() > bound.size()) {
                sockets.keySet().retainAll(inodes()); // the others are of other processes
            }
            return OptionalLong.of(
                    sockets.values().stream().mapToLong(Long::longValue).sum());
        } catch (IOException | DirectoryIteratorException unreadable) {
            return OptionalLong.empty();
        }
    }

    private Path table(boolean ipv6) {
        return process.resolve(ipv6 ? "net/udp6" : "net/udp");
    }

    /** By inode, since the system may show a socket twice while others come and go. */
    private static Map<String, Long> dropsByInode(List<String> table, Set<String> addresses) {
        Map<String, Long> sockets = new HashMap<>();
        for (String line : table) {
            String[] columns = line.strip().split("\\s+", -1);
            if (columns.length > DROPS && addresses.contains(columns[LOCAL_ADDRESS])) {
                sockets.put(columns[INODE], Long.parseLong(columns[DROPS]));
            }
        }
        return sockets;
    }

    /** As the system writes it: words of 32 bits as they lie in memory, and the port. */
    private static String written(InetSocketAddress address) {
        StringBuilder text = new StringBuilder();
        ByteBuffer words = ByteBuffer.wrap(address.getAddress().getAddress()).order(ByteOrder.nativeOrder());
        while (words.hasRemaining()) {
            text.append(String.format("%08X", words.getInt()));
        }
        return text.append(String.format(":%04X", address.getPort())).toString();
    }

    private Set<String> inodes() throws IOException {
        Set<String> inodes = new HashSet<>();
        try (DirectoryStream<Path> descriptors = Files.newDirectoryStream(process.resolve("fd"))) {
            for (Path descriptor : descriptors) {
                String target = target(descriptor);
                if (target.startsWith(INODE_OF)) {
                    inodes.add(target.substring(INODE_OF.length(), target.length() - 1));
                }
            }
        }
        return inodes;
    }

    private static String target(Path descriptor) {
        try {
            return Files.readSymbolicLink(descriptor).toString();
        } catch (IOException closedMeanwhile) {
            return "";
        }
    }
}
