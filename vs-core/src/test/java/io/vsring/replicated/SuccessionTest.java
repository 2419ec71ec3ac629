package io.vsring.replicated;

import static io.vsring.replicated.Members.A;
import static io.vsring.replicated.Members.B;
import static io.vsring.replicated.Members.set;
import static org.assertj.core.api.Assertions.assertThat;

import io.vsring.RingConfiguration;
import io.vsring.RingId;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** What a member takes for established, and tells the others on the next ring. */
class SuccessionTest {

    private static final RingId FIRST = new RingId(A, 10);
    private static final RingId SECOND = new RingId(A, 11);
    private static final long LINEAGE = 7L << Journal.LINEAGE_CHANCE_BITS;

    private final Told told = new Told();
    private final Succession succession = new Succession(A, new TreeMap<>(), TransferLimits.defaults(), told);

    @Test
    void whatIsEstablishedInTheTransitionalConfigurationCountsAsEstablished() {
        beginTogether();

        succession.entered(RingConfiguration.transitional(FIRST, SECOND, set(A)));
        succession.onReady(A);
        succession.onReady(B);
        succession.entered(RingConfiguration.regular(SECOND, set(A)));

        assertThat(told.last().label()).isEqualTo(new Label(0, LINEAGE, FIRST));
        assertThat(told.last().attempts()).isEmpty();
        assertThat(told.answers).as("to clients").isZero();
    }

    @Test
    void whatWasNotEstablishedDoesNot() {
        beginTogether();

        succession.entered(RingConfiguration.transitional(FIRST, SECOND, set(A)));
        succession.onReady(B);
        succession.entered(RingConfiguration.regular(SECOND, set(A)));

        assertThat(told.last().label()).isNull();
    }

    private void beginTogether() {
        succession.entered(RingConfiguration.regular(FIRST, set(A, B)));
        succession.onStanding(told.last());
        succession.onStanding(StandingOf.blank(B, 0));
        succession.onFounded(LINEAGE);
    }

    /** Remembers what matters here. */
    private static final class Told implements Succession.Outside {

        private final List<Standing> standings = new ArrayList<>();
        private int answers;

        Standing last() {
            return standings.get(standings.size() - 1);
        }

        @Override
        public Standing.Setup setup() {
            return new Standing.Setup(0, 1_000, Capabilities.NONE);
        }

        @Override
        public void send(Standing standing) {
            standings.add(standing);
        }

        @Override
        public void sendReady() {}

        @Override
        public void send(TransferPlan plan) {}

        @Override
        public void send(StatePack pack) {}

        @Override
        public void send(Digests digests) {}

        @Override
        public void sendStop(long key) {}

        @Override
        public void mayFound() {}

        @Override
        public void freeze() {}

        @Override
        public void open(Clients clients) {
            answers++;
        }

        @Override
        public void refuse() {}

        @Override
        public void answered(long request, Answer answer) {
            answers++;
        }

        @Override
        public void discarded(DiscardedState state) {}

        @Override
        public void replaced(Journal journal) {}

        @Override
        public void warn(String what) {}

        @Override
        public void changed(PrimaryStatus status) {}
    }
}
