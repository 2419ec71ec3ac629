package io.vsring.test.simulation;

import static io.vsring.Guarantee.AGREED;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * One thing happens to a ring at rest on a good network. How long it may take is known, and shorter than any timeout.
 */
class CalmRingTest {
    private static final long SECOND = 1_000_000_000L;
    private static final long MILLI = 1_000_000L;
    private static final long TOKEN_LOSS = 800 * MILLI;
    private static final long AT_ONCE = 10 * MILLI;
    private static final long TOKEN_RETRANSMIT = 80 * MILLI;

    private final SimulatedCluster cluster = new SimulatedCluster(new Seed(13), ClusterShape.of(4));

    @BeforeEach
    void fourAtRest() {
        cluster.startAll();
        assertThat(cluster.runUntil(cluster::isSettled, 10 * SECOND)).isTrue();
        cluster.runFor(SECOND);
    }

    @AfterEach
    void everyPromiseIsKept() {
        cluster.requireSound();
    }

    @Test // [MEM-11] [DEV-9]
    void theDeathOfAProcessOnALivingHostIsNoticedBeforeTheTokenIsLost() {
        for (int victim : new int[] {4, 1}) {
            cluster.crash(victim);

            assertThat(nanosUntil(cluster::isSettled)).as("death of %s", victim).isLessThan(TOKEN_LOSS);
        }
        assertThat(cluster.living()).hasSize(2);
    }

    @Test // [MEM-11] [DEV-9] [DEV-1]
    void whoHasSomethingToSayNoticesTheDeathOfAProcessSooner() {
        for (int victim : new int[] {4, 1}) {
            cluster.member(victim).offer(100, AGREED);
            cluster.runFor(SECOND); // it has the token
            cluster.crash(victim);
            cluster.member(2).offer(100, AGREED);

            assertThat(nanosUntil(cluster::isSettled)).as("death of %s", victim).isLessThan(300 * MILLI);
        }
        assertThat(cluster.living()).hasSize(2);
    }

    @Test // [DEV-1]
    void theFirstWordOnASilentRingDoesNotWaitForTheHeldToken() {
        for (int round = 1; round <= 20; round++) {
            cluster.runFor(SECOND / 7);
            cluster.member(1 + round % 4).offer(100, AGREED);

            assertThat(nanosUntil(cluster::isSettled)).as("round %s", round).isLessThan(AT_ONCE);
        }
    }

    @Test // [DEV-1] [ORD-7]
    void whoHasSomethingToSayDoesNotWaitForTheRestOfATokenThatWasLost() {
        for (int round = 1; round <= 20; round++) {
            int loses = 1 + round % 4;
            boolean[] lost = new boolean[1];
            cluster.network().lose((packet, to) -> {
                boolean is = packet.kind() == PacketKind.TOKEN && to == loses && !lost[0];
                lost[0] |= is;
                return is;
            });
            assertThat(cluster.runUntil(() -> lost[0], SECOND)).isTrue();
            cluster.runFor(MILLI);
            cluster.member(1 + round / 4 % 4).offer(100, AGREED);

            assertThat(nanosUntil(cluster::isSettled))
                    .as("round %s, the token for %s was lost", round, loses)
                    .isLessThan(TOKEN_RETRANSMIT + AT_ONCE);
            cluster.network().heal(100_000);
            cluster.runFor(SECOND);
        }
    }

    private long nanosUntil(BooleanSupplier holds) {
        long from = cluster.now();
        for (long limit = from + 10 * SECOND; !holds.getAsBoolean() && cluster.step(limit); ) {
            // all is in the step
        }
        return cluster.now() - from;
    }
}
