package io.vsring.benchmarks.peer;

import java.util.List;
import java.util.Locale;

/** What is measured: vs, and what it is compared with. */
public enum Peer {
    /** Ours. */
    VS(""),
    /** JGroups with {@code SEQUENCER} over multicast UDP; its {@code ReplicatedHashMap}. */
    JGROUPS_UDP(""),
    /** The same over TCP. */
    JGROUPS_TCP(""),
    /** The counter of jgroups-raft, its log in memory. */
    JGROUPS_RAFT(""),
    /** Hazelcast's {@code IMap} with one backup, and its locks, which are not safe in a split. */
    HAZELCAST("--add-modules java.se --add-exports java.base/jdk.internal.ref=ALL-UNNAMED"
            + " --add-opens java.base/java.lang=ALL-UNNAMED --add-opens java.base/sun.nio.ch=ALL-UNNAMED"
            + " --add-opens java.management/sun.management=ALL-UNNAMED"
            + " --add-opens jdk.management/com.sun.management.internal=ALL-UNNAMED"),
    /** Infinispan's replicated cache, with calls that wait for all copies. */
    INFINISPAN("");

    private static final String MEMORY = "-Xms512m -Xmx512m ";

    private final String flags;

    Peer(String flags) {
        this.flags = flags;
    }

    /** Whether there is something of it to measure like that. */
    public boolean measures(Mode mode) {
        return switch (this) {
            case VS -> true;
            case JGROUPS_UDP, JGROUPS_TCP ->
                mode == Mode.MAP || (mode.subject() == Mode.Subject.MESSAGES && mode != Mode.RAW);
            case JGROUPS_RAFT -> mode == Mode.COUNTER;
            case HAZELCAST -> mode == Mode.LOCKS || mode == Mode.MAP;
            case INFINISPAN -> mode == Mode.MAP;
        };
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
