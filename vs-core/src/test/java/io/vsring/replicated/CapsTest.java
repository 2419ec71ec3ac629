package io.vsring.replicated;

import static io.vsring.replicated.Members.A;
import static io.vsring.replicated.Members.B;
import static io.vsring.replicated.Members.set;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vsring.Guarantee;
import io.vsring.MemberId;
import io.vsring.ring.Fill;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/** What replicated objects keep is filled, and goes on when it has room again: see docs/resources.md. */
class CapsTest {

    private static final int MEGABYTE = 1 << 20;

    private final Clients clients = new Clients();
    private final PendingCalls calls = new PendingCalls(A, (ring, command, guarantee) -> true);

    @Test
    void callsThatWaitAreBoundedByTheirBytes() {
        List<CompletableFuture<Answer>> made = new ArrayList<>();
        for (int i = 0; i < PendingCalls.WAITING_BYTES_MAX / MEGABYTE; i++) {
            made.add(make(new byte[MEGABYTE]));
        }
        assertThat(calls.waitingBytes()).isEqualTo(PendingCalls.WAITING_BYTES_MAX);

        assertThatThrownBy(() -> make(new byte[1]))
                .isInstanceOf(ReplicaException.class)
                .hasMessageContaining("64 calls with 67108864 bytes of this member wait")
                .hasMessageContaining("Nothing has been changed");
        assertThat(calls.waiting()).isEqualTo(made.size());

        calls.open(1, clients);

        assertThat(calls.waitingBytes()).isZero();
        made.add(make(new byte[1]));
        for (int i = 0; i < made.size(); i++) {
            calls.answered(i + 1L, Answer.done(Answer.NOTHING));
        }
        assertThat(made).allMatch(CompletableFuture::isDone);
    }

    @Test
    void callsThatWaitAreBoundedInNumber() {
        for (int i = 0; i < PendingCalls.WAITING_MAX; i++) {
            make(Answer.NOTHING);
        }

        assertThatThrownBy(() -> make(Answer.NOTHING)).isInstanceOf(ReplicaException.class);

        calls.refuse();
        calls.freeze();
        assertThat(calls.waiting()).isZero();
        make(Answer.NOTHING);
        assertThat(calls.waiting()).isOne();
    }

    @Test
    void aCallThatIsLargerThanAllMayBeWaitsAlone() {
        make(new byte[(int) PendingCalls.WAITING_BYTES_MAX + 1]);

        assertThatThrownBy(() -> make(Answer.NOTHING)).isInstanceOf(ReplicaException.class);
    }

    private CompletableFuture<Answer> make(byte[] body) {
        CompletableFuture<Answer> answer = new CompletableFuture<>();
        calls.make(new PendingCalls.Call(Guarantee.SAFE, 1, null, body, null, answer));
        return answer;
    }

    @Test
    void theAnswersOfThoseWhoAreLongGoneAreForgottenAndTheirLastCallsAreNot() {
        byte[] large = new byte[MEGABYTE];
        int fit = (int) (Clients.GONE_BYTES_MAX / MEGABYTE) - 1; // there is a little around each
        for (int i = 0; i < fit + 1; i++) {
            MemberId client = client(i);
            clients.members(set(A, client));
            clients.applied(new Command(client, 5, 0, 1, null, Answer.NOTHING), Answer.done(large));
            clients.members(set(A));
        }

        assertThat(clients.goneBytes()).isBetween(Clients.GONE_BYTES_MAX - MEGABYTE, Clients.GONE_BYTES_MAX);
        assertThat(clients.gone()).isEqualTo(fit + 1);
        assertThat(clients.before(client(1), 5).body()).isSameAs(large);
        assertThat(clients.before(client(0), 5).kind()).isEqualTo(Answer.Kind.FORGOTTEN);
        assertThat(clients.last(client(0)))
                .as("a call that comes twice is not carried out again")
                .isEqualTo(5);
    }

