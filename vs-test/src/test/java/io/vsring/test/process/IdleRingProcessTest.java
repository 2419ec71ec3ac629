package io.vsring.test.process;

import static org.assertj.core.api.Assertions.assertThat;

import io.vsring.test.process.RunningMember.EngineUse;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A ring on which nobody says anything, and the first word on it. */
@Tag("processes")
@EnabledOnOs(OS.LINUX)
@Timeout(180)
class IdleRingProcessTest {

    private static final Logger LOG = LoggerFactory.getLogger(IdleRingProcessTest.class);
    private static final Duration CALM = Duration.ofSeconds(RingProcesses.FULL ? 20 : 4);
    private static final Duration MEASURED = Duration.ofSeconds(RingProcesses.FULL ? 30 : 10);
    // The promise is 2 % of a core, and what a wake-up costs is the machine's affair. The token goes round 25 times a
    // second and wakes each member once and its holder twice: a hundred, and a few for what else has to be looked at.
    private static final double WAKES_PER_SECOND_MAX = RingProcesses.FULL ? 160 : 200;
    private static final int TIMED = RingProcesses.FULL ? 200 : 25;

    @RegisterExtension
    final RingProcesses processes = new RingProcesses();

    @Test
    void anIdleRingOfThreeCostsLittle() throws Exception {
        List<RunningMember> members = processes.ring(3);
        processes.letPass(CALM);

        EngineUse before = engineUse(members);
        long begin = System.nanoTime();
        processes.letPass(MEASURED);
        EngineUse used = engineUse(members).minus(before);
        double seconds = (System.nanoTime() - begin) / 1e9;

        LOG.info(
                "figure: an idle ring of three: its threads are woken {} times a second and take {}% of one core",
                used.wakes() / seconds, used.ticks() / seconds);
        assertThat(used.wakes() / seconds).isLessThan(WAKES_PER_SECOND_MAX);
        sayFirstWords(members);
    }

    @Test
    void theFirstWordsOnAnIdleRingDoNotWaitUntilTheTokenMovesByItself() {
        // For longer than the harness waits the token rests unless somebody has something to say.
        List<RunningMember> members = processes.with("resting=true").ring(3);
        processes.letPass(CALM);

        sayFirstWords(members);
    }

    private static void sayFirstWords(List<RunningMember> members) {
        members.forEach(member -> member.tell("expect " + 3 * TIMED));
        for (RunningMember member : members) {
            member.tell("timed " + TIMED + " 90 agreed");
            member.await("settled");
        }
        List<Long> micros = new ArrayList<>();
        for (RunningMember member : members) {
            member.await("reached");
            member.ask("latencies", "latencies").texts("micros").forEach(each -> micros.add(Long.valueOf(each)));
        }
        assertThat(micros).hasSize(9 * TIMED);
        Collections.sort(micros);
        LOG.info(
                "figure: first words on an idle ring are delivered within {} us (p50), {} us (p99), {} us (all)",
                micros.get(micros.size() / 2),
                micros.get(micros.size() * 99 / 100),
                micros.get(micros.size() - 1));
    }

    private static EngineUse engineUse(List<RunningMember> members) throws IOException {
        EngineUse use = new EngineUse(0, 0);
        for (RunningMember member : members) {
            use = use.plus(member.engineUse());
        }
        return use;
    }
}
