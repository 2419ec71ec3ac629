package io.vsring.test.process;

import static org.assertj.core.api.Assertions.assertThat;

import io.vsring.test.trace.JsonLine;
import io.vsring.test.trace.TraceJudge;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Three processes that come, are killed, leave and are stopped. */
@Tag("processes")
@EnabledOnOs(OS.LINUX)
@Timeout(120)
class MembershipProcessTest {

    private static final Logger LOG = LoggerFactory.getLogger(MembershipProcessTest.class);
    private static final Duration ASLEEP = Duration.ofSeconds(5);

    @RegisterExtension
    final RingProcesses processes = new RingProcesses();

    @Test
    void threeProcessesComeTogether() {
        List<RunningMember> members = processes.launch(3);

        members.forEach(member -> member.tell("start"));
        long together = processes.awaitTogether(members);

        LOG.info(
                "figure: three together {} ms after the last one's start",
                RingProcesses.millis(together - RingProcesses.lastStart(members)));
    }

    @Test
    void whoIsKilledIsGoneFromTheRing() {
        List<RunningMember> members = processes.ring(3);

        long killed = members.get(1).kill();
        long together = processes.awaitTogether(List.of(members.get(0), members.get(2)));

        LOG.info("figure: survivors together {} ms after kill -9", RingProcesses.millis(together - killed));
    }

    @Test
    void whoLeavesIsGoneFromTheRingBeforeAnybodyMissesItsToken() {
        // The token is missed later than the harness waits: if the leave were not announced, it would wait in vain.
        List<RunningMember> members = processes.with("patient=true").ring(3);

        members.get(2).tell("leave");
        long together = processes.awaitTogether(members.subList(0, 2));

        JsonLine left = members.get(2).await("left");
        long took =
                RingProcesses.millis(together - members.get(2).await("leaves").number("nanos"));
        LOG.info(
                "figure: the others together {} ms after a leave, which took {} ms",
                took,
                RingProcesses.millis(left.number("took")));
    }

    @Test
    void whoSleptLearnsOfItsExclusionBeforeAnythingNewerAndComesBackByItself() throws Exception {
        List<RunningMember> members = processes.traced().ring(3);
        RunningMember sleeper = members.get(2);
        List<RunningMember> awake = members.subList(0, 2);
        members.forEach(member -> member.tell("expect 60"));
        members.forEach(member -> member.tell("send 20 100 safe"));
        members.forEach(member -> member.await("reached"));

        long asleepSince = System.nanoTime();
        sleeper.stop();
        int known = sleeper.events("configuration").size();
        processes.awaitTogether(awake);
        awake.forEach(member -> member.tell("expect 160"));
        awake.forEach(member -> member.tell("send 50 100 safe"));
        awake.forEach(member -> member.await("reached", event -> event.number("count") == 160));
        processes.letPass(ASLEEP.minusNanos(System.nanoTime() - asleepSince));
        long awakeSince = sleeper.goOn();
        long together = processes.awaitTogether(members);

        LOG.info("figure: back {} ms after SIGCONT", RingProcesses.millis(together - awakeSince));
        List<JsonLine> news = sleeper.events("configuration");
        assertThat(news.get(known).text("kind")).isEqualTo("transitional");
        assertThat(news.subList(known, news.size()))
                .as("what it had delivered when it was told of each configuration")
                .allMatch(event -> event.number("delivered") == 60);
        members.forEach(member -> member.tell("send 10 100 safe"));
        sleeper.ask("expect 90", "reached");
        processes.awaitSameDelivered(members);
        for (RunningMember member : members) {
            member.tell("leave");
            member.await("left");
        }
        new TraceJudge()
                .left(members.get(0).traceFile())
                .left(members.get(1).traceFile())
                .left(sleeper.traceFile())
                .requireSound();
    }
}
