package io.vsring.replicated;

import static io.vsring.replicated.Members.A;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vsring.Guarantee;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** Calls of a counter that wait behind each other become one, and nobody can tell but by the time it takes. */
class CombinedCallsTest {

    private static final long COUNTER = 1;
    private static final long OTHER = 2;

    private final CounterReplica counter = new CounterReplica();
    private final Clients clients = new Clients();
    private final List<Command> sent = new ArrayList<>();
    private final PendingCalls calls = new PendingCalls(A, (ring, command, guarantee) -> sent.add(command));
    private int applied;

    @Test
    void theFirstGoAtOnceAndThoseBehindThemGoAsOneWhenAnAnswerComes() {
        calls.open(10, clients);
        List<CompletableFuture<Answer>> adds = new ArrayList<>();
        for (int i = 1; i <= 100; i++) {
            adds.add(add(COUNTER, i));
        }
        assertThat(sent).as("at once").hasSize(2);

        applyNext();
        assertThat(sent).as("with the first answer").hasSize(3);
        applyNext();
        applyNext();

        assertThat(sent).hasSize(3);
        long expected = 0;
        for (int i = 1; i <= 100; i++) {
            expected += i;
            assertThat(sum(adds.get(i - 1))).as("call %d", i).isEqualTo(expected);
        }
    }

    @Test
    void aCallThatCannotBeCombinedWaitsForNothingAndOvertakesNothing() {
        calls.open(10, clients);
        for (int i = 0; i < 4; i++) {
            add(COUNTER, 1);
        }
        CompletableFuture<Answer> swapped = call(COUNTER, CounterReplica.compareAndSet(4, 10));
        CompletableFuture<Answer> after = add(COUNTER, 1);
        CompletableFuture<Answer> elsewhere = add(OTHER, 7);
        assertThat(sent).as("two, two in one, the barrier, and those behind it").hasSize(6);

        while (applied < sent.size()) {
            applyNext();
        }

        assertThat(swapped.join().body()).containsExactly(1);
        assertThat(sum(after)).isEqualTo(11);
        assertThat(elsewhere).isDone();
    }

    @Test
    void callsUnderDifferentGuaranteesAreNotOne() {
        calls.open(10, clients);
        for (int i = 0; i < 3; i++) {
            add(COUNTER, 1);
        }
        CompletableFuture<Answer> agreed = new CompletableFuture<>();

        calls.make(new PendingCalls.Call(
                Guarantee.AGREED, COUNTER, null, CounterReplica.add(1), CounterReplica.ADDS, agreed));

        assertThat(sent)
                .as("what waited goes; the agreed one waits in its turn")
                .hasSize(3);
    }

    @Test
    void ifTheOneFailsAllFail() {
        calls.open(10, clients);
        List<CompletableFuture<Answer>> adds = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            adds.add(add(COUNTER, 1));
        }
        applyNext();
        applyNext();

        calls.answered(3, Answer.refused("no"));

        assertThat(adds.subList(2, 5))
                .allSatisfy(add -> assertThatThrownBy(add::join)
                        .hasRootCauseInstanceOf(ReplicaException.class)
                        .hasMessageContaining("no"));
    }

    @Test
    void whatWasSentAsOneIsSentAgainAsTheSameOneAndAnsweredOnce() {
        calls.open(10, clients);
        List<CompletableFuture<Answer>> adds = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            adds.add(add(COUNTER, 1));
        }
        applyNext();
        applyNext();
        calls.freeze();
        CompletableFuture<Answer> later = add(COUNTER, 1);

        calls.open(11, clients);

        assertThat(sent.get(3).request()).isEqualTo(3);
        assertThat(sent.get(3).body()).containsExactly(sent.get(2).body());
        assertThat(sent.get(4).request()).isEqualTo(4);
        applied = 3;
        applyNext();
        applyNext();
        assertThat(sum(adds.get(2))).isEqualTo(3);
        assertThat(sum(adds.get(4))).isEqualTo(5);
        assertThat(sum(later)).isEqualTo(6);
    }

    @Test
    void inAMinorityAllThatWereNotSentAreRefused() {
        calls.open(10, clients);
        List<CompletableFuture<Answer>> adds = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            adds.add(add(COUNTER, 1));
        }
        calls.freeze();

        calls.refuse();

        assertThat(adds.subList(0, 2)).noneMatch(CompletableFuture::isDone);
        assertThat(adds.subList(2, 5))
                .allSatisfy(add -> assertThatThrownBy(add::join).hasRootCauseInstanceOf(NotPrimaryException.class));
    }

    @Test
    void combinedCallsCountAgainstTheLimitOfThoseThatWait() {
        for (int i = 0; i < 1 << 16; i++) {
            add(COUNTER, 1);
        }

        assertThatThrownBy(() -> add(COUNTER, 1)).isInstanceOf(ReplicaException.class);

        calls.open(10, clients);
        assertThat(sent).hasSize(1);
        assertThat(add(COUNTER, 1)).isNotDone();
    }

    private CompletableFuture<Answer> add(long object, long delta) {
        CompletableFuture<Answer> answer = new CompletableFuture<>();
        calls.make(new PendingCalls.Call(
                Guarantee.SAFE, object, null, CounterReplica.add(delta), CounterReplica.ADDS, answer));
        return answer;
    }

    private CompletableFuture<Answer> call(long object, byte[] body) {
        CompletableFuture<Answer> answer = new CompletableFuture<>();
        calls.make(new PendingCalls.Call(Guarantee.SAFE, object, null, body, null, answer));
        return answer;
    }

    /** The next one that was sent is delivered. */
    private void applyNext() {
        Command next = sent.get(applied++);
        byte[] answer = counter.apply(next.body(), new Replica.Circumstances(applied, 0, 0, A, Capabilities.NONE));
        clients.applied(next, Answer.done(answer));
        calls.answered(next.request(), Answer.done(answer));
    }

    private static long sum(CompletableFuture<Answer> answer) {
        return new ByteReader(answer.join().body()).getLong();
    }
}
