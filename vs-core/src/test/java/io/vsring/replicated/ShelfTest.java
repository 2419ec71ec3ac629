package io.vsring.replicated;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vsring.MemberSet;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ShelfTest {

    private static final Command.Creation ONE = new Command.Creation("one", "egg");
    private static final Command.Creation OTHER = new Command.Creation("other", "egg");
    private static final Replica.Circumstances NOW = new Replica.Circumstances(0, 0, 0, Members.A, Capabilities.NONE);
    private static final byte[] BOIL = {1};
    private static final byte[] EAT = {0};
    private static final byte[] DROP = {2};

    private final Shelf shelf = new Shelf(Map.of("egg", Egg::new));
    private final Shelf.Item one = shelf.findOrCreate(1, ONE);
    private final Shelf.Item other = shelf.findOrCreate(2, OTHER);

    @Test
    void timePassesAsLongAsOneObjectWaitsForIt() {
        assertThat(shelf.waitsForTime()).isFalse();

        shelf.apply(one, BOIL, NOW);
        shelf.apply(other, BOIL, NOW);
        shelf.apply(one, EAT, NOW);
        assertThat(shelf.waitsForTime()).isTrue();

        shelf.apply(other, EAT, NOW);
        assertThat(shelf.waitsForTime()).isFalse();
    }

    @Test
    void anObjectMayWaitAfterACommandThatItRefused() {
        assertThatThrownBy(() -> shelf.apply(one, DROP, NOW)).isInstanceOf(ReplicaException.class);

        assertThat(shelf.waitsForTime()).isTrue();
    }

    @Test
    void timeAndMembersMayBeginAndEndTheWait() {
        shelf.members(MemberSet.of(Members.A), NOW);
        assertThat(shelf.waitsForTime()).isTrue();

        shelf.timePassed(NOW);
        assertThat(shelf.waitsForTime()).isFalse();
    }

    @Test
    void whatWaitedBeforeATransferWaitsAfterIt() {
        shelf.apply(other, BOIL, NOW);
        Shelf copy = new Shelf(Map.of("egg", Egg::new));

        shelf.snapshot().forEachRemaining(copy::restore);

        assertThat(copy.waitsForTime()).isTrue();
    }

    /** Is boiled until it is eaten, or time has passed; members put it on the fire. */
    private static final class Egg implements Replica {

        private boolean boils;

        @Override
        public byte[] apply(byte[] command, Circumstances circumstances) {
            boils = command[0] != EAT[0];
            if (command[0] == DROP[0]) {
                throw new ReplicaException("it is not dropped, but on the fire");
            }
            return command;
        }

        @Override
        public void onMembers(MemberSet members, Circumstances circumstances) {
            boils = true;
        }

        @Override
        public void onTime(Circumstances circumstances) {
            boils = false;
        }

        @Override
        public boolean waitsForTime() {
            return boils;
        }

        @Override
        public StateSnapshot snapshot() {
            return StateSnapshot.of(new byte[] {(byte) (boils ? 1 : 0)});
        }

        @Override
        public void restore(byte[] piece) {
            boils = piece[0] == 1;
        }
    }
}
