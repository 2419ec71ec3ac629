package io.vsring.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vsring.Guarantee;
import io.vsring.benchmarks.peer.Mode;
import io.vsring.ring.RingOptions;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class PlanTest {

    @Test
    void aThroughputRunHasAllMembersSendByDefault() {
        Plan plan = plan(Mode.THROUGHPUT);

        assertThat(plan.members()).isEqualTo(3);
        assertThat(plan.senders()).isEqualTo(3);
        assertThat(plan.size()).isEqualTo(1024);
        assertThat(plan.guarantee()).isEqualTo(Guarantee.AGREED);
        assertThat(plan.measuredNanos()).isEqualTo(5_000_000_000L);
        assertThat(plan.warmNanos()).isEqualTo(5_000_000_000L);
        assertThat(plan.placement().hosts()).containsExactly("127.0.0.1", "127.0.0.1", "127.0.0.1");
    }

    @Test
    void aLatencyRunHasOneSenderWithOneSmallMessageInFlight() {
        Plan plan = plan(Mode.LATENCY);

        assertThat(plan.senders()).isEqualTo(1);
        assertThat(plan.size()).isEqualTo(64);
        assertThat(plan.inFlight()).isEqualTo(1);
    }

    @Test
    void aFailoverRunHasAllSendAndLosesTheLastUnlessItIsToldOtherwise() {
        Plan plan = plan(Mode.FAILOVER);

        assertThat(plan.senders()).isEqualTo(3);
        assertThat(plan.intervalNanos()).isEqualTo(1_000_000);
        assertThat(plan.loss()).isEqualTo(new Loss(Loss.Way.KILL, 3));
        assertThat(plan.reporters()).isEqualTo(2);
        assertThat(plan.isLost(3)).isTrue();
        assertThat(plan(Mode.FAILOVER, "--loss leave --lost 1").loss()).isEqualTo(new Loss(Loss.Way.LEAVE, 1));
        assertThat(plan(Mode.IDLE).intervalNanos()).isEqualTo(250_000_000);
        assertThat(plan(Mode.IDLE).reporters()).isEqualTo(3);
        assertThatThrownBy(() -> plan(Mode.FAILOVER, "--lost 4")).hasMessage("--lost must be at most 3, not 4");
        assertThatThrownBy(() -> plan(Mode.FAILOVER, "--members 1"))
                .hasMessage("--members must be at least 2 for failover: one of them is lost");
    }

    @Test
    void whoOnlySendsNeedsSomebodyToSendTo() {
        assertThatThrownBy(() -> plan(Mode.RAW, "--members 1"))
                .hasMessage("--members must be at least 2 for raw: the first one sends to the others");
        assertThat(plan(Mode.RAW).isCompared()).isFalse();
    }

    @Test
    void anEnvelopeIsThereIfOneIsAskedFor() {
        assertThat(plan(Mode.THROUGHPUT).tuning().envelope().keyring()).isNull();
        assertThat(plan(Mode.THROUGHPUT, "--envelope sealed")
                        .tuning()
                        .envelope()
                        .keyring())
                .isNotNull();
    }

    @Test
    void locksAreMeasuredWithAHundredCallsInFlightAndSafe() {
        Plan plan = plan(Mode.LOCKS);

        assertThat(plan.inFlight()).isEqualTo(100);
        assertThat(plan.warmNanos()).isEqualTo(40_000_000_000L);
        assertThat(plan.guarantee()).isEqualTo(Guarantee.SAFE);
        assertThat(plan.objects().approach()).isEqualTo(Approach.RING);
        assertThat(plan(Mode.LOCKS, "--approach server").objects().approach()).isEqualTo(Approach.SERVER);
    }

    @Test
    void aMapHasAsManyKeysAndAsLongValuesAsItIsTold() {
        assertThat(plan(Mode.MAP).objects()).isEqualTo(new Plan.Objects(Approach.RING, 10_000, 100));
        assertThat(plan(Mode.JOIN).objects().entries()).isEqualTo(1_000_000);
        Plan plan = plan(Mode.MAP, "--entries 7 --value-bytes 9 --guarantee agreed");
        assertThat(plan.objects()).isEqualTo(new Plan.Objects(Approach.RING, 7, 9));
        assertThat(plan.guarantee()).isEqualTo(Guarantee.AGREED);
    }

    @Test
    void aLineSaysWhatTheLoadWas() {
        assertThat(plan(Mode.LOCKS, "--approach server")
                        .describe(new JsonLine())
                        .toString())
                .startsWith("{\"peer\":\"vs\",\"mode\":\"locks\",\"approach\":\"server\",\"members\":3,")
                .contains("\"in_flight\":100");
        assertThat(plan(Mode.MAP).describe(new JsonLine()).toString())
                .contains("\"entries\":10000,\"value_bytes\":100,\"guarantee\":\"safe\"");
    }

    @Test
    void whatIsGivenHolds() {
        Plan plan = plan(
                Mode.THROUGHPUT,
                "--members 5 --senders 2 --size 16 --guarantee safe --seconds 0.5 --warm 0 --in-flight 7 --mtu 65000"
                        + " --window-frames 20 --visit-frames 9 --accelerated-frames 4 --busy-poll 30"
                        + " --receive-buffer 300000 --native nio --multicast 239.1.2.3 --hosts a,b,c,d,e --port 7000");

        assertThat(plan.members()).isEqualTo(5);
        assertThat(plan.senders()).isEqualTo(2);
        assertThat(plan.size()).isEqualTo(16);
        assertThat(plan.guarantee()).isEqualTo(Guarantee.SAFE);
        assertThat(plan.measuredNanos()).isEqualTo(500_000_000L);
        assertThat(plan.warmNanos()).isZero();
        assertThat(plan.inFlight()).isEqualTo(7);
        assertThat(plan.tuning())
                .isEqualTo(new Plan.Tuning(
                        65000,
                        20,
                        9,
                        4,
                        Duration.ofNanos(30_000),
                        300000,
                        RingOptions.NativeMode.NIO,
                        Envelope.PLAIN,
                        "239.1.2.3"));
        assertThat(plan.placement())
                .isEqualTo(new Plan.Placement(List.of("a", "b", "c", "d", "e"), 7000, "", "", null));
    }

    @Test
    void smallMessagesNeedMoreInFlightThanLargeOnes() {
        assertThat(plan(Mode.THROUGHPUT, "--size 16").inFlight()).isEqualTo(16384);
        assertThat(plan(Mode.THROUGHPUT, "--size 16 --visit-frames 17").inFlight())
                .isEqualTo(4760);
        assertThat(plan(Mode.THROUGHPUT, "--size 1024").inFlight()).isEqualTo(348);
        assertThat(plan(Mode.THROUGHPUT, "--size 8192").inFlight()).isEqualTo(64);
        assertThat(plan(Mode.THROUGHPUT, "--size 1 --mtu 65000").inFlight()).isEqualTo(16384);
    }

    @Test
    void whatIsWrongIsNamedWithWhatWasExpected() {
        refused("--sizes 3", "unknown option '--sizes': see --help");
        refused("--size", "--size needs a value");
        refused("--size x", "--size must be a whole number, not 'x'");
        refused("--size 0", "--size must be at least 1, not '0'");
        refused("--guarantee maybe", "--guarantee must be one of [agreed, safe], not 'maybe'");
        refused("--seconds -1", "--seconds must be 0 to 86400 seconds, not '-1'");
        refused("--senders 4", "--senders must be at most --members (3), not 4");
        refused("--mtu 70000", "--mtu must be at most 65507 bytes");
        refused("--size 2000000000", "--size must be at most 67108864, not 2000000000");
        refused("--members 65", "--members must be at most 64, not 65");
        refused("--approach client", "--approach must be one of [ring, server], not 'client'");
        refused("--approach server", "--approach must be ring but for locks");
        refused("--entries 0", "--entries must be at least 1, not '0'");
        refused("--value-bytes 2000000", "--value-bytes must be at most 1000000, not 2000000");
        refused("--port 65534", "--port must be at most 65533, since the members follow one another, not 65534");
        refused("--hosts a,b", "--hosts must name one host, or one for each of 3 members, not 2");
    }

    @Test
    void whatDoesNotFitWhatIsMeasuredIsRefused() {
        assertThatThrownBy(() -> plan(Mode.LOCKS, "--guarantee agreed"))
                .hasMessage("--guarantee must be safe for locks: they are always so");
        assertThatThrownBy(() -> plan(Mode.JOIN, "--members 1"))
                .hasMessage("--members must be at least 2 for join: the last one joins the others");
    }

    @Test
    void allThatTheRingRefusesIsOneLineInTheWordsOfTheCommandLine() {
        assertThatThrownBy(() -> plan(Mode.THROUGHPUT, "--mtu 60000 --receive-buffer 1024 --window-frames 100000"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith(
                        "--receive-buffer (1024 bytes) must hold at least 4 frames of --mtu (60000 bytes);"
                                + " --window-frames must be")
                .message()
                .hasLineCount(1)
                .doesNotContain("vs.");
    }

    @Test
    void aMembersCommandRepeatsTheOptionsAndAddsWhoItIs() {
        List<String> words = words("--size 16 --launch", "ip netns exec tb{}");
        Plan plan = Plan.parse(Mode.THROUGHPUT, new Arguments(words));

        List<String> command = new MemberCommand(plan, words).forMember(2, "7001,7002,7003");

        assertThat(command).startsWith("ip", "netns", "exec", "tb2");
        assertThat(command).containsSubsequence("member", "throughput", "--size", "16", "--member", "2");
        assertThat(command).endsWith("--ports", "7001,7002,7003");
    }

    @Test
    void helpNamesEveryOption() {
        String help = BenchmarksMain.help();

        for (Option option : Option.values()) {
            assertThat(help).contains("--" + option.word() + " ");
        }
    }

    private static void refused(String options, String text) {
        assertThatThrownBy(() -> plan(Mode.THROUGHPUT, options))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(text);
    }

    private static Plan plan(Mode mode, String... options) {
        return Plan.parse(mode, new Arguments(options.length == 0 ? List.of() : words(options[0])));
    }

    private static List<String> words(String spaced, String... more) {
        List<String> words = new java.util.ArrayList<>(List.of(spaced.split(" ")));
        words.addAll(List.of(more));
        return words;
    }
}
