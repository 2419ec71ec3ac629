package io.vsring.security;

import io.vsring.MemberAddress;
import io.vsring.MemberId;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** One incarnation of a member of which something authentic has come: itself, or a recording of it. One thread. */
final class Peer {

    /** For each secret and suite the epochs before, at and behind the highest counter. */
    static final int KEYS_MAX = Keyring.KEYS_MAX * CipherSuite.values().length * 3;

    final MemberId id;
    final ReplayWindow window = new ReplayWindow();

    /** Where it wants to be answered; null before its first greeting, if no ring of ours has had it. */
    @Nullable
    MemberAddress address;

    /** When something of it came that had not been here before. */
    long heardNanos;

    /** When it greeted last. */
    long greetedNanos;

    /** Whether it asked then, and so does not believe us. */
    boolean isDoubting = true;

    /** When it was asked last whether it is alive. */
    long askedNanos;

    /** When it was answered last. */
    long answeredNanos;

    /** Whether it has proven that it is alive, and nothing has happened since that makes it doubtful. */
    boolean isBelieved;

    /** Whether it has ever been believed. */
    boolean wasBelieved;

    /**
     * The last question that had been asked when it was believed, or doubted, last: what was answered before is old.
     */
    long judgedAt;

    private final List<DatagramKey> keys = new ArrayList<>();
    private final Set<CipherSuite> suites = EnumSet.noneOf(CipherSuite.class); // that it has used

    Peer(MemberId id, long nowNanos) {
        this.id = id;
        this.heardNanos = nowNanos;
        this.greetedNanos = nowNanos;
        this.answeredNanos = nowNanos - 1_000_000_000L;
        this.askedNanos = nowNanos - 1_000_000_000L;
    }

    /** A key that was used before, or null. */
    @Nullable
    DatagramKey key(int keyId, CipherSuite suite, long epoch) {
        for (int i = 0; i < keys.size(); i++) {
            if (keys.get(i).is(keyId, suite, epoch)) {
                return keys.get(i);
            }
        }
        return null;
    }

    /** Whether a key like this may be used next, so that it can be derived before a datagram has proven that. */
    boolean expects(CipherSuite suite, long epoch) {
        return isBelieved && suites.contains(suite) && Math.abs(epoch - KeySchedule.epoch(window.highest())) <= 1;
    }

    void keep(DatagramKey key) {
        long epoch = KeySchedule.epoch(window.highest());
        keys.removeIf(old -> Math.abs(old.epoch() - epoch) > 1);
        if (keys.size() >= KEYS_MAX) {
            keys.remove(0);
        }
        keys.add(key);
        suites.add(key.suite());
    }

    void forgetKeys() {
        keys.clear();
    }
}
