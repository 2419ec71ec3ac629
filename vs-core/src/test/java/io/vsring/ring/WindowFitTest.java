package io.vsring.ring;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

class WindowFitTest {

    private static final int WANTED = 80;
    private static final int MTU = 1400;
    private static final int ASKED = 4 << 20;

    @Test
    void anOrdinaryLinuxGetsASmallerWindowAndIsToldTheOneThingToSet() {
        WindowFit fit = new WindowFit(WANTED, WANTED, MTU, ASKED, 212_992);

        assertThat(fit.frames()).isEqualTo(76);
        assertThat(fit.isAsWanted()).isFalse();
        assertThat(fit.advice()).isEqualTo("on Linux, sysctl -w net.core.rmem_max=4194304");
    }

    @Test
    void aBufferThatWasGrantedInFullAndHoldsTheWindowIsNotWorthALine() {
        WindowFit fit = new WindowFit(WANTED, WANTED, MTU, ASKED, ASKED);

        assertThat(fit.frames()).isEqualTo(WANTED);
        assertThat(fit.isAsWanted()).isTrue();
    }

    @Test
    void whoAsksForAWindowThatTheBufferCannotHoldIsToldToAskForMore() {
        WindowFit granted = new WindowFit(4000, 4000, MTU, ASKED, ASKED);
        WindowFit clipped = new WindowFit(4000, 4000, MTU, ASKED, 212_992);

        assertThat(granted.frames()).isEqualTo(1497);
        assertThat(granted.advice()).isEqualTo("set vs.transport.receive-buffer to 11200000B");
        assertThat(clipped.advice())
                .isEqualTo("set vs.transport.receive-buffer to 11200000B, and on Linux, sysctl -w"
                        + " net.core.rmem_max=11200000");
    }

    @Test
    void whatALargeRingWouldBeGivenIsFittedTooButNotWorthALine() {
        WindowFit fit = new WindowFit(256, 1024, 8900, ASKED, ASKED);

        assertThat(fit.frames()).isEqualTo(235);
        assertThat(fit.framesMax()).isEqualTo(235);
        assertThat(new WindowFit(200, 1024, 8900, ASKED, ASKED).isAsWanted()).isTrue();
    }

    @Test
    void aFrameThatHardlyFitsStillLeavesAWindow() {
        assertThat(new WindowFit(WANTED, WANTED, 60_000, 240_000, 100_000).frames())
                .isEqualTo(2);
    }

    @Test
    void aSmallReceiveBufferIsToldInOneLine() {
        Logger logger = (Logger) LoggerFactory.getLogger("io.vsring");
        ListAppender<ILoggingEvent> log = new ListAppender<>();
        log.start();
        logger.addAppender(log);
        try {
            RingOptions.builder()
                    .receiveBufferBytes(Integer.MAX_VALUE)
                    .windowFrames(1 << 16)
                    .frameBytes(60_000)
                    .build()
                    .open(new RecordingHandler())
                    .close();
        } finally {
            logger.detachAppender(log);
        }

        assertThat(log.list)
                .filteredOn(event -> event.getLevel().isGreaterOrEqual(Level.WARN))
                .singleElement()
                .extracting(ILoggingEvent::getFormattedMessage)
                .asString()
                .contains("granted=", "asked=2147483647B", "windowFrames=", "wanted=65536", "net.core.rmem_max=");
    }
}
