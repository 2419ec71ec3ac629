package io.vsring.test.campaign;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class MemberCommandTest {

    private static CampaignOptions options(MemberNetwork network, long seed) {
        return new CampaignOptions(
                List.of("-jar", "app.jar"),
                5,
                1,
                Duration.ofSeconds(1),
                seed,
                Set.of(FaultKind.KILL),
                Path.of("folder"),
                network,
                CampaignOptions.Rounds.ONE);
    }

    @Test
    void onLoopbackPortsTellMembersApart() {
        CampaignOptions options = options(new MemberNetwork.Loopback(8000, 7000), 1);

        assertThat(MemberCommand.of(options, 2))
                .contains("--server.port=8001", "--vs.transport.port=7001")
                .anyMatch(word -> word.startsWith("--vs.security.key-dir=/") && word.endsWith("folder/keys"))
                .anyMatch(word -> word.startsWith("--vs.discovery.seeds=127.0.0.1:7000,127.0.0.1:7001,"));
        assertThat(MemberSlot.of(options, 2).url()).isEqualTo("http://127.0.0.1:8001");
    }

    @Test
    void inNamespacesEachHasAnAddressAndATraceOfItsOwn() {
        CampaignOptions options = options(new MemberNetwork.Namespaced(), 1);

        assertThat(MemberCommand.of(options, 2))
                .startsWith("nsenter", "--net=/var/run/netns/vsring-m2")
                .contains(
                        "--vs.transport.bind-address=10.77.46.2",
                        "--vs.member-id=2",
                        "--vs.trace.file=folder/trace-2.jsonl");
        assertThat(MemberSlot.of(options, 2).url()).isEqualTo("http://10.77.46.2:8080");
    }

    @Test
    void everyRoundHasOtherRoles() {
        Roles first = Roles.of(options(new MemberNetwork.Namespaced(), 1));
        Roles next = Roles.of(options(new MemberNetwork.Namespaced(), 2));

        assertThat(Set.of(first.clock(), first.smallBuffer(), first.veteran())).hasSize(3);
        assertThat(next.veteran()).isNotEqualTo(first.veteran());
        assertThat(MemberCommand.of(options(new MemberNetwork.Namespaced(), 1), first.smallBuffer()))
                .contains("--vs.transport.receive-buffer=64KB");
    }
}
