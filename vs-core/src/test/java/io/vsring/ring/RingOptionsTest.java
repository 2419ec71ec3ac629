package io.vsring.ring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vsring.MemberAddress;
import io.vsring.protocol.ProtocolOptions;
import java.net.NetworkInterface;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.junit.jupiter.api.Test;

class RingOptionsTest {

    @Test
    void theDefaultsAreInOrderAndAgreeWithTheProtocols() {
        RingOptions options = RingOptions.builder().build();

        assertThat(options.protocolOptions(new WindowFit(256, 1024, 1400, 1 << 22, 1 << 22)))
                .isEqualTo(ProtocolOptions.defaults());
        assertThat(options.sendQueueBytes()).isEqualTo((4 << 20) + (1 << 20));
        assertThat(options.hasEphemeralPort()).isTrue();
    }

    @Test
    void allViolationsAreToldAtOnceAndByTheirProperties() {
        RingOptionsBuilder builder = RingOptions.builder()
                .clusterName("")
                .frameBytes(100)
                .maxMessageBytes(0)
                .ports(9, 8)
                .advertisedPort(70_000)
                .multicastTtl(300)
                .bindAddress("any")
                .seeds("host:x", "other:y")
                .tokenLossTimeout(Duration.ofMillis(100))
                .consensusTimeout(Duration.ofMillis(200))
                .deliveryLaneFrames(1)
                .windowFrames(1)
                .visitFrames(0)
                .acceleratedFrames(-1)
                .busyPoll(Duration.ofMillis(11))
                .formationWait(Duration.ofMillis(-1));

        assertThatThrownBy(builder::build)
                .isInstanceOf(IllegalArgumentException.class)
                .extracting(Throwable::getMessage)
                .asString()
                .contains(
                        "vs.cluster-name",
                        "vs.transport.mtu must be 512",
                        "vs.transport.max-message-size",
                        "vs.transport.port",
                        "vs.transport.advertised-port",
                        "vs.transport.advertised-address",
                        "vs.transport.multicast-ttl",
                        "'host:x'",
                        "'other:y'",
                        "vs.ring.token-loss-timeout (100ms) must be longer than vs.ring.hold-timeout + 3 x"
                                + " vs.ring.token-retransmit-timeout (440ms)",
                        "vs.ring.consensus-timeout (200ms) must be longer than vs.ring.commit-loss-timeout + 2 x"
                                + " vs.ring.join-interval",
                        "vs.ring.delivery-lane-frames",
                        "vs.ring.window-frames",
                        "vs.ring.visit-frames",
                        "vs.ring.accelerated-frames must be 0 or more, not -1",
                        "vs.ring.formation-wait",
                        "vs.transport.busy-poll must be 0 to 10ms, not 11ms",
                        "vs.security.mode=insecure-plaintext");
    }

    @Test
    void plainTextStaysOnLoopback() {
        assertThat(RingOptions.builder().seeds("localhost:7460-7463").build().seeds())
                .hasSize(1);
        assertThatThrownBy(() -> RingOptions.builder().bindAddress("192.0.2.1").build())
                .hasMessageContaining("192.0.2.1")
                .hasMessageContaining("vs.security.mode=insecure-plaintext");
        assertThatThrownBy(() -> RingOptions.builder().seeds("192.0.2.1").build())
                .hasMessageContaining("192.0.2.1")
                .hasMessageContaining("vs.security.mode=insecure-plaintext");
        assertThat(RingOptions.builder()
                        .seeds("192.0.2.1")
                        .insecurePlaintext()
                        .build()
                        .isInsecurePlaintext())
                .isTrue();
    }

    @Test
    void anAddressThatIsFoundOnlyWhenItIsOpenedIsJudgedThen() {
        RingOptions anyNetwork = RingOptions.builder().bindAddress("0.0.0.0/0").build();
        RingOptions noSuchNetwork =
                RingOptions.builder().bindAddress("203.0.113.0/32").build();

        assertThatThrownBy(() -> anyNetwork.open(new RecordingHandler()))
                .isInstanceOf(RingStartException.class)
                .hasMessageContaining("vs.transport.bind-address");
        assertThatThrownBy(() -> noSuchNetwork.open(new RecordingHandler()))
                .isInstanceOf(RingStartException.class)
                .hasMessageContaining("no address of this host is '203.0.113.0/32'");
    }

    @Test
    void seedsThatAreAllOfTheOtherIpVersionAreAMistake() {
        RingOptions options = RingOptions.builder().seeds("[::1]:7460").port(0).build();

        assertThatThrownBy(() -> options.open(new RecordingHandler()))
                .isInstanceOf(RingStartException.class)
                .hasMessageContaining("vs.discovery.seeds: the seed '[::1]:7460' has no address of the IP version of");
    }

    @Test
    void onlyOneCanSayWhereOthersAre() {
        RingOptionsBuilder both =
                RingOptions.builder().seeds("localhost").seedProvider(List::of).seedRefreshInterval(Duration.ZERO);

        assertThatThrownBy(both::build)
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("vs.discovery.seeds [localhost]")
                .hasMessageContaining("leave one of them out")
                .hasMessageContaining("vs.discovery.refresh-interval must be 1ms to 1 day");
    }

