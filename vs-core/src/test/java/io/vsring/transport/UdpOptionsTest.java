package io.vsring.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import org.junit.jupiter.api.Test;

class UdpOptionsTest {

    @Test
    void theDefaultsFitTogether() {
        assertThat(UdpOptions.defaults().violations()).isEmpty();
    }

    @Test
    void everythingWrongIsToldAtOnce() throws Exception {
        UdpOptions wrong = UdpOptions.builder()
                .ports(7470, 7460)
                .advertisedHost(" ")
                .advertisedPort(70_000)
                .receiveBufferBytes(512)
                .sendBufferBytes(512)
                .maxDatagramBytes(70_000)
                .multicast(new UdpOptions.Multicast(InetAddress.getByName("10.0.0.1"), 0, null, 256))
                .build();

        assertThat(wrong.violations())
                .extracting(text -> text.substring(0, text.indexOf(' ')))
                .containsExactly(
                        "vs.transport.port",
                        "vs.transport.advertised-port",
                        "vs.transport.advertised-address",
                        "vs.transport.receive-buffer",
                        "vs.transport.send-buffer",
                        "maxDatagramBytes",
                        "vs.transport.multicast-group",
                        "vs.transport.multicast-ttl",
                        "vs.transport.multicast-group");
    }

    @Test
    void aGroupMustBeOfTheFamilyOfTheBindAddress() throws Exception {
        UdpOptions mixed = UdpOptions.builder()
                .multicast(new UdpOptions.Multicast(InetAddress.getByName("ff02::4a3c"), 7460, null, 1))
                .build();

        assertThat(mixed.violations()).singleElement().asString().contains("both be IPv4 or both be IPv6");
    }

    @Test
    void aRangeThatStartsAtZeroIsNoRange() {
        assertThat(UdpOptions.builder().ports(0, 10).build().violations())
                .singleElement()
                .asString()
                .contains("0 alone means any free port");
    }

    @Test
    void optionsWithViolationsOpenNothing() {
        UdpOptions wrong = UdpOptions.builder().sendBufferBytes(1).build();

        assertThatThrownBy(() -> UdpMember.openUnstarted(wrong, SocketKind.NIO))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("vs.transport.send-buffer (1 bytes)");
    }
}
