package io.vsring.test.simulation;

import io.vsring.replicated.LockHandle;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What clients of locks may rely on: LK1, no two believe at one moment that they hold one lock; LK2, no two grants have
 * one token, and whoever gets a lock after all others have given it back gets a greater one; LK3, when all is over and
 * everybody has given back what it had, no lock is left anywhere.
 */
final class LockClaims {

    private record Grant(SimulatedMember member, LockHandle handle) {}

    private final SimulatedCluster cluster;
    private final LedgerClaims claims;
    private final Map<String, List<Grant>> grants = new HashMap<>();
    private final Set<Long> tokens = new HashSet<>();
    private final Map<String, Long> greatest = new HashMap<>();
    private long losses;
    private long count;

    /** @param claims know whether there is one history, and how often it was lost */
    LockClaims(SimulatedCluster cluster, LedgerClaims claims) {
        this.cluster = cluster;
        this.claims = claims;
    }

    /**
     * What was so when a lock was asked for.
     *
     * @param token the greatest that anybody had been given for it
     * @param losses how often all had been lost
     */
    record Asked(long token, long losses) {}

    Asked asks(String name) {
        forgetIfLost();
        return new Asked(greatest.getOrDefault(name, 0L), losses);
    }

    private void forgetIfLost() {
        if (claims.losses() != losses) {
            losses = claims.losses(); // an older state may go on, and its tokens with it
            tokens.clear();
            greatest.clear();
        }
    }

    void granted(SimulatedMember member, LockHandle handle, Asked asked) {
        count++;
        forgetIfLost();
        long token = handle.fencingToken();
        if (token <= asked.token && losses == asked.losses && claims.isJudged()) {
            cluster.violated(
                    "LK2",
                    member + " was given " + handle.name() + " with token " + token + ", and somebody had had token "
                            + asked.token + " before it asked",
                    member.trace());
        }
        greatest.merge(handle.name(), token, Math::max);
        List<Grant> before = grants.computeIfAbsent(handle.name(), name -> new ArrayList<>());
        if (!tokens.add(token) && claims.isJudged()) {
            cluster.violated(
                    "LK2",
                    member + " was given " + handle.name() + " with token " + token
                            + ", which somebody else was given before",
                    member.trace());
        }
        before.add(new Grant(member, handle));
        look(handle.name());
    }

    /** Looks who believes at this moment that it holds this lock. */
    void look(String name) {
        List<Grant> all = grants.computeIfAbsent(name, unused -> new ArrayList<>());
        all.removeIf(grant -> !grant.member.isThere());
        List<Grant> holding =
                all.stream().filter(grant -> grant.handle.isHeld()).toList();
        if (holding.size() > 1 && claims.isJudged()) {
            cluster.violated(
                    "LK1",
                    holding.get(0).member + " and " + holding.get(1).member + " both hold " + name + ", with tokens "
                            + holding.get(0).handle.fencingToken() + " and "
                            + holding.get(1).handle.fencingToken(),
                    holding.get(0).member.trace(),
                    holding.get(1).member.trace());
        }
    }

    void released(LockHandle handle) {
        grants.getOrDefault(handle.name(), new ArrayList<>()).removeIf(grant -> grant.handle == handle);
    }

    long count() {
        return count;
    }
}
