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

    /** Addresses that were answered, and members that did not become one of us. */
    static final int REMEMBERED_MAX = 256;

    /** Failures are forgotten after this many of the longest back-offs without another. */
    private static final int FORGIVEN_AFTER = 2;

    private final LocalMember local;
    private final TreeMap<MemberAddress, Answer> answers = new TreeMap<>();
    private final TreeMap<MemberId, Absence> absences = new TreeMap<>();

    /** What we last said to an address: which nonce we echoed, and which one of ours stood with it. */
    private record Answer(long echo, long nonce, long atNanos) {}

    /**
     * A member that did not become one of us.
     *
     * @param failures how often it did not
     * @param quarantines how often a ring could not turn with it
     * @param returns how often it was left alone no longer, before its time, and failed again
     * @param atNanos when it failed last
     * @param untilNanos when it is left alone no longer, whatever happens
     * @param quarantinedUntilNanos until when gather keeps it out as well
     * @param metNanos when it last heard us, as far as we know; in the future if that is not to count
     */
    private record Absence(
            int failures,
            int quarantines,
            int returns,
            long atNanos,
            long untilNanos,
            long quarantinedUntilNanos,
            long metNanos) {

        Absence endingAt(long nanos, int returnsNow) {
            return new Absence(failures, quarantines, returnsNow, atNanos, nanos, nanos, nanos);
        }

        Absence meetingAt(long nanos) {
            return new Absence(
                    failures,
                    quarantines,
                    returns,
                    atNanos,
                    untilNanos,
                    quarantinedUntilNanos,
                    Math.max(metNanos, nanos));
        }
    }

    Strangers(LocalMember local) {
        this.local = local;
    }

    /** Addresses of which the last answer is remembered. */
    int answered() {
        return answers.size();
    }

    /** Members that are remembered not to have become one of us. */
    int absent() {
        return absences.size();
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
        if (hearsUs) {
            absences.computeIfPresent(probe.sender().id(), (id, absence) -> afterProof(absence));
        }
        return hearsUs;
    }

    /** [MEM-22] It hears us. If it did not for long, what kept us apart may be over: it has a new chance at once. */
    private Absence afterProof(Absence absence) {
        boolean isEarly = local.now() < absence.untilNanos && wasSilent(absence);
        return isEarly ? absence.endingAt(local.now(), absence.returns + 1) : absence.meetingAt(local.now());
    }

    /**
     * [MEM-22] Whether so long nothing has shown that it hears us. It takes longer each time that this was for nothing,
     * or a link that comes and goes would cost a healthy ring more than one that stays away.
     */
    private boolean wasSilent(Absence absence) {
        return local.now() - absence.metNanos >= doubled(local.ring().tokenLossNanos(), absence.returns);
    }

    /** [MEM-22] It takes part in an attempt, so that silence begins anew. */
    void met(MemberId member) {
        absences.computeIfPresent(member, (id, absence) -> absence.meetingAt(local.now()));
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

    /**
     * Whether no healthy ring is given up for this member for now, and it is not answered. [MEM-22] Who has been silent
     * is answered: should it hear us, that is new.
     */
    boolean isLeftAlone(MemberId member) {
        Absence absence = absences.get(member);
        return absence != null && local.now() < absence.untilNanos && !wasSilent(absence);
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
                            before.failures + 1,
                            before.quarantines,
                            before.returns,
                            local.now(),
                            until,
                            before.quarantinedUntilNanos,
                            before.metNanos));
        }
    }

    /**
     * [MEM-18] It gave no sign of what the ring needs to turn: it is left alone, and no Join of its own changes that.
     */
    void quarantine(MemberId member) {
        quarantine(member, before(member).metNanos);
    }

    /** [MEM-9] It holds the ring up although it is reached: the same, and it is no news that it hears us. */
    void quarantineWhoHears(MemberId member) {
        quarantine(member, Long.MAX_VALUE);
    }

    private void quarantine(MemberId member, long metNanos) {
        Absence before = before(member);
        long until = local.now() + pause(before.quarantines, local.ring().tokenLossNanos());
        note(
                member,
                new Absence(
                        before.failures + 1,
                        before.quarantines + 1,
                        before.returns,
                        local.now(),
                        until,
                        until,
                        Math.min(metNanos, until)));
    }

    private Absence before(MemberId member) {
        Absence absence = absences.get(member);
        if (absence == null
                || local.now() - absence.atNanos
                        > FORGIVEN_AFTER * local.options().backoffMaxNanos()) {
            return new Absence(0, 0, 0, local.now(), local.now(), local.now(), local.now());
        }
        return absence;
    }

    private long pause(int failures, long unitNanos) {
        if (Mutant.NOBODY_LEFT_ALONE) {
            return 0;
        }
        long pause = doubled(unitNanos, failures);
        return pause - local.chance().below(pause / 4 + 1);
    }

    private long doubled(long unitNanos, int times) {
        long most = local.options().backoffMaxNanos();
        int doublings = Math.min(times, 20);
        return unitNanos > most >> doublings ? most : unitNanos << doublings;
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
            absences.computeIfPresent(member, (id, absence) -> absence.endingAt(local.now(), absence.returns));
        }
    }
}
