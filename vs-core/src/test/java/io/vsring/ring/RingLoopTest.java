package io.vsring.ring;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vsring.ConfigurationChange;
import io.vsring.Delivery;
import io.vsring.Guarantee;
import io.vsring.Member;
import io.vsring.MemberAddress;
import io.vsring.MemberId;
import io.vsring.RingConfiguration;
import io.vsring.RingId;
import io.vsring.wire.CommitToken;
import io.vsring.wire.Datagram;
import io.vsring.wire.DatagramCodec;
import io.vsring.wire.MalformedDatagramException;
import io.vsring.wire.RingSettings;
import io.vsring.wire.Token;
import io.vsring.wire.WireFormat;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class RingLoopTest {

    private final VirtualMembers world = new VirtualMembers();

    @Test
    void membersOnVirtualTimeFormARingAndDeliver() {
        twoTogether();

        RecordingOutcome outcome = offer(first(), "hello");
        world.pass(50);

        assertThat(outcome.isKnown()).isTrue();
        assertThat(texts(second())).containsExactly("hello");
        assertThat(first().ring.status().members())
                .extracting(member -> member.address().toString())
                .containsExactly("127.0.0.1:7001", "127.0.0.1:7002");
    }

    @Test
    void theStatisticsSayHowFarTheRingIsAndHowFarThatIsSafe() {
        twoTogether();
        world.pass(500);
        long before = first().ring.statistics().deliveredSequence();
        assertThat(first().ring.statistics().safeSequence()).isEqualTo(before);

        offer(first(), "hello");
        world.pass(500);

        for (VirtualMembers.Virtual member : world.members) {
            assertThat(member.ring.statistics().deliveredSequence()).isEqualTo(before + 1);
            assertThat(member.ring.statistics().safeSequence()).isEqualTo(before + 1);
        }
    }

    @Test
    void theSameStepsGiveTheSameRun() {
        twoTogether();
        VirtualMembers again = new VirtualMembers();
        twoTogether(again);

        assertThat(again.members.get(0).handler.configurations())
                .isEqualTo(first().handler.configurations());
        assertThat(again.members.get(0).ring.statistics())
                .isEqualTo(first().ring.statistics());
    }

    @Test
    void aPauseIsRecognisedAndWhatWaitedMeanwhileIsNotBelieved() {
        twoTogether();
        VirtualMembers.Virtual paused = second();
        int before = paused.handler.configurations().size();

        paused.frozen = true;
        world.pass(2000);
        int waiting = paused.socket.size();
        paused.frozen = false;
        world.pass(1);

        RingStatistics statistics = paused.ring.statistics();
        assertThat(waiting).isPositive();
        assertThat(statistics.pauses()).isEqualTo(1);
        assertThat(statistics.pausedNanos()).isBetween(1_800_000_000L, 2_200_000_000L);
        assertThat(statistics.droppedAfterPause()).isPositive();
        assertThat(statistics.gathers()).containsEntry("PAUSED", 1L);
        world.pass(5000);
        assertThat(paused.handler.configurations().size()).isGreaterThan(before);
        assertThat(paused.ring.status().members()).hasSize(2);
        assertThat(first().handler.configurations())
                .contains(paused.ring.status().configuration());
    }

    @Test
    void aShortPauseIsNoneOfOurBusiness() {
        twoTogether();

        second().frozen = true;
        world.pass(500);
        second().frozen = false;
        world.pass(500);

        assertThat(second().ring.statistics().pauses()).isZero();
        assertThat(first().handler
                        .configurations()
                        .get(first().handler.configurations().size() - 1)
                        .members())
                .hasSize(2);
        assertThat(first().ring.statistics().gathers()).doesNotContainKey("TOKEN_LOST");
    }

    @Test
    void whatLiesInTheSocketIsReadBeforeATimerIsBelieved() {
        twoTogether();
        first().loop.doTimersFirst();
        for (int round = 0; round < 20; round++) {
            for (int i = 0; i < 10; i++) {
                offer(first(), "a"); // keeps the token turning
                offer(second(), "b");
                world.pass(1);
            }
            first().frozen = true; // for longer than it waits for a sign of its token, which comes meanwhile
            world.pass(200);
            first().frozen = false;
        }

        assertThat(second().ring.statistics().tokensRetransmitted()).isPositive();
        assertThat(first().ring.statistics().tokensRetransmitted()).isZero();
        assertThat(first().ring.statistics().pauses()).isZero();
    }

    @Test
    void dataIsHandledBeforeTheTokenThatOvertookIt() {
        twoTogether();
        List<Token> tokens = new ArrayList<>();
        second().overtakes = datagram -> decoded(datagram) instanceof Token;
        first().loses = datagram -> {
            if (decoded(datagram) instanceof Token token) {
                tokens.add(token);
            }
            return false;
        };

        for (int i = 0; i < 50; i++) {
            offer(first(), "message " + i);
            world.pass(1);
        }
        world.pass(50);

        assertThat(texts(second())).hasSize(50);
        assertThat(tokens).hasSizeGreaterThan(20).allMatch(token -> token.aru() == token.sequence());
    }

    @Test
    void whatIsSaidToAMessageGoesWithTheTokenThatCameWithIt() {
        twoTogether();
        second().delivery.lend();
        second().handler.quick(delivery -> true);
        second().handler.answer(delivery -> {
            if (delivery.sender().equals(first().ring.status().local().id())) {
                offer(second(), "answer");
            }
        });
        List<Token> tokens = new ArrayList<>();
        first().loses = datagram -> {
            if (decoded(datagram) instanceof Token token) {
                tokens.add(token);
            }
            return false;
        };
        for (int question = 1; question <= 3; question++) {
            offer(first(), "question");
            world.pass(100);
        }

        assertThat(texts(first())).containsExactly("question", "answer", "question", "answer", "question", "answer");
        long last = tokens.get(tokens.size() - 1).sequence();
        assertThat(tokens)
                .extracting(Token::sequence)
                .as("the token never goes on with a question that has no answer")
                .contains(last, last - 2, last - 4)
                .doesNotContain(last - 1, last - 3, last - 5);
    }

    @Test
    void whoIsAloneAndAnswersItselfGivesRoomForEachAnswerBeforeTheNext() {
        VirtualMembers.Virtual alone = world.add(RingOptions.builder().sendQueueBytes(1000));
        alone.delivery.lend();
        alone.handler.quick(delivery -> true);
        alone.handler.answer(delivery -> {
            if (delivery.number() < 100) {
                offer(alone, "again");
            }
        });
        start();
        world.pass(100);
        offer(alone, "once");
        world.pass(100);

        assertThat(alone.ring.statistics().messagesRefused()).isZero();
        assertThat(texts(alone)).hasSize(100);
    }

    @Test
    void aFullSendQueueRefusesUntilThereIsRoomAgain() {
        VirtualMembers.Virtual member = world.add(RingOptions.builder().sendQueueBytes(1000));
        start();
        int accepted = 0;
        while (member.ring.offer("g", new byte[100], Guarantee.AGREED, new RecordingOutcome())) {
            accepted++;
        }
        assertThat(accepted).isEqualTo(4);
        assertThat(member.ring.statistics().messagesRefused()).isEqualTo(1);

        world.pass(200);

        assertThat(member.ring.statistics().sendQueueBytes()).isZero();
        assertThat(member.handler.deliveries()).hasSize(4);
        assertThat(member.ring.offer("g", new byte[100], Guarantee.AGREED, new RecordingOutcome()))
                .isTrue();
    }

    @Test
    void aFailureInsideEndsTheMemberAndEverybodyIsTold() {
        RingObserver broken = new RingObserver() {
            @Override
            public void onSubmit(long number, String group, Guarantee guarantee, byte[] bytes) {
                if (number == 2) {
                    throw new IllegalStateException("made up");
                }
            }
        };
        VirtualMembers.Virtual member = world.add(RingOptions.builder(), broken);
        start();
        RecordingOutcome first = offer(member, "one");
        world.pass(200);
        RecordingOutcome second = offer(member, "two");
        RecordingOutcome third = offer(member, "three");
        world.pass(1);

        assertThat(first.isUnknown()).isFalse();
        assertThat(second.isUnknown()).isTrue();
        assertThat(third.isUnknown()).isTrue();
        assertThat(member.handler.isClosed()).isTrue();
        assertThat(member.handler.failure()).hasMessage("made up");
        assertThat(member.closes).isEqualTo(1);
        assertThat(member.loop.isClosed()).isTrue();
        assertThat(member.ring.status().state()).isEqualTo(RingStatus.State.CLOSED);
        assertThatThrownBy(() -> offer(member, "four"))
                .isInstanceOf(RingClosedException.class)
                .hasMessageContaining("made up");
    }

    @Test
    void aJvmThatBreaksInTheHandlerEndsTheMember() {
        VirtualMembers.Virtual member = world.add(RingOptions.builder(), new RingObserver() {
            @Override
            public void onDeliver(Delivery delivery) {
                throw new OutOfMemoryError("made up");
            }
        });
        start();
        RecordingOutcome outcome = offer(member, "one");
        world.pass(1000);

        assertThat(outcome.isUnknown()).isTrue();
        assertThat(member.handler.failure()).isInstanceOf(OutOfMemoryError.class);
    }

    @Test
    void aFailureWithoutAMessageIsNamedAllTheSame() {
        VirtualMembers.Virtual member = world.add(RingOptions.builder(), new RingObserver() {
            @Override
            public void onSubmit(long number, String group, Guarantee guarantee, byte[] bytes) {
                throw new UnsupportedOperationException();
            }
        });
        RecordingOutcome outcome = offer(member, "one");
        start();

        assertThat(outcome.isUnknown()).isTrue();
        assertThatThrownBy(() -> offer(member, "two"))
                .hasMessageContaining("UnsupportedOperationException")
                .hasMessageNotContaining("null");
    }

    @Test
    void aLeaveThatCannotBeFinishedIsCutShort() {
        twoTogether();
        second().loses = datagram -> true;
        first().loses = datagram -> true;
        RecordingOutcome outcome = offer(first(), "lost", Guarantee.SAFE);
        world.pass(1);

        var left = first().ring.leave();
        world.pass(20);
        assertThat(left).isNotDone();
        assertThat(first().ring.status().state()).isEqualTo(RingStatus.State.LEAVING);
        world.pass(6000);

        assertThat(left).isCompleted();
        assertThat(outcome.isKnown()).isTrue();
        assertThat(first().handler.isClosed()).isTrue();
    }

    @Test
    void aStrayCommitTokenDoesNotChangeWhoTheMembersAre() {
        MemberId stranger = new MemberId(77, 77);
        CommitToken.Entry entry =
                new CommitToken.Entry(new Member(stranger, MemberAddress.ofIpv4(0x7F000001, 9)), null);
        RingSettings settings = new RingSettings(1, 1400, 80, 800_000_000, 80_000_000, 40_000_000);
        byte[] stray = encoded(new CommitToken(new RingId(stranger, 3), stranger, 1, settings, List.of(entry)));
        world.add(RingOptions.builder());
        world.add(RingOptions.builder());

        world.members.forEach(member -> member.ring.start());
        for (int i = 0; i < 2000; i++) {
            first().arrives(stray.clone());
            world.pass(1);
        }

        assertThat(first().ring.status().configuration().members()).hasSize(2);
        assertThat(first().ring.status().members())
                .extracting(Member::address)
                .containsExactly(first().address, second().address);
    }

    @Test
    void aPauseIsMeasuredByWhatTheRingHasAgreedOn() {
        world.add(RingOptions.builder());
        world.add(RingOptions.builder().tokenLossTimeout(Duration.ofSeconds(5)));
        world.members.forEach(member -> member.ring.start());
        world.pass(3000);
        assertThat(first().ring.status().members()).hasSize(2);

        first().frozen = true; // longer than its own timeout, shorter than the ring's
        world.pass(1500);
        first().frozen = false;
        world.pass(3000);

        assertThat(first().ring.statistics().pauses()).isZero();
        assertThat(first().ring.status().configuration().members()).hasSize(2);
        assertThat(second().ring.statistics().gathers()).doesNotContainKey("TOKEN_LOST");
    }

    @Test
    void aPauseWhileTheSocketIsReadIsAPause() {
        twoTogether();
        first().onDrain = () -> {
            first().onDrain = () -> {};
            first().loop.freeze(2_000_000_000L);
        };

        world.pass(2000);

        assertThat(first().ring.statistics().pauses()).isEqualTo(1);
        assertThat(first().ring.statistics().gathers()).containsEntry("PAUSED", 1L);
    }

    @Test
    void observersAreToldWhatIsInstalledAndWhyTheRingBeforeWasGivenUp() {
        List<String> told = new ArrayList<>();
        world.add(RingOptions.builder(), new RingObserver() {
            @Override
            public void onInstall(ConfigurationChange change, Set<String> reasons) {
                RingConfiguration now = change.configuration();
                told.add((now.isTransitional() ? "transitional " : "regular ")
                        + now.members().size() + " " + reasons);
            }
        });
        world.add(RingOptions.builder());
        start();
        world.pass(2000);
        second().ring.leave();
        world.pass(2000);

        assertThat(told)
                .hasSize(5)
                .startsWith("regular 1 []")
                .endsWith("transitional 1 [MEMBER_LEAVES]", "regular 1 [MEMBER_LEAVES]");
        assertThat(told.get(1)).startsWith("transitional 1 [").doesNotContain("[]");
        assertThat(told.get(2)).startsWith("regular 2 [").endsWith(told.get(1).substring("transitional 1 ".length()));
    }

    private static byte[] encoded(Datagram datagram) {
        ByteBuffer buffer = ByteBuffer.allocate(WireFormat.DATAGRAM_BYTES_MAX);
        new DatagramCodec("vs", 1400).encode(datagram, buffer);
        byte[] bytes = new byte[buffer.flip().remaining()];
        buffer.get(bytes);
        return bytes;
    }

    private static Datagram decoded(byte[] datagram) {
        try {
            return new DatagramCodec("vs", 1400).decode(ByteBuffer.wrap(datagram));
        } catch (MalformedDatagramException e) {
            throw new AssertionError(e);
        }
    }

    private void twoTogether() {
        twoTogether(world);
    }

    private static void twoTogether(VirtualMembers members) {
        members.add(RingOptions.builder());
        members.add(RingOptions.builder());
        members.members.forEach(member -> member.ring.start());
        members.pass(2000);
        members.members.forEach(member ->
                assertThat(member.ring.status().configuration().members()).hasSize(2));
    }

    private void start() {
        world.members.forEach(member -> member.ring.start());
        world.pass(1);
    }

    private VirtualMembers.Virtual first() {
        return world.members.get(0);
    }

    private VirtualMembers.Virtual second() {
        return world.members.get(1);
    }

    private static RecordingOutcome offer(VirtualMembers.Virtual member, String text) {
        return offer(member, text, Guarantee.AGREED);
    }

    private static RecordingOutcome offer(VirtualMembers.Virtual member, String text, Guarantee guarantee) {
        RecordingOutcome outcome = new RecordingOutcome();
        assertThat(member.ring.offer("test", text.getBytes(UTF_8), guarantee, outcome))
                .isTrue();
        return outcome;
    }

    private static List<String> texts(VirtualMembers.Virtual member) {
        return member.handler.deliveries().stream()
                .map(delivery -> new String(delivery.toByteArray(), UTF_8))
                .toList();
    }
}
