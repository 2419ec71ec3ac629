package io.vsring.protocol;

import static io.vsring.protocol.Cast.A;
import static io.vsring.protocol.TokenBuilder.aToken;
import static org.assertj.core.api.Assertions.assertThat;

import io.vsring.wire.Token;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FlowControlTest {

    private static final int WINDOW = 80;
    private static final int VISIT = 17;

    private final FlowControl flow = new FlowControl(WINDOW, VISIT, 8192);

    @Test // [FLOW-1]
    void allMembersTogetherSendAtMostAWindowInARotation() {
        Random random = new Random(1995);
        for (int game = 0; game < 60; game++) {
            int members = 1 + random.nextInt(8);
            int window = 2 + random.nextInt(60);
            FlowControl[] flows = new FlowControl[members];
            for (int place = 0; place < members; place++) {
                flows[place] = new FlowControl(window, 1 + random.nextInt(window), 8192);
            }
            int[] sent = new int[members]; // the naive twin: what each sent at its last visit
            int[] waiting = new int[members];
            Token token = aToken(A, 1).build();
            long sequence = 0;
            for (int visit = 0; visit < 200; visit++) {
                int place = visit % members;
                int backlog = random.nextInt(4) == 0 ? 0 : random.nextInt(100);

                int allowed = flows[place].allowance(token, backlog);
                int now = Math.min(allowed, backlog);
                sent[place] = now;
                waiting[place] = backlog;
                sequence += now;
                token = aToken(A, visit + 2)
                        .sequence(sequence)
                        .framesSent(flows[place].framesSent(token, now, sequence, 0))
                        .backlog(flows[place].backlog(token, backlog))
                        .build();

                assertThat(allowed).isNotNegative();
                assertThat(IntStream.of(sent).sum()).isLessThanOrEqualTo(window);
                assertThat(token.framesSent()).isEqualTo(IntStream.of(sent).sum());
                assertThat(token.backlog()).isEqualTo(IntStream.of(waiting).sum());
            }
        }
    }

    @ParameterizedTest // [FLOW-1]
    @CsvSource({
        // frames sent by others, backlog of others, own backlog, allowed
        "0, 0, 100, 17", // alone with its wish: all that one visit may send
        "70, 0, 100, 10", // what the window leaves
        "0, 300, 100, 17", // a quarter of the window would be more than a visit
        "0, 700, 100, 10", // an eighth of the window
        "0, 100000, 1, 17", // a share of less than one frame keeps nobody from sending
        "80, 0, 100, 0",
    })
    void whatIsLeftOfTheWindowIsSharedInProportionToWhatWaits(int sent, int others, int own, int allowed) {
        Token token = aToken(A, 1).framesSent(sent).backlog(others).build();

        assertThat(flow.allowance(token, own)).isEqualTo(allowed);
    }

    @Test // [FLOW-5]
    void aVisitSendsHalfAsManyWhileMuchIsLostAndSlowlyAllOfThemAgain() {
        FlowControl wide = new FlowControl(256, 64, 8192);
        Token lossy = aToken(A, 1).framesSent(100).requests(1, 2, 3, 4, 5, 6, 7).build();
        Token fine = aToken(A, 1).framesSent(100).requests(1, 2, 3, 4, 5, 6).build();

        assertThat(wide.allowance(fine, 1000)).isEqualTo(64);
        assertThat(wide.allowance(lossy, 1000)).isEqualTo(32);
        assertThat(wide.allowance(fine, 1000)).isEqualTo(33);
        for (int visit = 0; visit < 10; visit++) {
            wide.allowance(lossy, 1000);
        }
        assertThat(wide.allowance(lossy, 1000)).as("the least").isEqualTo(8);
        for (int visit = 0; visit < 100; visit++) {
            wide.allowance(fine, 1000);
        }
        assertThat(wide.allowance(fine, 1000)).as("no more than at first").isEqualTo(64);
    }

    @Test // [FLOW-5]
    void fewLossesOfFewFramesAndVisitsOfFewFramesStayAsTheyAre() {
        Token few = aToken(A, 1).framesSent(3).requests(1, 2, 3).build();
        assertThat(flow.allowance(few, 1000)).isEqualTo(VISIT);

        FlowControl narrow = new FlowControl(8, 2, 8192);
        Token many = aToken(A, 1).requests(1, 2, 3, 4, 5, 6, 7).build();
        assertThat(narrow.allowance(many, 1000)).isEqualTo(2);
    }

    @Test // [FLOW-1]
    void aCountBeyondTheWindowMeansNothingAndNeverLessThanNothing() {
        for (int sent : new int[] {WINDOW + 1, 1000, Integer.MAX_VALUE}) {
            Token token = aToken(A, 1).framesSent(sent).build();

            assertThat(flow.allowance(token, 10)).isZero();
        }
    }

    @Test // [FLOW-1]
    void aCountThatNobodyHasSentIsForgottenAfterARotation() {
        int told = flow.framesSent(aToken(A, 1).framesSent(1 << 30).build(), 0, 0, 0);

        Token back = aToken(A, 4).framesSent(told).build();

        assertThat(flow.allowance(back, 10)).isEqualTo(VISIT);
        assertThat(flow.framesSent(back, 10, 10, 0)).isEqualTo(10);
    }

    @Test // [FLOW-1] [FLOW-3]
    void repairsCountAlthoughTheyAreNotNumbered() {
        flow.framesSent(aToken(A, 1).build(), 0, 0, 1);
        Token back = aToken(A, 4).framesSent(WINDOW).build();

        assertThat(flow.allowance(back, 10)).isZero();
    }

    @Test // [FLOW-1]
    void aTokenThatHasForgottenWhatWeSentDoesNotMakeCountsNegative() {
        flow.framesSent(aToken(A, 1).build(), 17, 17, 0);
        flow.backlog(aToken(A, 1).build(), 40);
        Token forgetful = aToken(A, 4).sequence(20).framesSent(3).backlog(5).build();

        assertThat(flow.allowance(forgetful, 10)).isEqualTo(VISIT);
        assertThat(flow.framesSent(forgetful, 2, 22, 0)).isEqualTo(2);
        assertThat(flow.backlog(forgetful, 1)).isEqualTo(1);
    }

    @Test // [FLOW-2] [DEV-4]
    void nothingNewIsNumberedWhileTheAruLagsTooFarBehind() {
        FlowControl narrow = new FlowControl(WINDOW, VISIT, 400);

        assertThat(narrow.allowance(aToken(A, 1).sequence(500).aru(400, 1).build(), 10))
                .isEqualTo(VISIT);
        assertThat(narrow.allowance(aToken(A, 1).sequence(500).aru(399, 1).build(), 10))
                .isZero();
        assertThat(flow.allowance(aToken(A, 1).sequence(2000).aru(399, 1).build(), 10))
                .as("however large the store is")
                .isZero();
    }
}
