package io.vsring.ring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import io.vsring.Guarantee;
import io.vsring.Receipt;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/** Whatever goes wrong while a member ends: everybody is told, once, and nothing stays open. */
class MemberEndTest {

    private final VirtualMembers world = new VirtualMembers();
    private final List<RecordingOutcome> outcomes = new ArrayList<>();

    @Test
    void anObserverThatBreaksTheMemberAndGoesOnThrowingKeepsNobodyFromBeingTold() {
        VirtualMembers.Virtual member = world.add(RingOptions.builder(), new RingObserver() {
            @Override
            public void onSubmit(long number, String group, Guarantee guarantee, byte[] bytes) {
                if (number >= 2) {
                    throw new OutOfMemoryError("made up");
                }
            }
        });
        member.ring.start();
        world.pass(100);

        offer(member, 6);
        world.pass(1000);

        assertEnded(member);
        assertThat(outcomes).allMatch(RecordingOutcome::isUnknown);
    }

    @Test
    void anOutcomeThatBreaksKeepsNobodyFromBeingTold() {
        VirtualMembers.Virtual member = world.add(RingOptions.builder());
        List<Integer> told = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            int number = i;
            member.ring.offer("g", new byte[1], Guarantee.AGREED, new Outcome() {
                @Override
                public void delivered(Receipt receipt) {}

                @Override
                public void unknown(RingClosedException cause) {
                    told.add(number);
                    throw new OutOfMemoryError("made up");
                }
            });
        }

        CompletableFuture<Void> left = member.ring.leave();
        world.pass(100);

        assertThat(told).containsExactly(0, 1, 2, 3);
        assertThat(left).isCompleted();
        assertEnded(member);
    }

    @Test
    void anOutcomeThatBreaksTheJvmWasToldAndIsNotToldAgain() {
        VirtualMembers.Virtual member = world.add(RingOptions.builder(), new RingObserver() {
            @Override
            public void onDelivered(Receipt receipt) {
                throw new OutOfMemoryError("made up");
            }
        });
        member.ring.start();
        world.pass(100);

        offer(member, 2);
        world.pass(1000);

        assertEnded(member);
        assertThat(outcomes.get(0).isUnknown()).isFalse();
        assertThat(member.handler.failure()).isInstanceOf(OutOfMemoryError.class);
    }

    @Test
    void aLogThatThrowsKeepsNobodyFromBeingTold() {
        Logger logger = (Logger) LoggerFactory.getLogger("io.vsring.ring.Ring");
        AppenderBase<ILoggingEvent> broken = new AppenderBase<>() {
            @Override
            protected void append(ILoggingEvent event) {
                throw new OutOfMemoryError("made up");
            }
        };
        VirtualMembers.Virtual member = world.add(RingOptions.builder());
        member.ring.start();
        world.pass(100);
        broken.start();
        logger.addAppender(broken);

        offer(member, 3);
        CompletableFuture<Void> left = member.ring.leave();
        world.pass(1000);
        logger.detachAppender(broken);

        assertThat(left).isCompleted();
        assertEnded(member);
    }

    @Test
    void aDeliveryThreadThatTakesNothingMoreKeepsNobodyFromBeingTold() {
        VirtualMembers.Virtual member = world.add(RingOptions.builder());
        member.ring.start();
        world.pass(100);

        member.delivery.refuse(new OutOfMemoryError("made up"));
        offer(member, 3);
        world.pass(1000);

        assertEnded(member);
        assertThat(member.handler.failure()).isInstanceOf(OutOfMemoryError.class);
    }

    @Test
    void aSocketThatCannotBeClosedKeepsNobodyFromBeingTold() {
        VirtualMembers.Virtual member = world.add(RingOptions.builder());
        member.onClose = () -> {
            throw new IllegalStateException("made up");
        };
        member.ring.start();
        world.pass(100);

        CompletableFuture<Void> left = member.ring.leave();
        world.pass(1000);

        assertThat(left).isCompleted();
        assertEnded(member);
    }

    @Test
    void aMessageWhoseWakeUpWasLostIsSentAllTheSame() {
        VirtualMembers.Virtual member = world.add(RingOptions.builder());
        member.ring.start();
        world.pass(2000);

        member.loop.refuse(new OutOfMemoryError("made up"));
        offer(member, 1);
        member.loop.refuse(null);
        world.pass(500);

        assertThat(outcomes.get(0).receipt().number()).isEqualTo(1);
    }

    @Test
    void theDeathOfTheLoopThreadIsTheEndOfTheMember() {
        VirtualMembers.Virtual member = world.add(RingOptions.builder());
        member.ring.start();
        world.pass(100);
        offer(member, 3);

        member.loop.die();
        world.pass(10);

        assertEnded(member);
        assertThat(outcomes).allMatch(RecordingOutcome::isUnknown);
        assertThat(member.handler.failure()).hasMessageContaining("loop thread has ended");
        assertThat(member.ring.leave()).isCompleted();
        assertThatThrownBy(() -> offer(member, 1))
                .isInstanceOf(RingClosedException.class)
                .hasMessageContaining("loop thread has ended");
    }

    @Test
    void theDeathOfTheDeliveryThreadIsTheEndOfTheMember() {
        VirtualMembers.Virtual member = world.add(RingOptions.builder());
        member.ring.start();
        world.pass(100);
        offer(member, 3);

        member.delivery.die();
        world.pass(200);

        assertEnded(member);
        assertThat(outcomes).allMatch(RecordingOutcome::isUnknown);
        assertThat(member.handler.failure()).hasMessageContaining("delivery thread has ended");
    }

    @Test
    void theDeathOfBothThreadsIsTheEndOfTheMember() {
        VirtualMembers.Virtual member = world.add(RingOptions.builder());
        member.ring.start();
        world.pass(100);
        offer(member, 3);

        member.delivery.die();
        member.loop.die();

        assertEnded(member);
    }

    @Test
    void aMemberThatWasNeverStartedEndsWithItsThreads() {
        VirtualMembers.Virtual member = world.add(RingOptions.builder());
        offer(member, 1);
        CompletableFuture<Void> started = member.ring.start();

        member.loop.die();
        world.pass(1);

        assertEnded(member);
        assertThat(started).isCompletedExceptionally();
    }

    private void offer(VirtualMembers.Virtual member, int messages) {
        for (int i = 0; i < messages; i++) {
            RecordingOutcome outcome = new RecordingOutcome();
            assertThat(member.ring.offer("g", new byte[1], Guarantee.AGREED, outcome))
                    .isTrue();
            outcomes.add(outcome);
        }
    }

    private void assertEnded(VirtualMembers.Virtual member) {
        assertThat(outcomes).allMatch(RecordingOutcome::isKnown);
        assertThat(member.handler.isClosed()).isTrue();
        assertThat(member.closes).isEqualTo(1);
        assertThat(member.loop.isClosed()).isTrue();
        assertThat(member.delivery.isClosed()).isTrue();
        assertThat(member.ring.status().state()).isEqualTo(RingStatus.State.CLOSED);
        assertThat(member.ring.leave()).isCompleted();
    }
}