    @Test
    void noMoreThanAThousandOfThoseWhoAreGoneAreRemembered() {
        for (int i = 0; i < Clients.GONE_MAX + 1; i++) {
            clients.applied(new Command(client(i), 1, 0, 1, null, Answer.NOTHING), Answer.done(Answer.NOTHING));
            clients.members(set(A));
        }

        assertThat(clients.last(client(0))).isEqualTo(-1);
        assertThat(clients.last(client(1))).isEqualTo(1);
        assertThat(clients.last(client(Clients.GONE_MAX))).isEqualTo(1);
    }

    /** B asks for a large value again and again and does not wait; A has asked once. */
    @Test
    void ofTheAnswersOfThoseWhoAreHereTheOldestOfWhoHasMostAreForgotten() {
        byte[] large = new byte[MEGABYTE];
        clients.members(set(A, B));
        answered(A, 1, large);
        int fit = (int) (Clients.KEPT_BYTES_MAX / MEGABYTE) - 2; // with the one of A
        for (int request = 1; request <= fit; request++) {
            answered(B, request, large);
        }
        assertThat(clients.before(B, 1).body()).isSameAs(large);

        answered(B, fit + 1, large);

        assertThat(clients.keptBytes()).isBetween(Clients.KEPT_BYTES_MAX - MEGABYTE, Clients.KEPT_BYTES_MAX);
        assertThat(clients.before(A, 1).body()).isSameAs(large);
        assertThat(clients.before(B, 1).kind()).isEqualTo(Answer.Kind.FORGOTTEN);
        assertThat(clients.before(B, 2).body()).isSameAs(large);
        assertThat(clients.last(B))
                .as("a call that comes twice is not carried out again")
                .isEqualTo(fit + 1);

        clients.applied(new Command(B, fit + 2, fit + 1, 1, null, Answer.NOTHING), Answer.done(Answer.NOTHING));
        assertThat(clients.keptBytes()).as("it has them, but for the last one").isLessThan(2 * MEGABYTE);
    }

    @Test
    void anAnswerThatIsLargerThanAllMayBeIsKeptAlone() {
        clients.members(set(A, B));
        answered(A, 1, new byte[MEGABYTE]);
        answered(B, 1, new byte[MEGABYTE]);

        answered(B, 2, new byte[(int) Clients.KEPT_BYTES_MAX]);

        assertThat(clients.before(B, 2).kind()).isEqualTo(Answer.Kind.DONE);
        assertThat(clients.before(B, 1).kind()).isEqualTo(Answer.Kind.FORGOTTEN);
        assertThat(clients.before(A, 1).kind()).isEqualTo(Answer.Kind.FORGOTTEN);
    }

    /** Else they would not forget the same, and one would carry out a call that the other does not know. */
    @Test
    void whoGetsTheStateForgetsWhatTheOthersForget() {
        Clients copy = new Clients();
        byte[] large = new byte[MEGABYTE];
        clients.members(set(A, B));
        int half = (int) (Clients.KEPT_BYTES_MAX / MEGABYTE / 2);
        for (int request = 1; request <= half; request++) {
            answered(A, request, large);
            answered(B, request, Answer.NOTHING);
        }
        clients.snapshot().forEachRemaining(copy::restore);
        assertThat(copy.keptBytes()).isEqualTo(clients.keptBytes());
        for (Clients each : List.of(clients, copy)) {
            for (int request = half + 1; request <= 2 * half; request++) {
                each.applied(new Command(A, request, 0, 1, null, Answer.NOTHING), Answer.done(large));
            }
        }

        for (int request = 1; request <= 2 * half; request++) {
            assertThat(copy.before(A, request).kind())
                    .isEqualTo(clients.before(A, request).kind());
        }
        assertThat(copy.before(A, 1).kind()).isEqualTo(Answer.Kind.FORGOTTEN);
        assertThat(copy.keptBytes()).isEqualTo(clients.keptBytes());
    }

