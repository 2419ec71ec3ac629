package io.vsring.security;

import static org.assertj.core.api.Assertions.assertThat;

import io.vsring.MemberAddress;
import org.junit.jupiter.api.Test;

class TrialsTest {

    private static final long SECOND = 1_000_000_000L;

    private final Trials trials = new Trials(-SECOND);
    private long nowNanos = -SECOND;

    @Test
    void oneHostIsTriedTwoHundredTimesASecondWhateverItsPort() {
        assertThat(admitted(1_000, 1)).isEqualTo(200);

        nowNanos += SECOND / 2;
        assertThat(admitted(1_000, 1)).isEqualTo(100);
    }

    @Test
    void allHostsTogetherAreTriedTwoThousandTimesASecondHoweverManyThereAre() {
        assertThat(admitted(1_000_000, 100_000)).isEqualTo(2_000);
        assertThat(admitted(1_000, 1)).as("nothing is left for anybody").isZero();

        nowNanos += SECOND / 2;
        assertThat(admitted(1_000_000, 100_000)).isEqualTo(1_000);

        nowNanos += 3_600 * SECOND;
        assertThat(admitted(1_000_000, 100_000)).as("an hour saves nothing up").isEqualTo(2_000);
    }

    private int admitted(int datagrams, int hosts) {
        int admitted = 0;
        for (int datagram = 0; datagram < datagrams; datagram++) {
            MemberAddress source = MemberAddress.ofIpv4(0x0A00_0000 + datagram % hosts, 1 + datagram % 60_000);
            admitted += trials.admits(source, nowNanos) ? 1 : 0;
        }
        return admitted;
    }
}
