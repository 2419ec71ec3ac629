package io.vsring.sample;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.asyncDispatch;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.post;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.content;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.status;

import io.vsring.Guarantee;
import io.vsring.MemberId;
import io.vsring.MemberSet;
import io.vsring.Receipt;
import io.vsring.RingConfiguration;
import io.vsring.RingId;
import io.vsring.ring.RingOptions;
import io.vsring.spring.RingOperations;
import jakarta.servlet.AsyncListener;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.mock.web.MockAsyncContext;
import org.springframework.test.web.servlet.MockMvc;
import org.springframework.test.web.servlet.MvcResult;
import org.springframework.test.web.servlet.setup.MockMvcBuilders;

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

    @Test
    void aMessageThatWasAcceptedAndIsNotDeliveredInTimeIsNotCalledUnavailable() throws Exception {
        RingOperations ring = mock(RingOperations.class);
        when(ring.send(any(), any(), any())).thenReturn(new CompletableFuture<>());
        MockMvc http = MockMvcBuilders.standaloneSetup(
                        new MessagesController(ring, RingOptions.builder().build(), new Timeline()))
                .build();

        MvcResult waiting = http.perform(post("/messages").content("hello")).andReturn();
        MockAsyncContext async = (MockAsyncContext) waiting.getRequest().getAsyncContext();
        for (AsyncListener listener : async.getListeners()) {
            listener.onTimeout(null);
        }

        http.perform(asyncDispatch(waiting))
                .andExpect(status().isGatewayTimeout())
                .andExpect(content().string(containsString("unknown")));
    }

    private static ResponseEntity<?> answer(Guarantee guarantee, RingConfiguration configuration) {
        return MessagesController.answer(new Receipt(1, guarantee, configuration, 7, 3));
    }
}