    /** Else one piece would be as large as all that is kept, and several times in memory while it is sent. */
    @Test
    void theAnswersOfOneClientAreSentInSmallPiecesAsTheyWereWhenThatBegan() {
        clients.members(set(A, B));
        for (int request = 1; request <= 1_000; request++) {
            answered(A, request, new byte[1_000]);
        }
        answered(B, 1, new byte[MEGABYTE]);
        long kept = clients.keptBytes();
        Iterator<byte[]> pieces = clients.snapshot();
        clients.applied(new Command(A, 1_001, 1_000, 1, null, Answer.NOTHING), Answer.done(Answer.NOTHING));

        Clients copy = new Clients();
        List<Integer> lengths = new ArrayList<>();
        pieces.forEachRemaining(piece -> {
            lengths.add(piece.length);
            copy.restore(piece);
        });

        assertThat(lengths).filteredOn(length -> length > 33_000).hasSize(1);
        assertThat(copy.keptBytes()).isEqualTo(kept);
        assertThat(copy.last(A)).isEqualTo(1_000);
        for (int request = 1; request <= 1_000; request++) {
            assertThat(copy.before(A, request).body()).hasSize(1_000);
        }
    }

    private void answered(MemberId client, long request, byte[] body) {
        clients.applied(new Command(client, request, 0, 1, null, Answer.NOTHING), Answer.done(body));
    }

    private static MemberId client(int number) {
        return new MemberId(1000 + number, 1);
    }

    @Test
    void whenThereAreTooManyObjectsNoMoreAreMadeAndTheOthersGoOn() {
        Journal journal = Journal.begin(kinds(), 7);
        for (int i = 0; i < Shelf.OBJECTS_MAX; i++) {
            assertThat(add(journal, i).kind()).isEqualTo(Answer.Kind.DONE);
        }

        Answer refused = add(journal, Shelf.OBJECTS_MAX);

        assertThat(refused.kind()).isEqualTo(Answer.Kind.REFUSED);
        assertThat(refused.text()).contains("65536 replicated objects").contains("'c65536' is not made");
        assertThat(add(journal, 0).kind()).isEqualTo(Answer.Kind.DONE);
    }

    private long requests;

    private Answer add(Journal journal, int counter) {
        Command.Creation creation = new Command.Creation("c" + counter, CounterReplica.KIND);
        requests++;
        return journal.apply(
                new Command(A, requests, requests - 1, Shelf.key(creation), creation, CounterReplica.add(1)));
    }

    @Test
    void whenTooManyLocksAreHeldOrWaitedForOneHasToBeReleasedFirst() {
        LocksReplica locks = new LocksReplica((client, session, token) -> {});
        acquire(locks, 0, 1, A);
        acquire(locks, 0, 2, B);
        for (int i = 1; i < LocksReplica.CLAIMS_MAX - 1; i++) {
            acquire(locks, i, 1, A);
        }

        assertThatThrownBy(() -> acquire(locks, LocksReplica.CLAIMS_MAX, 1, A))
                .isInstanceOf(ReplicaException.class)
                .hasMessageContaining("262144 locks are held or waited for");
        assertThatThrownBy(() -> acquire(locks, 1, 3, A)).isInstanceOf(ReplicaException.class);
        LocksReplica copy = new LocksReplica((client, session, token) -> {});
        locks.snapshot().forEachRemaining(copy::restore);
        assertThatThrownBy(() -> acquire(copy, LocksReplica.CLAIMS_MAX, 1, A)).isInstanceOf(ReplicaException.class);

        locks.onMembers(set(A), by(A)); // who waited has gone
        acquire(locks, 1, 3, A);
        assertThat(locks.apply(LocksReplica.release("l1", 3), by(A))).containsExactly(1);
        assertThat(locks.apply(LocksReplica.release("l2", 1), by(A))).containsExactly(1);
        acquire(locks, LocksReplica.CLAIMS_MAX, 1, A);
        acquire(locks, LocksReplica.CLAIMS_MAX, 2, A);
        assertThatThrownBy(() -> acquire(locks, LocksReplica.CLAIMS_MAX, 3, A)).isInstanceOf(ReplicaException.class);
    }

    private static void acquire(LocksReplica locks, int lock, long session, MemberId client) {
        byte[] unused =
                locks.apply(LocksReplica.acquire(LocksReplica.Kind.ACQUIRE, "l" + lock, session, 1), by(client));
    }

    private static Replica.Circumstances by(MemberId client) {
        return new Replica.Circumstances(0, 1, 1, client, Capabilities.NONE);
    }

