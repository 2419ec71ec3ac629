package io.vsring.test.campaign;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What was done to members, with what shows it, and how long they took to recover. A line of a file for each. Any
 * thread.
 */
final class FaultLog {

    private final Path file;
    private final CampaignTally tally;
    private final Map<FaultKind, Integer> proven = new TreeMap<>(); // guarded by this
    private final List<String> unproven = new ArrayList<>(); // guarded by this
    private final Map<FaultKind, List<Long>> recoveryMillis = new TreeMap<>(); // guarded by this

    /** @param tally is told of each fault that is proven */
    FaultLog(Path file, CampaignTally tally) {
        this.file = file;
        this.tally = tally;
    }

    /** A fault begins. */
    synchronized void begun(Fault fault) {
        write("begin    " + fault);
    }

    /** A fault has ended. */
    synchronized void ended(Fault fault) {
        Proof proof = fault.proof();
        if (proof.happened()) {
            proven.merge(fault.kind(), 1, Integer::sum);
            tally.fault(fault.kind().name());
        } else {
            unproven.add(fault + ": " + proof.shows());
        }
        write((proof.happened() ? "end      " : "UNPROVEN ") + fault + " [" + proof.shows() + "]");
    }

    /** All that had to have recovered. */
    synchronized void recovered(FaultKind kind, long nanos) {
        long millis = nanos / 1_000_000;
        recoveryMillis.computeIfAbsent(kind, unused -> new ArrayList<>()).add(millis);
        write("recovery from " + kind.word() + " after " + millis + " ms");
    }

    private void write(String fact) {
        try {
            Files.writeString(
                    file,
                    Instant.now() + " " + fact + "\n",
                    StandardCharsets.UTF_8,
                    StandardOpenOption.CREATE,
                    StandardOpenOption.APPEND);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write " + file, e);
        }
    }

    synchronized Map<FaultKind, Integer> proven() {
        return new TreeMap<>(proven);
    }

    synchronized List<String> unproven() {
        return List.copyOf(unproven);
    }

    synchronized Map<FaultKind, List<Long>> recoveryMillis() {
        Map<FaultKind, List<Long>> copy = new TreeMap<>();
        recoveryMillis.forEach((kind, millis) -> copy.put(kind, List.copyOf(millis)));
        return copy;
    }
}
