package io.vsring.page;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.vsring.ConfigurationChange;
import io.vsring.Delivery;
import io.vsring.Guarantee;
import io.vsring.MemberId;
import io.vsring.Receipt;
import io.vsring.replicated.ReplicatedObjects;
import io.vsring.replicated.ReplicationListener;
import io.vsring.replicated.ReplicationOptions;
import io.vsring.ring.Outcome;
import io.vsring.ring.Ring;
import io.vsring.ring.RingClosedException;
import io.vsring.ring.RingHandler;
import io.vsring.ring.RingOptions;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A member alone, on a real ring. */
@Timeout(60)
class MemberReportsTest {

    private static final RingHandler SILENT = new RingHandler() {
        @Override
        public void onMessage(Delivery delivery) {}

        @Override
        public void onConfigurationChange(ConfigurationChange change) {}
    };

    private static final Outcome UNHEARD = new Outcome() {
        @Override
        public void delivered(Receipt receipt) {}

        @Override
        public void unknown(RingClosedException cause) {}
    };

    private final AtomicLong clock = new AtomicLong();
    private final AtomicReference<ReplicatedObjects> running = new AtomicReference<>();
    private final MemberReports reports =
            new MemberReports(ReplicatedObjects.of(Duration.ofSeconds(5), running::get), clock::get);
    private Ring ring;

    @BeforeEach
    void start() throws Exception {
        RingOptions options =
                RingOptions.builder().clusterName("test-" + UUID.randomUUID()).build();
        running.set(ReplicatedObjects.open(
                ReplicationOptions.defaults(),
                SILENT,
                ReplicationListener.NONE,
                handler -> options.open(handler, reports)));
        ring = running.get().ring();
        ring.start().get(10, TimeUnit.SECONDS);
    }

    @AfterEach
    void stop() {
        ring.close();
    }

    @Test
    void whoIsWatchedTellsOfItselfAgainAndAgain() {
        reports.watch();

        await().untilAsserted(() -> assertThat(reports.heard()).containsOnlyKeys(self()));
        PageMessage.Report first = reports.heard().get(self()).report();
        assertThat(first.ring())
                .isEqualTo(ring.status().configuration().ringId().sequence());
        await().untilAsserted(() ->
                assertThat(reports.heard().get(self()).report().delivered()).isGreaterThan(first.delivered()));
    }

    @Test
    void whoIsNotWatchedAnyMoreFallsSilent() {
        reports.watch();
        await().until(() -> reports.heard().containsKey(self()));

        clock.addAndGet(TimeUnit.SECONDS.toNanos(6));

        awaitSilence();
        reports.watch();
        await().until(() -> reports.heard().get(self()).atNanos() == clock.get());
    }

    /** Two reports would have been due meanwhile. */
    private void awaitSilence() {
        await().during(Duration.ofMillis(1100))
                .atMost(Duration.ofSeconds(20))
                .until(
                        () -> ring.statistics().messagesAccepted(),
                        accepted -> accepted == lastAccepted.getAndSet(accepted));
    }

    private final AtomicLong lastAccepted = new AtomicLong();

    @Test
    void whatMeansNothingIsCountedAndOtherGroupsAreNot() {
        ring.offer(MemberReports.GROUP, new byte[] {1, 9}, Guarantee.AGREED, UNHEARD);
        ring.offer("vs.pages", new byte[] {1, 1}, Guarantee.AGREED, UNHEARD);
        ring.offer(MemberReports.GROUP, new byte[0], Guarantee.AGREED, UNHEARD);

        await().until(() -> reports.malformed() == 2);
        assertThat(reports.heard()).isEmpty();
        assertThat(ring.status().state()).hasToString("OPERATIONAL");
    }

    @Test
    void ofAnotherRingNobodyTellsHere() {
        byte[] late = new PageMessage.Report(1, 2, 3, 4, 5, 6, 7).encode();
        ring.offer(MemberReports.GROUP, late, Guarantee.AGREED, UNHEARD);
        ring.offer(MemberReports.GROUP, new byte[0], Guarantee.AGREED, UNHEARD);

        await().until(() -> reports.malformed() == 1);
        assertThat(reports.heard()).isEmpty();
    }

    @Test
    void withTheMemberGoesWhatItHeard() {
        reports.watch();
        await().until(() -> reports.heard().containsKey(self()));

        ring.close();

        await().untilAsserted(() -> assertThat(reports.heard()).isEmpty());
    }

    private MemberId self() {
        return ring.status().local().id();
    }
}
