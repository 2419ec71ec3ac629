package io.vsring.replicated;

import static io.vsring.replicated.Members.A;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vsring.Guarantee;
import io.vsring.ring.OutcomeUnknownException;
import io.vsring.ring.RingClosedException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class PendingCallsTest {

    private final List<String> sent = new ArrayList<>();
    private final Clients clients = new Clients();
    private int room = Integer.MAX_VALUE;
    private final PendingCalls calls = new PendingCalls(A, this::send);

    private boolean send(long ring, Command command, Guarantee guarantee) {
        if (room == 0) {
            return false;
        }
        room--;
        sent.add(ring + ":" + command.request() + ":" + command.body()[0]);
        return true;
    }

    @Test
    void callsWaitUntilThereIsAPrimaryComponentAndGoInOrder() {
        CompletableFuture<Answer> first = make(1);
        make(2);
        assertThat(sent).isEmpty();

        calls.open(10, clients);

        assertThat(sent).containsExactly("10:1:1", "10:2:2");
        calls.answered(1, Answer.done(new byte[] {9}));
        assertThat(first.join().body()).containsExactly(9);
    }

    @Test
    void afterAChangeWhatWasSentGoesAgainWithItsNumberBeforeWhatIsNew() {
        calls.open(10, clients);
        make(1);
        make(2);
        calls.freeze();
        make(3);
        sent.clear();

        calls.open(11, clients);

        assertThat(sent).containsExactly("11:1:1", "11:2:2", "11:3:3");
    }

    @Test
    void whatHasBeenAppliedMeanwhileIsAnsweredAndNotSentAgain() {
        calls.open(10, clients);
        CompletableFuture<Answer> first = make(1);
        make(2);
        calls.freeze();
        sent.clear();
        clients.applied(command(1), Answer.done(new byte[] {7}));

        calls.open(11, clients);

        assertThat(first.join().body()).containsExactly(7);
        assertThat(sent).containsExactly("11:2:2");
    }

    @Test
    void whatFindsNoRoomIsSentWhenThereIs() {
        calls.open(10, clients);
        room = 1;
        make(1);
        make(2);
        assertThat(sent).containsExactly("10:1:1");

        room = 1;
        calls.sendUnsent();

        assertThat(sent).containsExactly("10:1:1", "10:2:2");
    }

    @Test
    void inAMinorityWhatWasNotSentIsRefusedAndWhatWasMayStillBeAnswered() {
        calls.open(10, clients);
        CompletableFuture<Answer> mayBeDone = make(1);
        calls.freeze();
        CompletableFuture<Answer> notSent = make(2);

        calls.refuse();

        assertThat(notSent).isCompletedExceptionally();
        assertThatThrownBy(notSent::join).hasRootCauseInstanceOf(NotPrimaryException.class);
        assertThatThrownBy(() -> make(3)).isInstanceOf(NotPrimaryException.class);
        assertThat(mayBeDone).isNotDone();
        calls.open(12, clients);
        assertThat(sent).endsWith("12:1:1");
    }

    @Test
    void aCallThatWasSentAndFoundNoRoomAfterAChangeIsNotTakenForOneThatWasNot() {
        calls.open(10, clients);
        CompletableFuture<Answer> mayBeDone = make(1);
        calls.freeze();
        room = 0;
        calls.open(11, clients);

        calls.refuse();

        assertThat(mayBeDone)
                .as("it may have been carried out in the first ring")
                .isNotDone();
    }

    @Test
    void aComponentThatDoesNotKnowThisMemberCannotSayWhatBecameOfItsCalls() {
        calls.open(10, clients);
        make(1);
        calls.answered(1, Answer.done(Answer.NOTHING));
        CompletableFuture<Answer> unknown = make(2);
        calls.freeze();

        calls.open(11, new Clients());

        assertThatThrownBy(unknown::join).hasRootCauseInstanceOf(OutcomeUnknownException.class);
        make(3);
        assertThat(sent).endsWith("11:3:3");
    }

    @Test
    void atTheEndEachCallIsToldWhatIsKnownOfIt() {
        calls.open(10, clients);
        CompletableFuture<Answer> unknown = make(1);
        calls.freeze();
        CompletableFuture<Answer> notSent = make(2);

        calls.close();

        assertThatThrownBy(unknown::join).hasRootCauseInstanceOf(OutcomeUnknownException.class);
        assertThatThrownBy(notSent::join).hasRootCauseInstanceOf(RingClosedException.class);
        assertThatThrownBy(() -> make(3)).isInstanceOf(RingClosedException.class);
    }

    private CompletableFuture<Answer> make(int body) {
        CompletableFuture<Answer> answer = new CompletableFuture<>();
        calls.make(new PendingCalls.Call(Guarantee.SAFE, 1, null, new byte[] {(byte) body}, null, answer));
        return answer;
    }

    private static Command command(long request) {
        return new Command(A, request, 0, 1, null, new byte[] {0});
    }
}
