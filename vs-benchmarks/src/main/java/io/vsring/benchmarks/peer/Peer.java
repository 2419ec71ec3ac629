package io.vsring.benchmarks.peer;

import java.util.List;
import java.util.Locale;
import java.util.Set;

/** What is measured: vs, and what it is compared with. */
public enum Peer {
    /** Ours. */
    VS("", ""),
    /** JGroups with {@code SEQUENCER} over multicast UDP; its {@code ReplicatedHashMap}. */
    JGROUPS_UDP("THROUGHPUT LATENCY IDLE MAP", ""),
    /** The same over TCP. */
    JGROUPS_TCP("THROUGHPUT LATENCY IDLE MAP", ""),
    /** The counter of jgroups-raft, its log in memory. */
    JGROUPS_RAFT("COUNTER", ""),
    /** Hazelcast's {@code IMap} with one backup, and its locks, which are not safe in a split. */
    HAZELCAST(
            "LOCKS MAP",
            "--add-modules java.se --add-exports java.base/jdk.internal.ref=ALL-UNNAMED"
                    + " --add-opens java.base/java.lang=ALL-UNNAMED --add-opens java.base/sun.nio.ch=ALL-UNNAMED"
                    + " --add-opens java.management/sun.management=ALL-UNNAMED"
                    + " --add-opens jdk.management/com.sun.management.internal=ALL-UNNAMED"),
    /** Infinispan's replicated cache, with calls that wait for all copies. */
    INFINISPAN("MAP", "");

    private static final String MEMORY = "-Xms512m -Xmx512m ";

    private final String measures;
    private final String flags;

    Peer(String measures, String flags) {
        this.measures = measures;
        this.flags = flags;
    }

    /** Which of the measurements can be made of it beside vs. */
    public Set<String> measures() {
        return Set.of(measures.split(" "));
    }

    /** What the command of its JVM has besides ours: more memory, and what its documentation asks for. */
    public List<String> jvmFlags() {
        return this == VS ? List.of() : List.of((MEMORY + flags).strip().split(" "));
    }

    /** As the command line and results say it. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
