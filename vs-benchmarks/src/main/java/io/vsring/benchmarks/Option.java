package io.vsring.benchmarks;

import org.jspecify.annotations.Nullable;

/** Everything that the command line of a run understands, with its default and one sentence for the help. */
enum Option {
    PEER(
            "peer",
            "vs",
            "vs, or for messages jgroups_udp or jgroups_tcp, for calls also jgroups_raft, hazelcast, infinispan"),
    MEMBERS("members", "3", "members of the ring, each a JVM of its own"),
    SENDERS("senders", null, "members that send, the last ones; default: all, for latency and idle 1"),
    SIZE("size", null, "bytes of a message; default 1024, for latency, idle and failover 64"),
    APPROACH("approach", "ring", "locks: ring or server; server is one more process that all members ask over TCP"),
    ENTRIES("entries", null, "map, join: keys; default 10000, for join 1000000"),
    VALUE_BYTES("value-bytes", "100", "map, join: bytes of a value"),
    GUARANTEE("guarantee", null, "agreed or safe; default: agreed for messages, safe for objects"),
    SECONDS("seconds", "5", "length of the measured window"),
    WARM(
            "warm",
            null,
            "seconds of the same load before it: JVMs that share cores compile for long; default 5, for calls 40"),
    IN_FLIGHT(
            "in-flight",
            null,
            "messages of a sender, or calls of a member, that wait; default: four visits' worth, 100"),
    INTERVAL("interval", null, "milliseconds between two messages of a sender; default for idle 250, for failover 1"),
    LOSS("loss", "kill", "failover: how a member is lost: kill, stop (as if its host were gone) or leave"),
    LOST("lost", null, "failover: which member is lost, from 1; default: the last"),
    MTU("mtu", "1400", "bytes of the largest datagram; 1472 fills Ethernet, 65000 suits loopback"),
    WINDOW_FRAMES("window-frames", null, "frames that all members together send in a rotation"),
    VISIT_FRAMES("visit-frames", null, "frames that one member sends at a visit of the token"),
    ACCELERATED_FRAMES("accelerated-frames", null, "how many of these, the last ones, are sent behind the token"),
    BUSY_POLL("busy-poll", "0", "microseconds for which a member looks at its sockets before it waits; 0: never"),
    RECEIVE_BUFFER("receive-buffer", null, "bytes of socket buffer to ask the system for"),
    NATIVE("native", "auto", "auto, epoll or nio"),
    ENVELOPE("envelope", "plain", "plain or sealed: whether datagrams are encrypted and authenticated"),
    WINDOWS("windows", "3", "security, scoreboard: how often each is measured"),
    RESULTS("results", "vs-benchmarks/results", "scoreboard: the folder of results; what is there is not run again"),
    CODE("code", "unknown", "scoreboard: the commit that is measured; lines of others do not count"),
    SCRIPTS("scripts", "", "scoreboard: a folder with scripts that run corosync, Redis, ZooKeeper and FencedLock"),
    ONLY("only", "", "scoreboard: a part of the name of the charts to run; default: all"),
    MULTICAST("multicast", null, "multicast group for frames; default: unicast"),
    HOSTS("hosts", "127.0.0.1", "address of each member, separated by commas; one for all is enough"),
    PORT("port", "0", "port of the first member, the others follow; 0 takes free ones"),
    LAUNCH("launch", "", "words before each member's java; {} is the member's number: \"ip netns exec tb{}\""),
    JVM("jvm", "", "further flags for the members' JVMs"),
    PROFILE("profile", null, "directory for one flight recording per member"),
    MEMBER("member", null, "internal: which member this process is"),
    PORTS("ports", null, "internal: the ports of all members");

    private final String word;
    private final @Nullable String fallback;
    private final String sentence;

    Option(String word, @Nullable String fallback, String sentence) {
        this.word = word;
        this.fallback = fallback;
        this.sentence = sentence;
    }

    /** As it is written, without the dashes. */
    String word() {
        return word;
    }

    /** What holds if it is not given; null if that depends on others, or on the ring's own defaults. */
    @Nullable
    String fallback() {
        return fallback;
    }

    /** One line of help. */
    String help() {
        boolean told = fallback == null || fallback.isEmpty();
        return String.format("  --%-15s %s%s", word, sentence, told ? "" : " [" + fallback + "]");
    }
}
