package io.vsring.benchmarks.scoreboard;

import io.vsring.benchmarks.scoreboard.Chart.Contestant;
import io.vsring.benchmarks.scoreboard.Chart.Role;
import io.vsring.benchmarks.scoreboard.Chart.Row;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** All charts of the scoreboard. */
final class Charts {

    private static final int[] SIZES = {16, 64, 256, 1_024, 8_192, 65_536};

    private static final int[] RING_SIZES = {1, 2, 4, 8, 16};

    private static final Contestant AGREED = new Contestant("vs, agreed", Role.OURS, List.of());
    private static final Contestant SAFE = new Contestant("vs, safe", Role.OURS_TOO, List.of("--guarantee", "safe"));
    private static final Contestant SEALED =
            new Contestant("vs, agreed, encrypted", Role.OURS_SEALED, List.of("--envelope", "sealed"));
    private static final Contestant CALLED = new Contestant("vs, safe", Role.OURS, List.of());
    private static final List<String> BUSY = List.of("--busy-poll", "50");
    private static final Contestant BUSY_AGREED = new Contestant("vs, agreed, busy polling", Role.OURS_TOO, BUSY);
    private static final Contestant BUSY_CALLED = new Contestant("vs, safe, busy polling", Role.OURS_TOO, BUSY);
    private static final Contestant JGROUPS_UDP = peer("JGroups UDP", "jgroups_udp");
    private static final Contestant JGROUPS_TCP = peer("JGroups TCP", "jgroups_tcp");
    private static final Contestant JGROUPS_RAFT = peer("jgroups-raft", "jgroups_raft");
    private static final Contestant HAZELCAST = peer("Hazelcast", "hazelcast");
    private static final Contestant INFINISPAN = peer("Infinispan", "infinispan");

    private static final Contestant COROSYNC = peer("corosync", "corosync");
    private static final Contestant COROSYNC_RR = peer("corosync, real-time scheduling", "corosync_rr");
    private static final Contestant COROSYNC_AES =
            new Contestant("corosync, encrypted", Role.PEER_SEALED, List.of("--peer", "corosync_aes"));
    private static final Contestant REDIS =
            new Contestant("Redis, one server", Role.SERVER, List.of("--peer", "redis"));
    private static final Contestant ZOOKEEPER = peer("ZooKeeper", "zookeeper");
    private static final Contestant HAZELCAST_CP = peer("Hazelcast 5.3 CP", "hazelcast_cp");

    private static final List<Contestant> OF_MESSAGES =
            List.of(AGREED, SAFE, SEALED, JGROUPS_UDP, JGROUPS_TCP, COROSYNC, COROSYNC_RR, COROSYNC_AES);

    private static final List<Contestant> OF_LATENCIES =
            Stream.concat(Stream.of(BUSY_AGREED), OF_MESSAGES.stream()).toList();

    private Charts() {}

    /** Warm enough for JGroups too, which is two to five times faster after some seconds. */
    private static List<String> messages(String... words) {
        List<String> all = new ArrayList<>(List.of(words));
        all.addAll(List.of("--warm", "8", "--seconds", "4"));
        return all;
    }

    private static Contestant peer(String name, String word) {
        return new Contestant(name, Role.PEER, List.of("--peer", word));
    }

    /** In the order in which they are run and shown. */
    static List<Chart> all() {
        List<Chart> all = new ArrayList<>();
        for (Net net : Net.values()) {
            for (int senders : new int[] {3, 1}) {
                all.add(throughput(net, senders));
            }
            all.add(limit(net));
            all.addAll(latencies(net));
        }
        all.add(failover());
        all.addAll(growth());
        all.add(calls(
                "locks",
                "locks acquired and released per second",
                "locks_per_s",
                CALLED,
                BUSY_CALLED,
                HAZELCAST,
                HAZELCAST_CP,
                ZOOKEEPER,
                REDIS));
        all.add(calls(
                "map",
                "values of 100 bytes put into a map per second",
                "ops_per_s",
                CALLED,
                BUSY_CALLED,
                HAZELCAST,
                INFINISPAN,
                JGROUPS_UDP));
        all.add(calls(
                "counter",
                "increments of a counter per second",
                "ops_per_s",
                CALLED,
                BUSY_CALLED,
                JGROUPS_RAFT,
                HAZELCAST_CP));
        return all;
    }

