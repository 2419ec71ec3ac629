package io.vsring.actuate;

import io.vsring.ConfigurationChange;
import io.vsring.MemberId;
import io.vsring.MemberSet;
import io.vsring.ring.RingObserver;
import io.vsring.spring.ConfigurationKind;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Set;

/**
 * The last configurations that a member installed, and why it gave up those before. Goes on when the member of an
 * application context is stopped and started again.
 *
 * <p><b>Threading.</b> Written on the loop thread of the ring, read on any.
 *
 * @since 0.1
 */
public final class RingHistory implements RingObserver {

    /** So many are kept. */
    public static final int SIZE = 32;

    private final InstantSource clock;
    private final Deque<Entry> entries = new ArrayDeque<>(); // guarded by this

    /** Empty. */
    public RingHistory(InstantSource clock) {
        this.clock = clock;
    }

    /**
     * A configuration that was installed.
     *
     * @param at when, on this machine's clock
     * @param kind regular or transitional
     * @param configuration its name
     * @param members who is in it
     * @param joined who was not in the one before
     * @param left who was, and is not in this one
     * @param reasons why this member had given up the regular configuration before; none for the first
     */
    public record Entry(
            Instant at,
            ConfigurationKind kind,
            String configuration,
            List<String> members,
            List<String> joined,
            List<String> left,
            List<String> reasons) {}

    @Override
    public void onInstall(ConfigurationChange change, Set<String> reasons) {
        Entry entry = new Entry(
                clock.instant(),
                ConfigurationKind.of(change.configuration()),
                change.configuration().id(),
                names(change.configuration().members()),
                names(change.joined()),
                names(change.left()),
                reasons.stream().sorted().toList());
        synchronized (this) {
            if (entries.size() == SIZE) {
                entries.removeLast();
            }
            entries.addFirst(entry);
        }
    }

    /** The youngest first. */
    public synchronized List<Entry> entries() {
        return List.copyOf(entries);
    }

    static List<String> names(MemberSet members) {
        return members.stream().map(MemberId::toString).toList();
    }
}
