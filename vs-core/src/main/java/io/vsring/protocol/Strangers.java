package io.vsring.protocol;

import io.vsring.MemberAddress;
import io.vsring.MemberId;
import io.vsring.MemberSet;
import io.vsring.wire.MergeProbe;
import io.vsring.wire.Mutant;
import java.util.Comparator;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.ToLongFunction;

/**
 * Members of other rings: who of them is known to hear us, and whom we leave alone for a time.
 *
 * <p>[MEM-7] [DEV-7] Whatever a stranger sends only makes us probe back. Only a probe that carries our own nonce, which
 * stands for us on our present ring, shows that the path works both ways, just now; only then anything is given up for
 * it. [MEM-17] As long as our application does not take anything, we ask nobody, answer nobody and believe nobody.
 */
final class Strangers {

    private static final int REMEMBERED_MAX = 256;

    /** Failures are forgotten after this many of the longest back-offs without another. */
    private static final int FORGIVEN_AFTER = 2;

    private final LocalMember local;
    private final TreeMap<MemberAddress, Answer> answers = new TreeMap<>();
    private final TreeMap<MemberId, Absence> absences = new TreeMap<>();

    /** What we last said to an address: which nonce we echoed, and which one of ours stood with it. */
    private record Answer(long echo, long nonce, long atNanos) {}

    /** How often a member did not become one of us, when it did so last, and until when it is left alone. */
    private record Absence(int failures, int quarantines, long atNanos, long untilNanos, long quarantinedUntilNanos) {}

    Strangers(LocalMember local) {
        this.local = local;
    }

    /** Looks for other rings. */
    void probe() {
        if (Mutant.NO_MERGE_PROBES || local.appetite().isStalled(local.now())) {
            return;
        }
        for (MemberAddress address : local.elsewhere()) {
            local.effects().sendTo(address, probe(0));
        }
    }

    /**
     * Something came from a stranger: asks whether it hears us.
     *
     * @param source the address that it advertises, which is where it must hear us; of a frame, where it came from
     */
    void heard(MemberAddress source) {
        if (local.appetite().isStalled(local.now())) {
            return;
        }
        Answer last = answers.get(source);
        if (last == null || local.now() - last.atNanos >= local.options().joinNanos()) {
            answer(source, last == null ? 0 : last.echo);
        }
    }

    /**
     * Answers a probe, unless the same has been said just now. Returns whether its sender is known to hear us.
     *
     * <p>Who is known to hear us is answered too: our last answer may be lost, and without it the other never gathers.
     */
    boolean heard(MergeProbe probe) {
        if (local.appetite().isStalled(local.now())) {
            return false;
        }
        MemberAddress source = probe.sender().address();
        Answer last = answers.get(source);
        boolean hearsUs = probe.echo() == local.nonce() || Mutant.ONE_WAY_EVIDENCE;
        if (last == null
                || last.echo != probe.nonce()
                || last.nonce != local.nonce()
                || local.now() - last.atNanos >= local.options().joinNanos()) {
            answer(source, probe.nonce());
        }
        return hearsUs;
    }

    private void answer(MemberAddress address, long echo) {
        answers.put(address, new Answer(echo, local.nonce(), local.now()));
        forgetOldest(answers, Answer::atNanos);
        local.effects().sendTo(address, probe(echo));
    }

    private MergeProbe probe(long echo) {
        return new MergeProbe(local.self(), local.ring().id(), local.nonce(), echo);
    }

    /**
     * Whether this member was given up by us and is kept out for now.
     *
     * <p>[MEM-8] Only this counts in gather, where there is no ring to protect any more: if some refused those whom
     * others accept, they would never agree.
     */
    boolean isQuarantined(MemberId member) {
        Absence absence = absences.get(member);
        return absence != null && local.now() < absence.quarantinedUntilNanos;
    }

    /** How often a ring could not turn with this member lately. */
    int quarantines(MemberId member) {
        return before(member).quarantines;
    }

    /** Whether no healthy ring is given up for this member for now. */
    boolean isLeftAlone(MemberId member) {
        Absence absence = absences.get(member);
        return absence != null && local.now() < absence.untilNanos;
    }

    /** [MEM-8] [DEV-7] We tried to become one ring with these and did not: they are left alone, longer each time. */
    void missed(MemberSet members) {
        for (MemberId member : members) {
            Absence before = before(member);
            long pause = pause(before.failures, local.options().mergeNanos());
            long until = Math.max(before.untilNanos, local.now() + pause);
            note(
                    member,
                    new Absence(
                            before.failures + 1, before.quarantines, local.now(), until, before.quarantinedUntilNanos));
        }
    }

    /**
     * [MEM-9] [MEM-18] The ring could not turn with this member: it is left alone, and no Join of its own changes that.
     */
    void quarantine(MemberId member) {
        Absence before = before(member);
        long until = local.now() + pause(before.failures, local.ring().tokenLossNanos());
        note(member, new Absence(before.failures + 1, before.quarantines + 1, local.now(), until, until));
    }

    private Absence before(MemberId member) {
        Absence absence = absences.get(member);
        if (absence == null
                || local.now() - absence.atNanos
                        > FORGIVEN_AFTER * local.options().backoffMaxNanos()) {
            return new Absence(0, 0, local.now(), local.now(), local.now());
        }
        return absence;
    }

    private long pause(int failures, long unitNanos) {
        long most = local.options().backoffMaxNanos();
        if (Mutant.NOBODY_LEFT_ALONE) {
            return 0;
        }
        int doublings = Math.min(failures, 20);
        long pause = unitNanos > most >> doublings ? most : unitNanos << doublings;
        return pause - local.chance().below(pause / 4 + 1);
    }

    private void note(MemberId member, Absence absence) {
        absences.put(member, absence);
        forgetOldest(absences, Absence::atNanos);
    }

    private static <K, V> void forgetOldest(Map<K, V> all, ToLongFunction<V> atNanos) {
        if (all.size() > REMEMBERED_MAX) {
            all.entrySet().stream()
                    .min(Comparator.comparingLong(entry -> atNanos.applyAsLong(entry.getValue())))
                    .ifPresent(oldest -> all.remove(oldest.getKey()));
        }
    }

    /**
     * These are on one ring with us now. How often they failed is remembered for a while: who comes back only to be
     * left out again stays away for longer each time.
     */
    void joined(MemberSet members) {
        for (MemberId member : members) {
            absences.computeIfPresent(
                    member,
                    (id, absence) -> new Absence(
                            absence.failures, absence.quarantines, absence.atNanos, local.now(), local.now()));
        }
    }
}
