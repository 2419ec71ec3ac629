package io.vsring.test.process;

import static org.assertj.core.api.Assertions.assertThat;

import io.vsring.test.check.History;
import io.vsring.test.trace.JsonLine;
import io.vsring.test.trace.TraceJudge;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Much said by all at once, and one order. */
@Tag("processes")
@EnabledOnOs(OS.LINUX)
@Timeout(600)
class OrderProcessTest {

    private static final Logger LOG = LoggerFactory.getLogger(OrderProcessTest.class);
    private static final long MESSAGES = RingProcesses.FULL ? 1_000_000 : 100_000;

    @RegisterExtension
    final RingProcesses processes = new RingProcesses();

    @Test
    void aMillionMessagesFromEachOfThreeHaveOneOrderAndNoneIsLostOrTwice() {
        List<RunningMember> members = processes.optimized().ring(3);
        long formed = processes.awaitTogether(members);

        long begin = System.nanoTime();
        members.forEach(member -> member.tell("expect " + 3 * MESSAGES));
        members.forEach(member -> member.tell("send " + MESSAGES + " 64 agreed"));
        List<JsonLine> ends =
                members.stream().map(member -> member.await("reached")).toList();
        long took = System.nanoTime() - begin;
        members.forEach(member -> member.await("settled"));

        LOG.info(
                "figure: {} messages of 64 bytes from each of three in {} ms, {} a second",
                MESSAGES,
                RingProcesses.millis(took),
                String.format(Locale.ROOT, "%,d", 3 * MESSAGES * 1_000_000_000L / took));
        for (JsonLine end : ends) {
            assertThat(end.number("digest")).isEqualTo(ends.get(0).number("digest"));
            assertThat(end.number("gaps")).isZero();
            assertThat(end.number("repeats")).isZero();
            assertThat(end.number("corrupt")).isZero();
        }
        for (RunningMember member : members) {
            assertThat(member.ask("status", "status").number("count")).isEqualTo(3 * MESSAGES);
        }
        assertThat(processes.awaitTogether(members))
                .as("nobody was given up on")
                .isEqualTo(formed);
    }

    @Test
    void theSurvivorsOfAKillUnderLoadHaveDeliveredTheSameInTheSameConfigurations() throws Exception {
        List<RunningMember> members = processes.traced().with("under-way=500").ring(3);
        RunningMember victim = members.get(0); // the representative
        List<RunningMember> survivors = members.subList(1, 3);
        members.forEach(member -> member.tell("expect 3000"));
        members.get(0).tell("load 200 agreed");
        members.get(1).tell("load 3000 safe");
        members.get(2).tell("load 50 agreed");
        members.forEach(member -> member.await("reached"));

        long killed = victim.kill();
        long together = processes.awaitTogether(survivors);

        LOG.info("figure: survivors together {} ms after kill -9 under load", RingProcesses.millis(together - killed));
        long delivered = survivors.get(0).configuration().number("delivered");
        survivors.forEach(member -> member.ask("expect " + (delivered + 1_000), "reached"));
        survivors.forEach(member -> member.tell("stop"));
        survivors.forEach(member -> member.await("settled"));
        processes.awaitSameDelivered(survivors);
        JsonLine one = survivors.get(0).configuration();
        JsonLine other = survivors.get(1).configuration();
        assertThat(one.number("countBefore")).isEqualTo(other.number("countBefore"));
        assertThat(one.number("digestBefore")).isEqualTo(other.number("digestBefore"));
        for (RunningMember member : survivors) {
            member.tell("leave");
            member.await("left");
        }
        History history = new TraceJudge()
                .killed(victim.traceFile())
                .left(survivors.get(0).traceFile())
                .left(survivors.get(1).traceFile())
                .requireSound();
        LOG.info("figure: {} deliveries judged", history.deliveries());
    }
}
