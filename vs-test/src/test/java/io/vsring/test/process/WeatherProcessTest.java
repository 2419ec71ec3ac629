package io.vsring.test.process;

import static org.assertj.core.api.Assertions.assertThat;

import io.vsring.test.trace.JsonLine;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Processes between which datagrams are lost: some of them, or all between two halves. */
@Tag("processes")
@EnabledOnOs(OS.LINUX)
@Timeout(180)
class WeatherProcessTest {

    private static final Logger LOG = LoggerFactory.getLogger(WeatherProcessTest.class);

    @RegisterExtension
    final RingProcesses processes = new RingProcesses();

    @Test
    void twoRingsOfTwoUnderFullLoadBecomeOne() throws Exception {
        Relay relay = processes.relayed(4);
        relay.splitAfter(2);
        List<RunningMember> members = processes.launch(4);
        members.forEach(member -> member.tell("start"));
        processes.awaitTogether(members.subList(0, 2));
        processes.awaitTogether(members.subList(2, 4));
        members.forEach(member -> member.tell("expect 5000"));
        members.forEach(member -> member.tell("load 200 agreed"));
        members.forEach(member -> member.await("reached"));

        long cleared = System.nanoTime();
        relay.clear();
        long together = processes.awaitTogether(members);

        LOG.info("figure: two loaded rings of two are one {} ms later", RingProcesses.millis(together - cleared));
        members.forEach(member -> member.tell("stop"));
        members.forEach(member -> member.await("settled"));
        JsonLine last = processes.awaitSameDelivered(members);
        assertThat(processes.awaitTogether(members)).as("nobody has gone since").isEqualTo(together);
        for (int half = 0; half < 4; half += 2) {
            JsonLine one = members.get(half).configuration();
            JsonLine other = members.get(half + 1).configuration();
            assertThat(one.number("countBefore")).isPositive().isEqualTo(other.number("countBefore"));
            assertThat(one.number("digestBefore")).isEqualTo(other.number("digestBefore"));
        }
        members.forEach(member -> assertIntact(member.ask("status", "status")));
        LOG.info("figure: {} messages in the one ring, relay {}", last.number("countHere"), relay.counts());
    }

    @Test
    void messagesOfAllSizesArriveWhole() {
        List<RunningMember> members = processes.ring(3);

        long took = exchangeAllSizes(members);

        LOG.info("figure: 0 bytes and 1 MiB from each of three in {} ms", took);
    }

    @Test
    void messagesOfAllSizesArriveWholeWhileThreeOfTenDatagramsAreLost() throws Exception {
        Relay relay = processes.relayed(3);
        List<RunningMember> members = processes.ring(3);
        long formed = processes.awaitTogether(members);
        relay.lose(0.3);

        long took = exchangeAllSizes(members);

        LOG.info("figure: the same with 30% loss in {} ms, relay {}", took, relay.counts());
        assertThat(processes.awaitTogether(members))
                .as("nobody was given up on")
                .isEqualTo(formed);
    }

    private long exchangeAllSizes(List<RunningMember> members) {
        long begin = System.nanoTime();
        for (RunningMember member : members) {
            member.tell("expect 6");
            member.tell("send 1 0 safe");
            member.tell("send 1 1048576 safe");
            member.tell("send 1 1048577 safe");
        }
        for (RunningMember member : members) {
            assertThat(member.await("refused").text("text"))
                    .isEqualTo("message of 1048577 bytes is over the limit of 1048576 bytes"
                            + " (vs.transport.max-message-size)");
            assertThat(member.await("settled", event -> event.number("sent") == 0)
                            .number("accepted"))
                    .as("what its ring has accepted, the refused one not among it")
                    .isEqualTo(2);
            JsonLine reached = member.await("reached");
            assertThat(reached.number("bytes")).isEqualTo(3L << 20);
            assertIntact(reached);
        }
        processes.awaitSameDelivered(members);
        return RingProcesses.millis(System.nanoTime() - begin);
    }

    private static void assertIntact(JsonLine status) {
        assertThat(status.number("corrupt")).isZero();
        assertThat(status.number("repeats")).isZero();
        assertThat(status.number("gaps")).isZero();
    }
}
