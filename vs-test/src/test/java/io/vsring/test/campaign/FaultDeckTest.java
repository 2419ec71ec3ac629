package io.vsring.test.campaign;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

class FaultDeckTest {

    private static final Set<FaultKind> ALL = EnumSet.allOf(FaultKind.class);

    @Test
    void eachKindComesOnceBeforeAnyComesAgain() {
        FaultDeck deck = new FaultDeck(ALL, new Random(1));

        for (int times = 0; times < 3; times++) {
            List<FaultKind> first = new ArrayList<>();
            for (int card = 0; card < ALL.size(); card++) {
                first.add(deck.deal(kind -> true).get(0));
            }
            assertThat(first).containsExactlyInAnyOrderElementsOf(ALL);
        }
    }

    @Test
    void aProcessIsHurtWhileTheNetworkIsIllNowAndThen() {
        FaultDeck deck = new FaultDeck(ALL, new Random(1));
        Set<FaultKind> beside = EnumSet.noneOf(FaultKind.class);

        for (int card = 0; card < 200; card++) {
            List<FaultKind> dealt = deck.deal(kind -> true);
            if (dealt.size() == 2) {
                assertThat(dealt.get(0).family()).isEqualTo(FaultKind.Family.NETWORK);
                beside.add(dealt.get(1));
            }
        }

        assertThat(beside).containsExactlyInAnyOrder(FaultKind.STOP, FaultKind.KILL);
    }

    @Test
    void whatIsNotAllowedNowComesLater() {
        FaultDeck deck = new FaultDeck(EnumSet.of(FaultKind.KILL, FaultKind.LOSS), new Random(1));

        assertThat(deck.deal(kind -> kind == FaultKind.LOSS)).containsExactly(FaultKind.LOSS);
        assertThat(deck.deal(kind -> kind == FaultKind.LOSS)).isEmpty();
        assertThat(deck.deal(kind -> true)).containsExactly(FaultKind.KILL);
    }
}