    @Test
    void whatIsFarTooLargeIsRefusedBeforeAnythingBreaksOnIt() {
        Duration forever = ChronoUnit.FOREVER.getDuration();
        RingOptionsBuilder builder = RingOptions.builder()
                .ports(1024, 65_535)
                .seeds("127.0.0.1")
                .deliveryLaneFrames(Integer.MAX_VALUE)
                .windowFrames(Integer.MAX_VALUE)
                .frameBytes(65_000)
                .formationWait(forever)
                .leaveTimeout(forever)
                .tokenLossTimeout(forever);

        assertThatThrownBy(builder::build)
                .isInstanceOf(IllegalArgumentException.class)
                .extracting(Throwable::getMessage)
                .asString()
                .contains(
                        "'127.0.0.1' is not a seed",
                        "more than the 256",
                        "vs.ring.delivery-lane-frames must be 16 to 1048576",
                        "vs.ring.window-frames must be at most",
                        "vs.ring.formation-wait must be 0 to 1 day",
                        "vs.ring.leave-timeout must be 1ms to 1 day",
                        "vs.ring.token-loss-timeout must be 1ms to 1 day");
    }

    @Test
    void anAddressThatNobodyCanSendToIsNotAdvertised() {
        assertThatThrownBy(() -> RingOptions.builder().advertisedHost("0.0.0.0").build())
                .hasMessageContaining("vs.transport.advertised-address '0.0.0.0'");
        assertThatThrownBy(() -> RingOptions.builder().advertisedHost("::1").build())
                .hasMessageContaining("both be IPv4 or both be IPv6");
        assertThatThrownBy(() -> RingOptions.builder()
                        .bindAddress("::1")
                        .advertisedHost("127.0.0.1")
                        .build())
                .hasMessageContaining("both be IPv4 or both be IPv6");
        assertThat(RingOptions.builder()
                        .bindAddress("::")
                        .advertisedHost("192.0.2.1")
                        .insecurePlaintext()
                        .build())
                .isNotNull();
    }

    @Test
    void aMulticastGroupIsReadAsItIsSpelled() {
        assertThat(MulticastGroup.parse("ff12::1").port()).isZero();
        assertThat(MulticastGroup.parse("[ff12::1]:7460").port()).isEqualTo(7460);
        assertThat(MulticastGroup.parse("239.192.74.60").port()).isZero();
        assertThat(MulticastGroup.parse("239.192.74.60:7459").port()).isEqualTo(7459);
        for (String wrong : List.of(
                "239.1.1.1:7460-7469", "10.0.0.1", "group.example", "239.1.1.1:", "239.1.1.1:x", "", "300.1.1.1")) {
            assertThatThrownBy(() -> RingOptions.builder()
                            .multicastGroup(wrong)
                            .port(7460)
                            .build())
                    .as(wrong)
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageStartingWith("vs.transport.multicast-group: '" + wrong + "'");
        }
        assertThatThrownBy(() ->
                        RingOptions.builder().multicastGroup("239.192.74.60").build())
                .hasMessageContaining("needs a port");
    }

    @Test
    void plainTextDoesNotLeaveThisHostThroughAMulticastInterface() throws Exception {
        String outside = NetworkInterface.networkInterfaces()
                .filter(each -> !LocalAddress.isLoopbackInterface(each.getName()))
                .map(NetworkInterface::getName)
                .findFirst()
                .orElse("eth0");
        RingOptions options = RingOptions.builder()
                .multicastGroup("239.192.74.60:7459")
                .multicastInterface(outside)
                .build();

        assertThatThrownBy(() -> options.open(new RecordingHandler()))
                .isInstanceOf(RingStartException.class)
                .hasMessageContaining("vs.transport.multicast-interface '" + outside + "'")
                .hasMessageContaining("vs.security.mode=insecure-plaintext");
    }

    @Test
    void optionsDoNotChangeWithTheBuilder() {
        RingOptionsBuilder builder = RingOptions.builder().clusterName("one");
        RingOptions options = builder.build();
        builder.clusterName("two");
        options.toBuilder().clusterName("three");

        assertThat(options.clusterName()).isEqualTo("one");
        assertThat(builder.build().clusterName()).isEqualTo("two");
    }

    @Test
    void theSlotIsTheSameAtEachStartAtTheSameAddressAndDrawnAtAnEphemeralPort() {
        MemberAddress address = MemberAddress.ofIpv4(0x7F000001, 7460);
        RingOptions fixed = RingOptions.builder().port(7460).build();
        RingOptions given = RingOptions.builder().memberId(7).build();
        RingOptions ephemeral = RingOptions.builder().build();

        assertThat(RingAssembly.slot(fixed, address, 1))
                .isEqualTo(RingAssembly.slot(fixed, address, 2))
                .isNotZero();
        assertThat(RingAssembly.slot(given, address, 1)).isEqualTo(7);
        assertThat(RingAssembly.slot(ephemeral, address, 1)).isNotEqualTo(RingAssembly.slot(ephemeral, address, 2));
    }

    @Test
    void withSeedsThePortIsOneThatOthersCanGuess() {
        assertThat(RingOptions.builder().seeds("localhost").build().parsedSeeds())
                .containsExactly(new Seed("localhost", "localhost", 7460, 7460));
        assertThat(RingOptions.builder()
                        .seeds("localhost")
                        .ports(7470, 7472)
                        .build()
                        .parsedSeeds())
                .containsExactly(new Seed("localhost", "localhost", 7470, 7472));
    }
}
