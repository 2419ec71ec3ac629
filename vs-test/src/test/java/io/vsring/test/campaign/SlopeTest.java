package io.vsring.test.campaign;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SlopeTest {

    private static final double[] TIMES =
            IntStream.range(0, 60).mapToDouble(each -> each * 10).toArray();

    @Test
    void whatOnlyWaversDoesNotGrow() {
        Random dice = new Random(1);
        double[] values = IntStream.range(0, 60)
                .mapToDouble(each -> 1000 + dice.nextInt(100))
                .toArray();

        assertThat(Slope.growth(TIMES, values)).isCloseTo(0, within(40.0));
    }

    @Test
    void aLeakIsSeenThroughTheNoiseAndWhatLiesFarOff() {
        Random dice = new Random(1);
        double[] values = IntStream.range(0, 60)
                .mapToDouble(each -> 1000 + 5 * each + dice.nextInt(100))
                .toArray();
        values[0] = 1_000_000;
        values[30] = 0;

        assertThat(Slope.growth(TIMES, values)).isCloseTo(295, within(60.0));
    }

    @Test
    void oneStepInTheMiddleThatStaysIsSeenToo() {
        double[] values =
                IntStream.range(0, 60).mapToDouble(each -> each < 30 ? 10 : 20).toArray();

        assertThat(Slope.growth(TIMES, values)).isPositive();
    }
}
