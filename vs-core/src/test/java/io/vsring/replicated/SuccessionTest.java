package io.vsring.replicated;

import static io.vsring.replicated.Members.A;
import static io.vsring.replicated.Members.B;
import static io.vsring.replicated.Members.set;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vsring.RingConfiguration;
import io.vsring.RingId;
import io.vsring.ring.Fill;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/** What a member takes for established, and tells the others on the next ring. */
class SuccessionTest {

    private static final RingId FIRST = new RingId(A, 10);
    private static final RingId SECOND = new RingId(A, 11);
    private static final RingId THIRD = new RingId(A, 12);
    private static final TransferLimits LIMITS = new TransferLimits(100, 50_000);
    private static final long LINEAGE = 7L << Journal.LINEAGE_CHANCE_BITS;

    private final Told told = new Told();
    private final ReplicationBoard board = new ReplicationBoard(new MapListenerRegistry(), LIMITS);
    private final Succession succession = new Succession(A, kinds(), LIMITS, told);

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

    @Test
    void whoCannotKeepWhatIsTentativeSaysWhatToDoInsteadOfRunningOutOfMemory() {
        beginTogether();
        succession.onReady(A);
        succession.onReady(B);
        succession.entered(RingConfiguration.transitional(FIRST, SECOND, set(A)));
        int kept = 40;
        for (int request = 1; request <= kept; request++) {
            succession.onCommand(call(request, new byte[1_000]));
        }
        assertThat(succession.journal().tentativeBytes()).isBetween(40_000L, LIMITS.bytesMax());
        succession.journal().show(board);
        assertThat(board.fills().get("tentative-commands"))
                .isEqualTo(new Fill(succession.journal().tentativeBytes(), LIMITS.bytesMax()));

        assertThatThrownBy(() -> succession.onCommand(call(kept + 1, new byte[20_000])))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("50000 bytes")
                .hasMessageContaining("-Xmx");
        assertThat(succession.journal().extent().tentative()).isEqualTo(kept);

        succession.journal().applyTentative();
        assertThat(succession.journal().tentativeBytes()).isZero();
    }

    @Test
    void whatIsTentativeIsCountedWhateverBecomesOfIt() {
        Journal journal = Journal.begin(kinds(), LINEAGE);
        long each = call(1, new byte[100]).bytes();
        for (int request = 1; request <= 10; request++) {
            journal.addTentative(call(request, new byte[100]));
        }
        assertThat(journal.tentativeBytes()).isEqualTo(10 * each);

        journal.applyTentativeTo(4);
        assertThat(journal.tentativeBytes()).isEqualTo(6 * each);

        journal.forgetTentative();
        assertThat(journal.tentativeBytes()).isZero();
    }

    private static Command call(long request, byte[] body) {
        return new Command(B, request, 0, 99, new Command.Creation("n", CounterReplica.KIND), body);
    }

    @Test
    void componentsThatWereAttemptedAreShown() {
        beginTogether();
        succession.onReady(A);
        succession.onReady(B);
        succession.show(board);
        assertThat(board.fills().get("attempts")).isEqualTo(new Fill(0, Attempts.REMEMBERED_MAX));

        succession.entered(RingConfiguration.regular(SECOND, set(A, B)));
        succession.onStanding(told.last());
        succession.onStanding(StandingOf.blank(B, 0));
        succession.entered(RingConfiguration.regular(THIRD, set(A, B)));

        succession.show(board);
        assertThat(board.fills().get("attempts").used())
                .isPositive()
                .isEqualTo(told.last().attempts().size());
    }

    /** B has the state, A gets it, and is behind with the commands that came meanwhile when the ring breaks. */
    @Test
    void whoIsBehindWhenTheRingBreaksHasCaughtUpBeforeItSaysWhatItHolds() {
        Journal ofB = Journal.begin(kinds(), LINEAGE);
        Establishment beginning = Establishment.of(set(B), Capabilities.NONE);
        Answer unused = ofB.apply(Command.established(beginning));
        Deque<StatePack> packs = new ArrayDeque<>();
        Transfer source = new Transfer(B, kinds(), LIMITS, packs::add);
        Exchange standings = new Exchange(set(A, B));
        Standing own = StandingOf.at(StandingOf.valid(B, new Label(0, LINEAGE, FIRST), set(B), 0), ofB.extent());

        succession.entered(RingConfiguration.regular(SECOND, set(A, B)));
        for (Standing each : List.of(told.last(), own)) {
            standings.add(each);
            succession.onStanding(each);
        }
        TransferPlan plan = source.plan(ofB, standings, set(A, B), own);
        succession.onPlan(B, plan);
        source.send(ofB, plan);
        succession.onReady(B);
        ofB.apply(Command.established(standings.decide().beginning()));
        for (int i = 1; i <= 100; i++) {
            Command call = new Command(B, i, 0, 99, new Command.Creation("n", CounterReplica.KIND), new byte[0]);
            succession.onCommand(call);
            ofB.apply(call);
        }
        while (!packs.isEmpty()) {
            StatePack pack = packs.remove();
            succession.onPack(B, pack);
            source.onPack(B, pack);
        }
        assertThat(told.comesBack).as("it is behind").isTrue();
        succession.entered(RingConfiguration.transitional(SECOND, THIRD, set(A)));
        succession.entered(RingConfiguration.regular(THIRD, set(A)));

        assertThat(told.last().extent()).isEqualTo(ofB.extent());
    }

    private static Map<String, Supplier<Replica>> kinds() {
        return new TreeMap<>(Map.of(CounterReplica.KIND, CounterReplica::new));
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
        private boolean comesBack;

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
        public void comeBack() {
            comesBack = true;
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
