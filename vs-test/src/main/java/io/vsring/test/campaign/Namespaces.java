package io.vsring.test.campaign;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * The network namespaces of a campaign: one with a bridge, and one for each member, tied to the bridge by a pair of
 * virtual interfaces. No address outside of them is touched. Used by one thread at a time.
 *
 * <p>There is one set of them on a machine. Whoever makes them holds a lock, so whatever is found without that lock is
 * what a killed campaign has left, and is removed.
 */
public final class Namespaces {

    static final String PREFIX = "vsring-";
    static final String BRIDGE = PREFIX + "bridge";

    /** The interface of the bridge, in the namespace of the bridge. */
    public static final String BRIDGE_INTERFACE = "br0";

    /** The address that the bridge itself has. */
    public static final String BRIDGE_ADDRESS = "10.77.46.254";

    private static final int LOOK_AGAIN_MILLIS = 50;
    private static final String NETWORK = "10.77.46.";
    private static final String FOLDER = "/var/run/netns/";

    /** Programs, and the packages of Debian that bring them. */
    private static final Map<String, String> PROGRAMS = new TreeMap<>(Map.of(
            "ip", "iproute2", "tc", "iproute2", "nft", "nftables", "nsenter", "util-linux", "unshare", "util-linux"));

    private final FileChannel lockFile;

    @SuppressWarnings("unused") // held as long as its file is open
    private final FileLock lock;

    private Namespaces(FileChannel lockFile, FileLock lock) {
        this.lockFile = lockFile;
        this.lock = lock;
    }

    /** The namespace of a member, which are counted from 1. */
    public static String ofMember(int number) {
        return PREFIX + "m" + number;
    }

    /** The address of a member. */
    public static String address(int number) {
        return NETWORK + number;
    }

    /** The end of a member's interface that is at the bridge. */
    public static String port(int number) {
        return "p" + number;
    }

    /** The words that run what follows inside of a namespace. The process stays the same. */
    public static List<String> inside(String namespace) {
        return List.of("nsenter", "--net=" + FOLDER + namespace);
    }

    /**
     * What is missing here, and how to get it.
     *
     * @param user the effective user id
     * @param path folders in which programs are looked for
     * @return an empty list if namespaces may be made
     */
    static List<String> missing(int user, List<Path> path) {
        List<String> missing = new ArrayList<>();
        if (user != 0) {
            missing.add("root: network namespaces are made by root only; start it with sudo");
        }
        PROGRAMS.forEach((program, debianPackage) -> {
            if (path.stream().noneMatch(folder -> Files.isExecutable(folder.resolve(program)))) {
                missing.add("the program " + program + ": apt-get install " + debianPackage);
            }
        });
        return missing;
    }

    /**
     * Makes them, after removing what an earlier campaign has left.
     *
     * @throws IllegalStateException saying why they cannot be made, or that another campaign has them
     */
    static Namespaces make(int members) throws InterruptedException {
        Namespaces namespaces = claim();
        try {
            removeAll();
            for (List<String> command : commands(members)) {
                Commands.feed("", command);
            }
            return namespaces;
        } catch (IllegalStateException refused) {
            namespaces.remove();
            throw new IllegalStateException(
                    refused.getMessage() + "\nA container needs CAP_SYS_ADMIN and CAP_NET_ADMIN, as with docker run"
                            + " --privileged; the kernel needs veth and bridges.",
                    refused);
        } catch (RuntimeException | InterruptedException e) {
            namespaces.remove();
            throw e;
        }
    }

    /** The commands that make them, in order. */
    static List<List<String>> commands(int members) {
        List<String> lines = new ArrayList<>();
        lines.add("ip netns add " + BRIDGE);
        String bridge = "ip -n " + BRIDGE + " ";
        lines.add(bridge + "link set lo up");
        lines.add(bridge + "link add " + BRIDGE_INTERFACE + " mtu 1500 type bridge mcast_snooping 0");
        lines.add(bridge + "addr add " + BRIDGE_ADDRESS + "/24 dev " + BRIDGE_INTERFACE);
        lines.add(bridge + "link set " + BRIDGE_INTERFACE + " up");
        for (int number = 1; number <= members; number++) {
            String member = "ip -n " + ofMember(number) + " ";
            lines.add("ip netns add " + ofMember(number));
            lines.add(member + "link set lo up");
            lines.add(bridge + "link add " + port(number) + " mtu 1500 type veth peer name eth0 mtu 1500 netns "
                    + ofMember(number));
            // Or the bridge would see trains of datagrams, and lose them together.
            lines.add(member + "link set eth0 gso_max_segs 1");
            lines.add(bridge + "link set " + port(number) + " master " + BRIDGE_INTERFACE + " up");
            lines.add(member + "addr add " + address(number) + "/24 dev eth0");
            lines.add(member + "link set eth0 up");
        }
        return lines.stream().map(line -> List.of(line.split(" "))).toList();
    }

    private static Namespaces claim() {
        Path file = Path.of(System.getProperty("java.io.tmpdir"), PREFIX + "campaign.lock");
        try {
            FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            FileLock lock = channel.tryLock();
            if (lock == null) {
                channel.close();
                throw new IllegalStateException("another campaign has the network namespaces of this machine");
            }
            return new Namespaces(channel, lock);
        } catch (OverlappingFileLockException ours) {
            throw new IllegalStateException("this process has the network namespaces already", ours);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot lock " + file, e);
        }
    }

    /** Kills the processes in them and removes them, with all interfaces, rules and addresses in them. */
    private static void removeAll() throws InterruptedException {
        for (String namespace : existing()) {
            for (List<String> pids = processes(namespace); !pids.isEmpty(); pids = processes(namespace)) {
                for (String pid : pids) {
                    boolean unused = Commands.succeeds("kill", "-KILL", pid); // it may have ended by itself
                }
                Thread.sleep(LOOK_AGAIN_MILLIS);
            }
            Commands.run("ip", "netns", "del", namespace);
        }
        CpuGroup.removeLeftovers();
    }

    private static List<String> processes(String namespace) throws InterruptedException {
        return Commands.run("ip", "netns", "pids", namespace).lines().toList();
    }

    /** The namespaces of campaigns that there are. */
    static List<String> existing() {
        if (!Files.isDirectory(Path.of(FOLDER))) {
            return List.of();
        }
        try (Stream<Path> all = Files.list(Path.of(FOLDER))) {
            return all.map(each -> each.getFileName().toString())
                    .filter(name -> name.startsWith(PREFIX))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot list " + FOLDER, e);
        }
    }

    /** Removes them, and whatever runs in them. */
    void remove() throws InterruptedException {
        try (lockFile) {
            removeAll();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot give back the lock", e);
        }
    }
}
