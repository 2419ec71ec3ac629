package io.vsring.test.campaign;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.function.Predicate;

/**
 * Deals kinds of faults like cards: none comes a second time before all others have come. So also a short run has all,
 * or as many as there is time for. One thread.
 */
final class FaultDeck {

    /** What may happen to a process while the network is ill as well. */
    private static final List<FaultKind> SECOND = List.of(FaultKind.STOP, FaultKind.KILL);

    private static final int SECOND_ONE_IN = 3;

    private final List<FaultKind> kinds;
    private final Random dice;
    private final List<FaultKind> cards = new ArrayList<>();

    FaultDeck(Set<FaultKind> kinds, Random dice) {
        this.kinds = kinds.stream().sorted().toList();
        this.dice = dice;
    }

    /**
     * The next fault, and perhaps one that is to happen at the same time.
     *
     * @param isAllowed what may happen now
     * @return nothing if no card that is left is allowed
     */
    List<FaultKind> deal(Predicate<FaultKind> isAllowed) {
        if (cards.isEmpty()) {
            cards.addAll(kinds);
            Collections.shuffle(cards, dice);
        }
        FaultKind first = cards.stream().filter(isAllowed).findFirst().orElse(null);
        if (first == null) {
            return List.of();
        }
        cards.remove(first);
        FaultKind second = SECOND.get(dice.nextInt(SECOND.size()));
        boolean isTwo = dice.nextInt(SECOND_ONE_IN) == 0
                && first.family() == FaultKind.Family.NETWORK
                && kinds.contains(second)
                && isAllowed.test(second);
        return isTwo ? List.of(first, second) : List.of(first);
    }
}
