package io.vsring.test.simulation;

import io.vsring.test.linearizability.Budget;
import io.vsring.test.linearizability.CounterModel;
import io.vsring.test.linearizability.HistoryJudge;
import io.vsring.test.linearizability.HistoryRecorder;
import io.vsring.test.linearizability.Invocation;
import io.vsring.test.linearizability.MapEntryModel;
import io.vsring.test.linearizability.ObjectKey;
import io.vsring.test.linearizability.ObjectVerdict;
import io.vsring.test.linearizability.PendingOperation;
import io.vsring.test.linearizability.Verdict;
import io.vsring.test.linearizability.WholeMapModel;
import java.util.Map;

/**
 * What clients of maps and counters may rely on: their answers are linearizable, M1 of the entries of a map, M2 of a
 * map as a whole, M3 of a counter; M4, that can be decided.
 *
 * <p>What can be judged at little cost is short, so objects are used for some calls, and then others. They are left too
 * when all is lost: up to then they are judged, and what becomes of them later is nobody's business.
 */
final class ObjectClaims {
    private static final Map<String, String> CLAIMS =
            Map.of(MapEntryModel.KIND, "M1", WholeMapModel.KIND, "M2", CounterModel.KIND, "M3");
    private static final int ENTRY_CALLS_MAX = 240;
    private static final int MAP_CALLS_MAX = 80;
    private static final int COUNTER_CALLS_MAX = 120;

    private final SimulatedCluster cluster;
    private final LedgerClaims claims;
    private HistoryRecorder recorder;
    private long losses;
    private long entryCalls;
    private long mapCalls;
    private long counterCalls;
    private long values;
    private long judged;

    /** @param claims know whether there is one history, and how often it was lost */
    ObjectClaims(SimulatedCluster cluster, LedgerClaims claims) {
        this.cluster = cluster;
        this.claims = claims;
        this.recorder = new HistoryRecorder(cluster::now);
    }

    /** The keys of now all have this in front. */
    String entries() {
        return "e" + losses + "-" + entryCalls++ / ENTRY_CALLS_MAX + "-";
    }

    /** The map of now that is judged as a whole. */
    String wholeMap() {
        return "map-" + losses + "-" + mapCalls++ / MAP_CALLS_MAX;
    }

    /** The counter of now. */
    String counter() {
        return "counter-" + losses + "-" + counterCalls++ / COUNTER_CALLS_MAX;
    }

    /** A value that nobody has written yet. */
    String value() {
        return "v" + ++values;
    }

    /** How often all has been lost; others are called since. */
    long losses() {
        if (claims.losses() != losses) {
            judge();
            losses = claims.losses();
            recorder = new HistoryRecorder(cluster::now);
        }
        return losses;
    }

    /** Whether anything is promised still. */
    boolean isJudged() {
        return claims.isJudged();
    }

    PendingOperation begin(SimulatedMember member, ObjectKey object, Invocation invocation) {
        return recorder.begin(member.slot(), object, invocation);
    }

    /** Judges what has been recorded since the last time. */
    void judge() {
        if (!claims.isJudged() || cluster.violation() != null) {
            return;
        }
        for (ObjectVerdict each :
                new HistoryJudge(Budget.standard()).judge(recorder.history()).objects()) {
            judged += each.returned();
            if (each.verdict() == Verdict.VIOLATION) {
                cluster.violated(CLAIMS.getOrDefault(each.object().kind(), "M"), each.toString());
            } else if (each.verdict() == Verdict.UNDECIDED) {
                cluster.violated("M4", each.toString());
            }
        }
    }

    /** Answers that were judged. */
    long judged() {
        return judged;
    }
}
