package io.vsring.test.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Five processes that are started at once, again and again. */
@Tag("processes")
@EnabledOnOs(OS.LINUX)
@Timeout(400)
class StartAtOnceProcessTest {

    private static final Logger LOG = LoggerFactory.getLogger(StartAtOnceProcessTest.class);
    private static final int ROUNDS = 20;
    private static final long SHORT_RUN_NANOS = Duration.ofSeconds(33).toNanos();

    @RegisterExtension
    final RingProcesses processes = new RingProcesses();

    @Test
    void fiveProcessesStartedAtOnceAreOneRingEachTime() {
        processes.with("at-once=true");
        long begin = System.nanoTime();
        List<Long> figures = new ArrayList<>();

        while (figures.size() < ROUNDS && (RingProcesses.FULL || System.nanoTime() - begin < SHORT_RUN_NANOS)) {
            List<RunningMember> members = processes.launch(5);
            long together = processes.awaitTogether(members);

            figures.add(RingProcesses.millis(together - RingProcesses.lastStart(members)));
            processes.endAll();
        }

        LOG.info("figure: five together, milliseconds after the last one's start, in each round: {}", figures);
        assertThat(figures).isNotEmpty();
    }
}
