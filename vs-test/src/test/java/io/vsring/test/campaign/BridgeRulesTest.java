package io.vsring.test.campaign;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import org.junit.jupiter.api.Test;

class BridgeRulesTest {

    @Test
    void aCutDropsDatagramsOfTheRingInOneDirectionAndCountsThem() {
        BridgeRules rules = BridgeRules.dropping(List.of(new Link(1, 2)), 7460);

        assertThat(rules.rules()).contains("iifname \"p1\" oifname \"p2\" udp dport 7460 counter name met drop");
        assertThat(rules.rules()).doesNotContain("iifname \"p2\"");
    }

    @Test
    void lossIsDrawnForEachDatagram() {
        assertThat(BridgeRules.losing(17, 7460).rules())
                .contains("udp dport 7460 numgen random mod 100 < 17 counter name met drop");
    }

    @Test
    void whatGoesToAMemberGoesToItsSocketOfTheRelayAndComesFromItsSocketInDisguise() {
        String rules = BridgeRules.relaying(new MemberNetwork.Namespaced(), 2, "02:00:00:00:00:01", 20_001)
                .rules();

        assertThat(rules)
                .contains("ip daddr 10.77.46.2 udp dport 7460 counter name met meta pkttype set unicast"
                        + " ether daddr set 02:00:00:00:00:01 ip daddr set 10.77.46.254 udp dport set 20002")
                .contains("ip saddr 10.77.46.254 udp sport 20002 ip saddr set 10.77.46.2 udp sport set 7460");
    }

    @Test
    void aCounterIsReadAsNftShowsIt() {
        String shown = """
                table bridge vsring_fault {
                	counter met {
                		packets 310 bytes 27114
                	}
                }
                """;

        assertThat(BridgeRules.packets(shown)).isEqualTo(310);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> BridgeRules.packets("table bridge vsring_fault { }"))
                .withMessageContaining("expected a counter of nft");
    }

    @Test
    void aQueueIsReadAsTcShowsIt() {
        SlowLink slow = new SlowLink(2, 100);
        assertThat(slow.proof().happened()).isFalse();

        slow.read("""
                qdisc tbf 8001: root refcnt 3 rate 100Kbit burst 4Kb lat 100ms
                 Sent 53212 bytes 402 pkt (dropped 7, overlimits 367 requeues 0)
                 backlog 0b 0p requeues 0
                """);

        assertThat(slow.proof()).isEqualTo(new Proof(true, "tc: overlimits=367 dropped=7"));
    }
}
