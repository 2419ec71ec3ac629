package io.vsring.test.campaign;

import io.vsring.test.check.Violation;
import io.vsring.test.linearizability.Budget;
import io.vsring.test.linearizability.FencingCheck;
import io.vsring.test.linearizability.HistoryFile;
import io.vsring.test.linearizability.HistoryJudge;
import io.vsring.test.linearizability.HistoryReport;
import io.vsring.test.linearizability.RecordedOperation;
import io.vsring.test.linearizability.Verdict;
import io.vsring.test.trace.TraceJudge;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Writes each generation's history into a file of its own, and judges it. One thread. */
final class CampaignJudge {

    private final Path folder;
    private final List<String> wrongs = new ArrayList<>();
    private int generations;
    private long operations;
    private int unknownMax;
    private int undecided;

    CampaignJudge(Path folder) {
        this.folder = folder;
    }

    /** Writes and judges what nobody adds to any more. */
    void judge(Generation generation) throws IOException {
        List<RecordedOperation> history = generation.history();
        Path file = file(generation.number());
        HistoryFile.write(file, history);
        linearizable(file, history);
        for (int index = 0; index < Generation.LOCKS; index++) {
            for (Violation each : FencingCheck.writes(generation.resource(index).accepted())) {
                wrongs.add(generation.lock(index) + ": " + each);
            }
        }
        generations++;
        operations += history.size();
    }

    private Path file(int generation) {
        return folder.resolve(String.format(Locale.ROOT, "history-%05d.jsonl", generation));
    }

    private void linearizable(Path file, List<RecordedOperation> history) {
        HistoryReport report = new HistoryJudge(Budget.standard()).judge(history);
        unknownMax = Math.max(unknownMax, report.unknownMax());
        if (report.verdict() == Verdict.UNDECIDED) {
            undecided++;
        }
        if (report.verdict() != Verdict.OK) {
            wrongs.add(file + ": " + report);
        }
        for (Violation each : FencingCheck.grants(history)) {
            wrongs.add(file + ": " + each);
        }
    }

    /**
     * Judges the traces of all members, which still run, are together, and have nothing more to say.
     *
     * @param files in which each member, whatever its incarnations, has written what it did
     * @return false if members were not at rest while these were read, and nothing has been judged
     */
    boolean traces(List<Path> files) throws IOException {
        long bytes = bytes(files);
        List<String> found = found(files);
        if (bytes != bytes(files)) {
            // One was read before something happened that another one tells of: that would be no moment of the run.
            return false;
        }
        wrongs.addAll(found);
        return true;
    }

    private static long bytes(List<Path> files) throws IOException {
        long bytes = 0;
        for (Path file : files) {
            bytes += Files.size(file);
        }
        return bytes;
    }

    private static List<String> found(List<Path> files) throws IOException {
        try {
            TraceJudge judging = new TraceJudge();
            for (Path file : files) {
                judging.running(file);
            }
            Violation violation = judging.judgeAtRest().violation();
            return violation == null ? List.of() : List.of(violation.toString());
        } catch (IllegalArgumentException contradiction) {
            return List.of("traces: " + contradiction.getMessage());
        }
    }

    /** How many histories could not be judged within the budget; each of them is wrong as well. */
    int undecided() {
        return undecided;
    }

    /** How many operations were in the histories. */
    long operations() {
        return operations;
    }

    /** Says that something else is wrong. */
    void wrong(String fact) {
        wrongs.add(fact);
    }

    /** What is wrong; nothing if all is well. */
    List<String> wrongs() {
        return List.copyOf(wrongs);
    }

    /** Some lines for people. */
    String page() {
        StringBuilder page = new StringBuilder();
        for (String wrong : wrongs) {
            page.append(wrong).append('\n');
        }
        return page.append(wrongs.isEmpty() ? "OK" : "WRONG")
                .append(" histories=")
                .append(generations)
                .append(" operations=")
                .append(operations)
                .append(" unknownMax=")
                .append(unknownMax)
                .append(" wrongs=")
                .append(wrongs.size())
                .append('\n')
                .toString();
    }
}
