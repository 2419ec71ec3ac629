package io.vsring.sample;

import static org.assertj.core.api.Assertions.assertThat;

import io.vsring.Guarantee;
import io.vsring.MemberId;
import io.vsring.MemberSet;
import io.vsring.Receipt;
import io.vsring.RingConfiguration;
import io.vsring.RingId;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;

class MessagesControllerTest {

    private static final MemberId A = new MemberId(1, 10);
    private static final MemberId B = new MemberId(2, 11);
    private static final RingId RING = new RingId(A, 1);
    private static final RingConfiguration REGULAR = RingConfiguration.regular(RING, MemberSet.of(A, B));
    private static final RingConfiguration TRANSITIONAL =
            RingConfiguration.transitional(RING, new RingId(A, 2), MemberSet.of(A));

    @Test
    void aSafeMessageInATransitionalConfigurationIsATimeoutThatNamesWhoHoldsIt() {
        ResponseEntity<?> answer = answer(Guarantee.SAFE, TRANSITIONAL);

        assertThat(answer.getStatusCode().value()).isEqualTo(504);
        assertThat(((ProblemDetail) answer.getBody()).getProperties())
                .containsEntry("members", List.of(A.toString()))
                .containsKey("position");
    }

    @Test
    void allOthersHaveTheirPlace() {
        assertThat(answer(Guarantee.SAFE, REGULAR).getStatusCode().value()).isEqualTo(200);
        assertThat(answer(Guarantee.AGREED, TRANSITIONAL).getBody())
                .isEqualTo(new MessagesController.Position("1.1.a>1.2.a", "transitional", List.of(A.toString()), 7, 3));
    }

    private static ResponseEntity<?> answer(Guarantee guarantee, RingConfiguration configuration) {
        return MessagesController.answer(new Receipt(1, guarantee, configuration, 7, 3));
    }
}
