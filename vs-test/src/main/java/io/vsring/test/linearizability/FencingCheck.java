package io.vsring.test.linearizability;

import io.vsring.test.check.Violation;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Whether fencing tokens do what they are for: a resource that compares them takes nothing from a former holder.
 *
 * <p>Linear, and apart from any model: it also says something about histories that are too hard to judge. That a lock
 * is never held twice is the business of {@link LockModel}.
 */
public final class FencingCheck {

    private FencingCheck() {}

    /**
     * After a write with a newer token none with an older one may be accepted ({@code FT1}).
     *
     * @param accepted all writes that one resource accepted; of two at one instant the earlier in the list came first
     * @return each write that should have been refused, in the order of time
     */
    public static List<Violation> writes(List<FencedWrite> accepted) {
        List<FencedWrite> ordered = new ArrayList<>(accepted);
        ordered.sort(Comparator.comparingLong(FencedWrite::atNanos));
        List<Violation> violations = new ArrayList<>();
        for (int index = 1; index < ordered.size(); index++) {
            FencedWrite write = ordered.get(index);
            FencedWrite newest = ordered.get(index - 1);
            if (write.token() < newest.token()) {
                String fact = "a write with token " + write.token() + " was accepted after one with token "
                        + newest.token() + " at " + newest.atNanos() + " ns";
                violations.add(new Violation("FT1", fact, write.atNanos(), index, ""));
                ordered.set(index, newest);
            }
        }
        return violations;
    }

    /**
     * A grant that is asked for after another one has returned has no older token ({@code FT2}); no token is granted
     * twice ({@code FT3}).
     *
     * @param history operations on locks, and maybe on others, in any order
     * @return each grant that should not have had its token, lock by lock in the order of the calls
     * @throws IllegalArgumentException if a lock has been acquired with something that is no token
     */
    public static List<Violation> grants(List<RecordedOperation> history) {
        Map<ObjectKey, List<Grant>> grants = new LinkedHashMap<>();
        for (RecordedOperation operation : history) {
            Long token = isAcquisition(operation) ? LockModel.token(operation.answer()) : null;
            if (token != null) {
                grants.computeIfAbsent(operation.object(), lock -> new ArrayList<>())
                        .add(new Grant(token, operation));
            }
        }
        List<Violation> violations = new ArrayList<>();
        for (List<Grant> each : grants.values()) {
            growing(each, violations);
            unique(each, violations);
        }
        return violations;
    }

    private record Grant(long token, RecordedOperation operation) {}

    private static boolean isAcquisition(RecordedOperation operation) {
        String name = operation.invocation().name();
        return operation.object().kind().equals(LockModel.KIND)
                && (name.equals("acquire") || name.equals("tryAcquire"));
    }

    private static void growing(List<Grant> grants, List<Violation> violations) {
        List<Grant> byCall = new ArrayList<>(grants);
        byCall.sort(Comparator.comparingLong(grant -> grant.operation().calledNanos()));
        List<Grant> byReturn = new ArrayList<>(grants);
        byReturn.sort(Comparator.comparingLong(grant -> grant.operation().returnedNanos()));
        int returned = 0;
        Grant newest = byReturn.get(0);
        for (Grant grant : byCall) {
            long calledNanos = grant.operation().calledNanos();
            while (byReturn.get(returned).operation().returnedNanos() < calledNanos) {
                Grant earlier = byReturn.get(returned++);
                newest = earlier.token() > newest.token() ? earlier : newest;
            }
            if (returned > 0 && grant.token() < newest.token()) {
                String fact = "token " + grant.token() + " was granted after token " + newest.token();
                violations.add(violation("FT2", fact, newest, grant));
            }
        }
    }

    private static void unique(List<Grant> grants, List<Violation> violations) {
        Map<Long, Grant> seen = new HashMap<>();
        for (Grant grant : grants) {
            Grant earlier = seen.putIfAbsent(grant.token(), grant);
            if (earlier != null) {
                violations.add(violation("FT3", "token " + grant.token() + " was granted twice", earlier, grant));
            }
        }
    }

    private static Violation violation(String predicate, String fact, Grant earlier, Grant grant) {
        String context = grant.operation().object() + "\n  " + earlier.operation() + "\n  " + grant.operation();
        return new Violation(predicate, fact, grant.operation().calledNanos(), 0, context);
    }
}
