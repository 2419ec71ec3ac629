package io.vsring.protocol;

import io.vsring.MemberId;
import io.vsring.MemberSet;
import io.vsring.RingId;
import io.vsring.wire.CommitToken;
import io.vsring.wire.CommitToken.Entry;
import io.vsring.wire.CommitToken.OldRing;
import io.vsring.wire.DataFrame;
import io.vsring.wire.Mutant;
import io.vsring.wire.RecoveryBody;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Objects;

/**
 * Frames of the old ring that its members exchange on the new one, so that those who go together hold the same.
 *
 * <p>[REC-1] Who goes together is told by the old ring's id, never by names: a member that came back in between was on
 * another ring. [REC-2] [DEV-12] Everything above the lowest aru that somebody holds is sent once: whoever sees a copy
 * strikes it off its own list, and each begins at another place of it.
 */
final class RecoveryExchange implements FrameSource {

    private final LocalMember local;
    private final MemberSet transitional;
    private final long low;
    private final long high;
    private final long safeLine;
    private final MemberSet obliged;
    private final BitSet waiting = new BitSet();
    private final List<DataFrame> late = new ArrayList<>();
    private int cursor;

    RecoveryExchange(LocalMember local, CommitToken commit) {
        this.local = local;
        OrderedRing old = local.ring();
        RingId from = local.comesFrom(commit.ringId());
        List<Entry> companions = commit.entries().stream()
                .filter(entry -> goesAlong(entry, from))
                .toList();
        this.transitional = MemberSet.of(
                companions.stream().map(entry -> entry.member().id()).toList());
        Invariant.check(transitional.contains(local.id()), "a member goes along with itself");
        List<OldRing> shares = companions.stream()
                .map(entry -> Objects.requireNonNull(entry.old()))
                .toList();
        // [REC-12] That somebody lacks what we have let go cannot be, but may be said: what is gone cannot be sent.
        long lowest = shares.stream().mapToLong(OldRing::aru).min().orElseThrow();
        this.low = Math.max(lowest, old.window().releasedUpTo());
        this.high = shares.stream().mapToLong(OldRing::highest).max().orElseThrow();
        this.safeLine = shares.stream().mapToLong(OldRing::safeLine).max().orElseThrow();
        long bits = shares.stream().mapToLong(OldRing::obligations).reduce(0, (one, two) -> one | two);
        MemberSet earlier = Mutant.FORGET_OBLIGATIONS ? MemberSet.of() : membersOf(bits, old.memberSet());
        this.obliged = transitional.union(earlier);
        for (long sequence = low + 1; sequence <= old.window().highest(); sequence++) {
            DataFrame frame = old.window().get(sequence);
            boolean ours = frame != null && frame.sender().equals(local.id());
            boolean cutOff = Mutant.RECOVERY_OF_ONE_WINDOW
                    && sequence > low + old.settings().windowFrames();
            // [REC-12] Frames of recovery are held by all before there are others; that one lacks them is not true.
            boolean wanted = frame != null && !frame.isRecovery();
            if (wanted && (ours || !Mutant.RECOVERY_OF_OWN_FRAMES) && !cutOff) {
                waiting.set((int) (sequence - low));
            }
        }
        int spread = (int) Math.min(old.window().capacity(), Math.max(0, high - low));
        this.cursor = spread * transitional.indexOf(local.id()) / transitional.size();
    }

    /** Whether this commit token, on its second rotation, is complete, and what it says of the old ring can be true. */
    static boolean isPlausible(CommitToken commit, OrderedRing old) {
        for (Entry entry : commit.entries()) {
            OldRing share = entry.old();
            if (share == null) {
                return false;
            }
            boolean possible = share.safeLine() <= share.aru()
                    && share.aru() <= share.highest()
                    && share.highest() - share.aru() <= old.window().capacity();
            if (share.ringId().equals(old.id()) && !possible) {
                return false;
            }
        }
        return true;
    }

    private boolean goesAlong(Entry entry, RingId from) {
        OldRing share = Objects.requireNonNull(entry.old(), "a commit token on its second rotation is complete");
        boolean wasThere = local.ring().memberSet().contains(entry.member().id());
        return wasThere && (share.ringId().equals(from) || Mutant.TRANSITIONAL_BY_NAME);
    }

    static long bitsOf(MemberSet some, MemberSet all) {
        long bits = 0;
        for (MemberId member : some) {
            int index = all.indexOf(member);
            bits |= index < 0 ? 0 : 1L << index;
        }
        return bits;
    }

    private static MemberSet membersOf(long bits, MemberSet all) {
        return MemberSet.of(all.stream()
                .filter(member -> (bits >>> all.indexOf(member) & 1) == 1)
                .toList());
    }

    /** Who goes together with this member from the old ring to the new one. */
    MemberSet transitional() {
        return transitional;
    }

    /**
     * [REC-6] Whose frames are delivered even after a gap: who goes along, and everybody to whom one of them has bound
     * itself in an earlier attempt.
     */
    MemberSet obliged() {
        return obliged;
    }

    /**
     * Takes a frame of the old ring that somebody passed on. Frames of other old rings are none of our business, nor is
     * one that this ring cannot have had.
     */
    void take(DataFrame frame) {
        OrderedRing old = local.ring();
        boolean ours = frame.ringId().equals(old.id()) || Mutant.FRAMES_OF_THE_OTHER_RING;
        if (!ours || !old.window().accepts(frame.sequence())) {
            return;
        }
        // [REC-3] [DEV-12] Kept at once: if this attempt fails, a companion may have installed, and delivered it.
        if (Mutant.RECOVERED_FORGOTTEN) {
            late.add(frame);
        } else {
            old.takeLate(frame);
        }
        if (frame.sequence() > low) {
            waiting.clear((int) (frame.sequence() - low));
        }
    }

    @Override
    public boolean isEmpty() {
        return waiting.isEmpty();
    }

    @Override
    public int backlogFrames() {
        return waiting.cardinality();
    }

    @Override
    public DataFrame next(RingId ringId, long sequence) {
        int chosen = waiting.nextSetBit(cursor);
        if (chosen < 0) {
            chosen = waiting.nextSetBit(0);
        }
        waiting.clear(chosen);
        cursor = chosen + 1;
        DataFrame old = Objects.requireNonNull(local.ring().window().get(low + chosen));
        local.counters().framesRecovered++;
        return new DataFrame(ringId, local.id(), sequence, DataFrame.Kind.RECOVERY, 0, RecoveryBody.encode(old));
    }

    /** How the old ring ends, now that all companions hold the same. */
    RingEnd end() {
        OrderedRing old = local.ring();
        late.forEach(old::takeLate);
        // [REC-4] [DEV-13] If everybody came along, everybody has everything: a mere join pushes nothing into the
        // transitional
        // one.
        boolean everybody = transitional.equals(old.memberSet());
        long safeUpTo = everybody ? Math.max(high, old.window().highest()) : safeLine;
        return new RingEnd(old, safeUpTo, obliged);
    }
}
