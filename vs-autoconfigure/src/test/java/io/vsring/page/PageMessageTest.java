package io.vsring.page;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

class PageMessageTest {

    private static final PageMessage.Report REPORT = new PageMessage.Report(7, 1L << 40, 3, 4, 5, 6, Long.MAX_VALUE);

    @Test
    void whatIsSaidIsUnderstood() {
        assertThat(decoded(REPORT.encode())).isEqualTo(REPORT);
        assertThat(decoded(new PageMessage.Watch().encode())).isEqualTo(new PageMessage.Watch());
    }

    @Test
    void theBytesStayWhatTheyAre() {
        assertThat(new PageMessage.Watch().encode()).containsExactly(1, 1);
        assertThat(REPORT.encode())
                .startsWith(1, 2, 0, 0, 0, 0, 0, 0, 0, 7, 0, 0, 1, 0)
                .hasSize(58);
    }

    @Test
    void whatIsShortOrLongOrOfAnotherVersionOrNegativeMeansNothing() {
        byte[] report = REPORT.encode();

        for (int length = 0; length < report.length; length++) {
            assertThat(decoded(Arrays.copyOf(report, length))).isNull();
        }
        assertThat(decoded(Arrays.copyOf(report, report.length + 1))).isNull();
        assertThat(decoded(new byte[] {1, 1, 0})).isNull();
        assertThat(decoded(new byte[] {2, 1})).isNull();
        assertThat(decoded(new byte[] {1, 3})).isNull();
        report[10] = -1;
        assertThat(decoded(report)).isNull();
    }

    @Test
    void noBytesAreTooStrange() {
        Random random = new Random(42);
        for (int round = 0; round < 20_000; round++) {
            byte[] bytes = new byte[random.nextInt(70)];
            random.nextBytes(bytes);
            if (bytes.length > 1 && round % 2 == 0) {
                bytes[0] = 1;
                bytes[1] = 2;
            }
            PageMessage understood = decoded(bytes);
            if (understood != null) {
                assertThat(understood.encode()).isEqualTo(bytes);
            }
        }
    }

    private static PageMessage decoded(byte[] bytes) {
        return PageMessage.decode(ByteBuffer.wrap(bytes).asReadOnlyBuffer());
    }
}