    @Test
    void questionsToTheDeliveryThreadAreBoundedAndGoOnWhenTheyAreAnswered() {
        ScriptedRing ring = new ScriptedRing(A);
        Errands errands = new Errands(ring);
        for (int i = 0; i < Errands.OPEN_MAX; i++) {
            errands.run(() -> "answer");
        }

        assertThat(errands.run(() -> "answer")).isCompletedExceptionally();
        assertThat(errands.open()).isEqualTo(Errands.OPEN_MAX);

        ring.pass(Duration.ZERO);
        CompletableFuture<String> next = errands.run(() -> "answer");
        ring.pass(Duration.ZERO);
        assertThat(next).isCompletedWithValue("answer");
        assertThat(errands.open()).isZero();
    }

    @Test
    void theLogOfCommandsKeepsTheLastOnes() {
        Command command = new Command(A, 1, 0, 1, null, new byte[1000]);
        CommandLog log = new CommandLog(10 * command.bytes());
        for (int position = 0; position < 100; position++) {
            log.add(command, position, 1000 + position);
        }

        assertThat(log.leadsFrom(89, 1089)).isFalse();
        assertThat(log.leadsFrom(90, 1090)).isTrue();
        assertThat(log.from(0)).hasSize(10);
    }

    @Test
    void ofTheHistoriesThatWereGivenUpTheYoungestAreRemembered() {
        Journal journal = Journal.begin(new TreeMap<>(), 7);
        for (int lineage = 1; lineage <= 2 * Journal.ENDED_MAX; lineage++) {
            Establishment beginning = new Establishment(
                    set(A), Capabilities.NONE, List.of(new HistoryName(0, lineage)), Establishment.NOT_DECLARED, 0);
            assertThat(journal.apply(Command.established(beginning)).kind()).isEqualTo(Answer.Kind.DONE);
        }

        assertThat(journal.ended())
                .hasSize(Journal.ENDED_MAX)
                .startsWith(new HistoryName(0, Journal.ENDED_MAX + 1))
                .endsWith(new HistoryName(0, 2 * Journal.ENDED_MAX));
        ReplicationBoard board = new ReplicationBoard(new MapListenerRegistry(), TransferLimits.defaults());
        journal.show(board);
        assertThat(board.fills().get("ended-histories")).isEqualTo(new Fill(Journal.ENDED_MAX, Journal.ENDED_MAX));
    }

    @Test
    void digestsOfLongAgoAreNotComparedAnyMore() {
        DigestWatch watch = new DigestWatch();
        Journal journal = Journal.begin(kinds(), 7);
        add(journal, 0);
        long first = journal.position();
        for (int i = 0; i <= DigestWatch.REMEMBERED_MAX; i++) {
            Digests unused = watch.take(journal);
            add(journal, 0);
        }

        assertThat(watch.differing(new Digests(first, new TreeMap<>()))).isEmpty();
        assertThat(watch.differing(new Digests(first + 1, new TreeMap<>()))).hasSize(1);
    }

    @Test
    void aFewPacksOfAStateAreUnderWayAndTheNextFollowWhenTheyHaveComeBack() {
        Journal journal = Journal.begin(kinds(), 7);
        for (int i = 0; i < 1000; i++) {
            add(journal, i);
        }
        List<StatePack> sent = new ArrayList<>();
        TransferSource source = new TransferSource(64, sent::add);

        source.begin(journal, new TransferPlan(set(), set(), journal.position(), set(B)));

        assertThat(sent).hasSize(TransferSource.UNDER_WAY_MAX);
        for (int back = 0; back < sent.size(); back++) {
            assertThat(sent.size() - back).isLessThanOrEqualTo(TransferSource.UNDER_WAY_MAX);
            source.delivered();
        }
        assertThat(sent).hasSizeGreaterThan(100).last().matches(StatePack::last);
    }

    private static Map<String, Supplier<Replica>> kinds() {
        Map<String, Supplier<Replica>> kinds = new TreeMap<>();
        kinds.put(CounterReplica.KIND, CounterReplica::new);
        return kinds;
    }
}
