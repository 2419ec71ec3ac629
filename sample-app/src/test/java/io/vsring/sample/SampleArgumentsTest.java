package io.vsring.sample;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SampleArgumentsTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "--members=0                       | --members must be a number from 1 to 10, not '0'",
                "--members=-1                      | --members must be a number from 1 to 10, not '-1'",
                "--members=abc                     | --members must be a number from 1 to 10, not 'abc'",
                "--members=                        | --members must be a number from 1 to 10, not ''",
                "--members                         | --members must be a number from 1 to 10, not ''",
                "--members=100                     | --members must be a number from 1 to 10, not '100'",
                "--server.port=abc                 | server.port must be a number from 0 to 65533, not 'abc'",
                "--server.port=65534               | server.port must be a number from 0 to 65533, not '65534'",
            })
    void whatCannotBeIsRefusedInOneSentenceBeforeAnyMemberStarts(String argument, String sentence) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> SampleApplication.start(argument))
                .withMessage(sentence);
    }

    @Test
    void threeMembersTakeFreePortsIfNothingIsSaid() {
        assertThat(SampleArguments.parse()).isEqualTo(new SampleArguments(3, null));
        assertThat(SampleArguments.parse("--members=10", "--server.port=9000"))
                .isEqualTo(new SampleArguments(10, 9000));
    }

    @Test
    void thePortIsTakenFromWhereverSpringBootLooksForIt() {
        System.setProperty("server.port", "9001");
        try {
            assertThat(SampleArguments.parse().webPort()).isEqualTo(9001);
            assertThat(SampleArguments.parse("--server.port=9000").webPort()).isEqualTo(9000);
        } finally {
            System.clearProperty("server.port");
        }
    }
}
