package io.vsring.replicated;

import static io.vsring.replicated.Members.A;
import static io.vsring.replicated.Members.B;
import static io.vsring.replicated.Members.label;
import static io.vsring.replicated.Members.set;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

/** What no member writes is refused where it is read, before anything has been done with it (docs/fuzzing.md). */
class StrictReadingTest {

    @Test
    void textThatIsNoUtf8IsRefused() {
        byte[] latin = new ByteWriter(8).putBytes(new byte[] {(byte) 0xE4}).toBytes();

        refused(() -> new ByteReader(latin).getText());
    }

    @Test
    void setsThatDoNotAscendAreRefused() {
        byte[] twice = new ByteWriter(32).putNumber(2).putMember(A).putMember(A).toBytes();
        byte[] names = new ByteWriter(32).putNumber(2).putText("b").putText("a").toBytes();
        byte[] objects = new ByteWriter(64)
                .putNumber(5)
                .putNumber(2)
                .putLong(2)
                .putLong(0)
                .putLong(1)
                .putLong(0)
                .toBytes();

        refused(() -> new ByteReader(twice).getMembers());
        refused(() -> Capabilities.read(new ByteReader(names)));
        refused(() -> Digests.read(new ByteReader(objects)));
    }

    @Test
    void moreNamesOfCodeThanThereMayBeAreRefused() {
        ByteWriter names = new ByteWriter(4096).putNumber(513);
        for (int name = 1000; name < 1513; name++) {
            names.putText(String.valueOf(name));
        }

        refused(() -> Capabilities.read(new ByteReader(names.toBytes())));
    }

    @Test
    void aFlagIsOneOrNothing() {
        byte[] call = new ByteWriter(16)
                .putNumber(1)
                .putNumber(0)
                .putLong(9)
                .putByte(2)
                .toBytes();

        refused(() -> Command.read(A, new ByteReader(call)));
    }

    @Test
    void theLengthOfAPieceIsAsShortAsItCanBeAndNotNegative() {
        byte[] negative = {-1, -1, -1, -1, -1, -1, -1, -1, -1, 1};
        byte[] padded = {(byte) 0x81, 0, 7};
        byte[] zeros = {-128, -128, -128, -128, -128, -128, -128, -128, -128, 1}; // its one bit is that of the sign

        for (byte[] wrong : List.of(negative, padded, zeros)) {
            PieceBuffer buffer = new PieceBuffer();
            buffer.add(wrong);
            refused(buffer::next);
        }
    }

    @Test
    void whatFollowsACommandIsRefusedAndNothingHasChanged() {
        MapReplica map = new MapReplica(new MapOperations(List.of()));
        byte[] put = new ByteWriter(16)
                .putRaw(MapCommand.of(MapCommand.Kind.PUT, new byte[] {1}, new byte[] {2}, 0))
                .putByte(0)
                .toBytes();
        byte[] clear = {(byte) MapCommand.Kind.CLEAR.ordinal(), 0};

        map.apply(MapCommand.of(MapCommand.Kind.PUT, new byte[] {9}, new byte[] {9}), now());
        refused(() -> map.apply(put, now()));
        refused(() -> map.apply(clear, now()));
        refused(() -> new CounterReplica().apply(new byte[] {0, 0}, now()));

        assertThat(map.size()).isEqualTo(1);
    }

    /** Or what members say of it could not be written any more. */
    @Test
    void timeDoesNotOverflow() {
        Journal journal = Journal.begin(kinds(), -1);
        for (int step = 0; step < 1_000; step++) {
            Answer unused = journal.apply(Command.time(A, Command.MILLIS_MAX));
        }
        Journal copy = new Journal(kinds());

        journal.snapshot().forEachRemaining(copy::restore);

        assertThat(copy.extent()).isEqualTo(journal.extent());
        byte[] more = new ByteWriter(9).putNumber(Command.MILLIS_MAX + 1).toBytes();
        refused(() -> new Command(A, 0, 0, Command.TIME, null, more).readMillis());
    }

    @Test
    void aStateThatCannotBeReadIsNotWaitedForAndWhatIsHereStays() {
        Transfer transfer = new Transfer(B, kinds(), new TransferLimits(100, 50_000), pack -> {});
        Journal here = Journal.begin(kinds(), 7);
        Standing.Extent before = here.extent();
        transfer.await(StandingOf.at(StandingOf.valid(A, label(5), set(A), 0), new Standing.Extent(3, 1, 0, 0)));
        assertThat(transfer.onPlan(A, new TransferPlan(set(), set(), 0, set(B)), here))
                .isTrue();

        refused(() -> transfer.onPack(A, new StatePack(StatePack.Content.WHOLE, 0, false, new byte[] {1, 77})));

        assertThat(transfer.isComplete()).isFalse();
        assertThat(here.extent()).isEqualTo(before);
        transfer.pause();
        assertThat(transfer.progress()).as("nobody goes on with it").isNull();
    }

    @Test
    void whoNeverSaysHowTheStateComesDoesNotFillTheMemoryOfThoseWhoWait() {
        Transfer transfer = new Transfer(B, kinds(), new TransferLimits(100, 50_000), pack -> {});
        transfer.await(StandingOf.at(StandingOf.valid(A, label(5), set(A), 0), new Standing.Extent(3, 1, 0, 0)));

        assertThatThrownBy(() -> {
                    for (int call = 1; call <= 1_000; call++) {
                        transfer.keep(new Command(A, call, 0, 9, null, new byte[100]));
                    }
                })
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("50000 bytes");
    }

    private static void refused(ThrowingCallable reading) {
        assertThatThrownBy(reading).isInstanceOf(MalformedCommandException.class);
    }

    private static Replica.Circumstances now() {
        return new Replica.Circumstances(1, 1, 1, A, Capabilities.NONE);
    }

    private static Map<String, Supplier<Replica>> kinds() {
        return new TreeMap<>(Map.of(CounterReplica.KIND, CounterReplica::new));
    }
}
