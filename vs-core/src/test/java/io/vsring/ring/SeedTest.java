package io.vsring.ring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vsring.MemberAddress;
import java.net.UnknownHostException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SeedTest {

    @Test
    void readsHostAndPortAndRange() {
        assertThat(Seed.parse("ring.example:7460", 1, 2))
                .isEqualTo(new Seed("ring.example:7460", "ring.example", 7460, 7460));
        assertThat(Seed.parse("10.0.0.1:7460-7463", 1, 2))
                .isEqualTo(new Seed("10.0.0.1:7460-7463", "10.0.0.1", 7460, 7463));
        assertThat(Seed.parse(" host ", 7460, 7465)).isEqualTo(new Seed(" host ", "host", 7460, 7465));
    }

    @Test
    void readsAddressesOfVersionSixWithAndWithoutPort() {
        assertThat(Seed.parse("[::1]:7460", 1, 2)).isEqualTo(new Seed("[::1]:7460", "::1", 7460, 7460));
        assertThat(Seed.parse("[::1]", 1, 2)).isEqualTo(new Seed("[::1]", "::1", 1, 2));
        assertThat(Seed.parse("2001:db8::1", 1, 2)).isEqualTo(new Seed("2001:db8::1", "2001:db8::1", 1, 2));
    }

    @Test
    void eachPortOfARangeIsAnAddress() throws UnknownHostException {
        assertThat(Seed.parse("127.0.0.1:7460-7462", 1, 1).resolve(Seed.Hosts.OF_THIS_JVM))
                .extracting(MemberAddress::toString)
                .containsExactly("127.0.0.1:7460", "127.0.0.1:7461", "127.0.0.1:7462");
        assertThat(Seed.parse("[::1]:9", 1, 1).resolve(Seed.Hosts.OF_THIS_JVM))
                .containsExactly(new MemberAddress(0, 1, 9));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "   ",
                ":7460",
                "host:",
                "host:x",
                "host:0",
                "host:70000",
                "host:9-8",
                "host:1-9999",
                "[::1]7460",
                "a host:1",
                "host:1-2-3",
                "host:-1"
            })
    void whatIsNotASeedIsNamed(String text) {
        assertThatThrownBy(() -> Seed.parse(text, 7460, 7460))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("'" + text + "' is not a seed");
    }

    @Test
    void aHostWithoutPortNeedsAPortOfOurOwn() {
        assertThatThrownBy(() -> Seed.parse("host", 0, 0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("vs.transport.port");
    }

    @Test
    void knowsLoopbackWithoutAskingAnybody() {
        assertThat(Seed.isLoopback("localhost")).isTrue();
        assertThat(Seed.isLoopback("127.9.9.9")).isTrue();
        assertThat(Seed.isLoopback("::1")).isTrue();
        assertThat(Seed.isLoopback("10.0.0.1")).isFalse();
        assertThat(Seed.isLoopback("ring.example")).isFalse();
        assertThat(Seed.isLoopback(MemberAddress.ofIpv4(0x7F000001, 1))).isTrue();
        assertThat(Seed.isLoopback(MemberAddress.ofIpv4(0x0A000001, 1))).isFalse();
    }
}
