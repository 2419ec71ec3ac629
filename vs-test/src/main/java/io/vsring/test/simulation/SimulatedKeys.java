package io.vsring.test.simulation;

import io.vsring.MemberId;
import io.vsring.protocol.StateName;
import io.vsring.security.CipherSuite;
import io.vsring.security.Keyring;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The keys of the slots of a simulated cluster, which are changed in steps: the old key; the new one beside it; the new
 * one seals; the old one is gone. A slot keeps its step over restarts.
 */
final class SimulatedKeys {
    /** When it has come to this, the slot has the new key only. */
    static final int LAST_STEP = 3;

    private static final int OLD = 1;
    private static final int NEW = 7;

    private final SimulatedCluster cluster;
    private final List<Keyring> steps;
    private final int[] step;
    private final Map<MemberId, WatchedEnvelope> envelopes = new HashMap<>();

    SimulatedKeys(SimulatedCluster cluster) {
        this.cluster = cluster;
        this.step = new int[cluster.shape().slots() + 1];
        Dice dice = cluster.seed().stream("secrets");
        byte[] before = secret(dice);
        byte[] after = secret(dice);
        CipherSuite suite = dice.chance(0.1) ? CipherSuite.CHACHA20_POLY1305 : CipherSuite.AES_256_GCM;
        Map<Integer, byte[]> both = Map.of(OLD, before, NEW, after);
        this.steps = List.of(
                Keyring.of(OLD, before),
                new Keyring(both, OLD, CipherSuite.AES_256_GCM),
                new Keyring(both, NEW, suite),
                new Keyring(Map.of(NEW, after), NEW, suite));
    }

    /** A member was started, with this envelope. */
    void opened(MemberId member, WatchedEnvelope envelope) {
        envelopes.put(member, envelope);
    }

    /** The envelope of a member that was started; null if none was. */
    @Nullable
    WatchedEnvelope envelope(MemberId member) {
        return envelopes.get(member);
    }

    private static byte[] secret(Dice dice) {
        ByteBuffer secret = ByteBuffer.allocate(Keyring.SECRET_BYTES_MIN);
        while (secret.hasRemaining()) {
            secret.putLong(dice.next());
        }
        return secret.array();
    }

    /** What the slot has now. */
    Keyring of(int slot) {
        return steps.get(step[slot]);
    }

    /** The slot comes to this step, unless it has been there. */
    void change(int slot, int to) {
        if (to <= step[slot]) {
            return;
        }
        step[slot] = to;
        SimulatedMember member = cluster.member(slot);
        if (member != null) {
            cluster.coverage().saw(Sometimes.KEYS_CHANGED);
            if (member.protocol().state() == StateName.RECOVERY) {
                cluster.coverage().saw(Sometimes.KEYS_CHANGED_IN_RECOVERY);
            }
            if (Arrays.stream(step).skip(1).anyMatch(other -> Math.abs(other - to) > 1)) {
                cluster.coverage().saw(Sometimes.KEYS_APART);
            }
            member.useKeys(steps.get(to));
        }
    }
}