    private static Chart throughput(Net net, int senders) {
        List<Row> rows = new ArrayList<>();
        for (int size : SIZES) {
            rows.add(new Row(
                    String.format(Locale.ROOT, "%,d bytes", size),
                    messages("throughput", "--senders", String.valueOf(senders), "--size", String.valueOf(size))));
        }
        return new Chart(
                "throughput-" + net.word() + "-" + senders,
                "ordered messages per second, " + (senders == 1 ? "one sender" : senders + " senders"),
                net,
                "msgs_per_s",
                true,
                rows,
                OF_MESSAGES);
    }

    private static Chart limit(Net net) {
        return new Chart(
                "limit-" + net.word(),
                "megabytes per second that each member gets",
                net,
                "mb_per_s",
                true,
                List.of(
                        new Row("datagrams of one sender, without a ring", messages("raw")),
                        new Row("8,192 bytes, 3 senders", messages("throughput", "--size", "8192")),
                        new Row("8,192 bytes, 1 sender", messages("throughput", "--size", "8192", "--senders", "1"))),
                List.of(AGREED));
    }

    private static List<Chart> latencies(Net net) {
        List<Row> rows = List.of(
                new Row("one at a time", messages("latency", "--in-flight", "1")),
                new Row("100 in flight", messages("latency", "--in-flight", "100")),
                new Row("one every 250 ms, on a silent ring", messages("idle")));
        List<Chart> charts = new ArrayList<>();
        for (String percentile : List.of("p50", "p99", "p999")) {
            charts.add(new Chart(
                    "latency-" + net.word() + "-" + percentile,
                    "microseconds from sending 64 bytes to one's own delivery, " + percentile,
                    net,
                    percentile + "_us",
                    false,
                    rows,
                    OF_LATENCIES));
        }
        return charts;
    }

    private static Chart failover() {
        return new Chart(
                "failover",
                "milliseconds without a message when a member is lost, one message per millisecond and member",
                Net.LOOPBACK,
                "silence_ms",
                false,
                List.of(
                        new Row("kill -9, 3 members", messages("failover")),
                        new Row("the first of them", messages("failover", "--lost", "1")),
                        new Row("kill -9, 5 members", messages("failover", "--members", "5")),
                        new Row("kill -9, 9 members", messages("failover", "--members", "9")),
                        new Row("SIGSTOP, 3 members", messages("failover", "--loss", "stop")),
                        new Row("leaves, 3 members", messages("failover", "--loss", "leave"))),
                List.of(AGREED, SAFE, JGROUPS_UDP, JGROUPS_TCP));
    }

    /**
     * All members are on one machine and share its processors; {@code GrowthCli} gives each its own, on virtual time.
     */
    private static List<Chart> growth() {
        List<Row> loaded = new ArrayList<>();
        List<Row> idle = new ArrayList<>();
        for (int members : RING_SIZES) {
            String name = members == 1 ? "1 member" : members + " members";
            String count = String.valueOf(members);
            loaded.add(new Row(name, messages("throughput", "--size", "1024", "--members", count)));
            idle.add(new Row(name, messages("latency", "--in-flight", "1", "--members", count)));
        }
        return List.of(
                growth("throughput", "ordered messages of 1 KiB per second, all send", "msgs_per_s", true, loaded),
                growth("latency", "microseconds for one message at a time, p50", "p50_us", false, idle),
                growth("memory", "resident megabytes of a member, few messages", "rss_mb_per_member", false, idle),
                growth("memory-loaded", "the same, all send", "rss_mb_per_member", false, loaded),
                growth(
                        "start",
                        "milliseconds from the start of the last process until all are together",
                        "start_ms",
                        false,
                        idle));
    }

    private static Chart growth(String word, String title, String key, boolean more, List<Row> rows) {
        return new Chart("growth-" + word, title, Net.LOOPBACK, key, more, rows, List.of(AGREED, JGROUPS_UDP));
    }

    private static Chart calls(String verb, String title, String key, Contestant... contestants) {
        return new Chart(
                verb,
                title + ", all members together",
                Net.LOOPBACK,
                key,
                true,
                List.of(
                        new Row("100 in flight each", List.of(verb, "--in-flight", "100")),
                        new Row("1 in flight each", List.of(verb, "--in-flight", "1"))),
                List.of(contestants));
    }
}
