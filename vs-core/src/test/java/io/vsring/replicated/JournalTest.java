package io.vsring.replicated;

import static io.vsring.replicated.Members.A;
import static io.vsring.replicated.Members.B;
import static io.vsring.replicated.Members.set;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vsring.MemberId;
import java.util.Iterator;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

class JournalTest {

    private static final Command.Creation COUNTER = new Command.Creation("visits", CounterReplica.KIND);

    private final Journal journal = Journal.begin(kinds(), 7);

    @Test
    void aCallThatComesTwiceIsCarriedOutOnceAndAnsweredAlike() {
        Answer first = journal.apply(add(A, 1, 5));
        Answer again = journal.apply(add(A, 1, 5));

        assertThat(number(first)).isEqualTo(5);
        assertThat(number(again)).isEqualTo(5);
        assertThat(number(journal.apply(add(A, 2, 1)))).isEqualTo(6);
    }

    @Test
    void anAnswerIsForgottenWhenTheClientSaysThatItHasIt() {
        Answer unused = journal.apply(add(A, 1, 5));
        unused = journal.apply(new Command(A, 2, 1, Shelf.key(COUNTER), COUNTER, CounterReplica.add(1)));

        assertThat(journal.apply(add(A, 1, 5)).kind()).isEqualTo(Answer.Kind.FORGOTTEN);
        assertThat(number(journal.apply(add(A, 3, 0))))
                .as("and it is not carried out again")
                .isEqualTo(6);
    }

    @Test
    void clientsAreNotTakenForEachOther() {
        Answer unused = journal.apply(add(A, 1, 5));

        assertThat(number(journal.apply(add(B, 1, 5)))).isEqualTo(10);
    }

    @Test
    void whoDoesNotSayWhatAnObjectIsIsToldWhenThereIsNone() {
        Command unknown = new Command(A, 1, 0, Shelf.key(COUNTER), null, CounterReplica.add(1));

        assertThat(journal.apply(unknown).kind()).isEqualTo(Answer.Kind.NO_OBJECT);
    }

    @Test
    void aCommandThatThrowsIsAnsweredAndChangesNothing() {
        Answer refused = journal.apply(new Command(A, 1, 0, Shelf.key(COUNTER), COUNTER, new byte[] {99}));

        assertThat(refused.kind()).isEqualTo(Answer.Kind.REFUSED);
        assertThat(refused.text()).contains("MalformedCommandException");
        assertThat(number(journal.apply(add(A, 2, 1)))).isEqualTo(1);
    }

    @Test
    void twoThatAppliedTheSameHaveOneDigestAndOthersNot() {
        Journal same = Journal.begin(kinds(), 7);
        Journal other = Journal.begin(kinds(), 7);
        Journal foreign = Journal.begin(kinds(), 8);

        Answer unused = journal.apply(add(A, 1, 5));
        unused = same.apply(add(A, 1, 5));
        unused = other.apply(add(A, 1, 6));
        unused = foreign.apply(add(A, 1, 5));

        assertThat(same.extent()).isEqualTo(journal.extent());
        assertThat(other.extent()).isNotEqualTo(journal.extent());
        assertThat(foreign.extent()).isNotEqualTo(journal.extent());
    }

    @Test
    void aStateThatHasTravelledGoesOnLikeTheOneItCameFrom() {
        Answer unused = journal.apply(add(A, 1, 5));
        unused = journal.apply(Command.established(Establishment.of(set(A, B), Capabilities.NONE)));
        journal.addTentative(add(B, 1, 7));

        Journal copy = new Journal(kinds());
        for (Iterator<byte[]> pieces = journal.snapshot(); pieces.hasNext(); ) {
            copy.restore(pieces.next());
        }

        assertThat(copy.extent()).isEqualTo(journal.extent());
        assertThat(number(copy.apply(add(A, 1, 5)))).as("a call from before").isEqualTo(5);
        copy.applyTentative();
        assertThat(number(copy.apply(add(A, 2, 0)))).isEqualTo(12);
    }

    @Test
    void aSnapshotShowsNothingOfWhatCameAfterIt() {
        Answer unused = journal.apply(add(A, 1, 5));
        Iterator<byte[]> pieces = journal.snapshot();
        Standing.Extent then = journal.extent();

        unused = journal.apply(Command.established(Establishment.of(set(A, B), Capabilities.NONE)));

        Journal copy = new Journal(kinds());
        pieces.forEachRemaining(copy::restore);
        assertThat(copy.extent()).isEqualTo(then);
    }

    @Test
    void whatIsTentativeIsNotSeenUntilItIsApplied() {
        Answer unused = journal.apply(add(A, 1, 5));

        journal.addTentative(add(A, 2, 5));

        assertThat(here(journal)).isEqualTo(5);
        journal.applyTentative();
        assertThat(here(journal)).isEqualTo(10);
    }

    @Test
    void whoLacksNoMoreThanTheLastCommandsIsToldThese() {
        Standing.Extent beginning = journal.extent();
        Answer unused = journal.apply(add(A, 1, 5));
        unused = journal.apply(add(A, 2, 6));

        assertThat(journal.leadsFrom(beginning)).isTrue();
        assertThat(journal.commandsFrom(beginning.position())).hasSize(2);
        assertThat(journal.leadsFrom(new Standing.Extent(1, 12345, 0, 0)))
                .as("as many commands, but others")
                .isFalse();
    }

    @Test
    void bytesThatAreNoStateAreRefused() {
        assertThatThrownBy(() -> journal.restore(new byte[] {77})).isInstanceOf(MalformedCommandException.class);
        assertThatThrownBy(() -> journal.restore(new byte[] {0, 1})).isInstanceOf(MalformedCommandException.class);
    }

    private static long here(Journal journal) {
        CounterReplica counter = (CounterReplica) journal.shelf().find(Shelf.key(COUNTER));
        return counter == null ? 0 : counter.value();
    }

    private static Command add(MemberId client, long request, long delta) {
        return new Command(client, request, 0, Shelf.key(COUNTER), COUNTER, CounterReplica.add(delta));
    }

    private static long number(Answer answer) {
        return new ByteReader(answer.body()).getLong();
    }

    private static Map<String, Supplier<Replica>> kinds() {
        Map<String, Supplier<Replica>> kinds = new TreeMap<>();
        kinds.put(CounterReplica.KIND, CounterReplica::new);
        return kinds;
    }
}
