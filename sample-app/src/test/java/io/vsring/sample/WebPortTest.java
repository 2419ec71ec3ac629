package io.vsring.sample;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class WebPortTest {

    @Test
    void membersThatStartAtTheSameMomentGetDifferentPorts() {
        try (WebPort one = WebPort.choose(null, 0);
                WebPort other = WebPort.choose(null, 0)) {
            assertThat(one.number()).isNotEqualTo(other.number());
        }
    }

    @Test
    void furtherMembersFollowThePortThatIsAskedFor() {
        try (WebPort third = WebPort.choose(9000, 2);
                WebPort any = WebPort.choose(0, 2)) {
            assertThat(third.number()).isEqualTo(9002);
            assertThat(any.number()).isZero();
        }
    }
}
