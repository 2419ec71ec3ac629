package io.vsring.ring;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.vsring.ConfigurationChange;
import io.vsring.Delivery;
import io.vsring.Guarantee;
import io.vsring.Receipt;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/** Observers, handler and outcomes are strangers to each other: what one of them throws hurts no other. */
class DelivererTest {

    private static final class BrokenObserver implements RingObserver {

        @Override
        public void onDeliver(Delivery delivery) {
            throw new IllegalStateException("made up");
        }

        @Override
        public void onConfigurationChange(ConfigurationChange change) {
            throw new IllegalStateException("made up");
        }

        @Override
        public void onDelivered(Receipt receipt) {
            throw new IllegalStateException("made up");
        }

        @Override
        public void onUnknown(long number) {
            throw new IllegalStateException("made up");
        }

        @Override
        public void onClosed() {
            throw new IllegalStateException("made up");
        }
    }

    private final VirtualMembers world = new VirtualMembers();

    @Test
    void anObserverThatThrowsTakesNothingFromTheHandlerNorFromOutcomesNorFromOtherObservers() {
        List<Long> seen = new ArrayList<>();
        VirtualMembers.Virtual member = world.add(RingOptions.builder(), new BrokenObserver(), new RingObserver() {
            @Override
            public void onDeliver(Delivery delivery) {
                seen.add(delivery.number());
            }
        });
        member.ring.start();
        world.pass(100);
        RecordingOutcome outcome = offer(member);
        world.pass(100);

        assertThat(member.handler.configurations()).isNotEmpty();
        assertThat(member.handler.deliveries()).hasSize(1);
        assertThat(seen).containsExactly(1L);
        assertThat(outcome.isKnown()).isTrue();
        assertThat(outcome.isUnknown()).isFalse();
    }

    @Test
    void aFrameIsDeliveredByTheLoopThreadUpToWhatIsNotQuickAndFromThereByTheOther() {
        List<Boolean> inStead = new ArrayList<>();
        List<VirtualMembers.Virtual> members = new ArrayList<>();
        VirtualMembers.Virtual member = world.add(RingOptions.builder(), new RingObserver() {
            @Override
            public void onDeliver(Delivery delivery) {
                inStead.add(members.get(0).delivery.isStandIn());
            }
        });
        members.add(member);
        member.handler.quick(delivery -> delivery.number() != 3);
        member.delivery.lend();
        member.ring.start();
        world.pass(100);
        List<RecordingOutcome> outcomes = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            outcomes.add(offer(member));
        }
        world.pass(100);
        outcomes.add(offer(member));
        world.pass(100);

        assertThat(member.handler.deliveries()).extracting(Delivery::number).containsExactly(1L, 2L, 3L, 4L, 5L, 6L);
        assertThat(inStead).containsExactly(true, true, false, false, false, true);
        assertThat(outcomes).allMatch(outcome -> outcome.isKnown() && !outcome.isUnknown());
        RingStatistics statistics = member.ring.statistics();
        assertThat(statistics.messagesDelivered()).isEqualTo(6);
    }

    @Test
    void whoThrowsWhenAskedWhetherItIsQuickIsCalledOnTheDeliveryThread() {
        VirtualMembers.Virtual member = world.add(RingOptions.builder());
        member.handler.quick(delivery -> {
            throw new IllegalStateException("made up");
        });
        member.delivery.lend();
        member.ring.start();
        offer(member);
        world.pass(100);

        assertThat(member.handler.deliveries()).hasSize(1);
    }

    @Test
    void anObserverThatThrowsAtTheEndKeepsNobodyFromBeingTold() {
        VirtualMembers.Virtual member = world.add(RingOptions.builder(), new BrokenObserver());
        RecordingOutcome outcome = offer(member);

        var left = member.ring.leave();
        world.pass(10);

        assertThat(outcome.isUnknown()).isTrue();
        assertThat(member.handler.isClosed()).isTrue();
        assertThat(left).isCompleted();
    }

    @Test
    void theLogSaysWhichObserverThrew() {
        ListAppender<ILoggingEvent> log = new ListAppender<>();
        Logger logger = (Logger) LoggerFactory.getLogger("io.vsring.ring.Ring");
        log.start();
        logger.addAppender(log);
        VirtualMembers.Virtual member = world.add(RingOptions.builder(), new BrokenObserver());
        member.ring.start();
        world.pass(100);
        logger.detachAppender(log);

        assertThat(log.list)
                .extracting(ILoggingEvent::getFormattedMessage)
                .anyMatch(line -> line.contains("onConfigurationChange") && line.contains("BrokenObserver"));
    }

    private static RecordingOutcome offer(VirtualMembers.Virtual member) {
        RecordingOutcome outcome = new RecordingOutcome();
        assertThat(member.ring.offer("g", new byte[1], Guarantee.AGREED, outcome))
                .isTrue();
        return outcome;
    }
}
