package io.vsring.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import io.vsring.benchmarks.peer.Mode;
import java.util.List;
import org.junit.jupiter.api.Test;

class VerdictTest {

    private final Verdict verdict = new Verdict(Plan.parse(Mode.THROUGHPUT, new Arguments(List.of("--members", "2"))));

    @Test
    void membersThatDeliveredTheSameAgree() {
        verdict.hear(1, List.of("result {\"msgs_per_s\":100,\"p50_us\":7,\"cpu_s\":1}", "order 1.2.a 10 ff"));
        verdict.hear(2, List.of("result {\"msgs_per_s\":200,\"p50_us\":null,\"cpu_s\":2}", "order 1.2.a 10 ff"));

        assertThat(verdict.contradictions()).isEmpty();
        assertThat(verdict.summary().toString())
                .contains("\"msgs_per_s\":150", "\"p50_us\":7", "\"cpu_s\":3", "\"order\":\"same\"");
    }

    @Test
    void anotherDigestOfTheSameConfigurationIsAContradiction() {
        verdict.hear(1, List.of("result {}", "order 1.2.a>1.3.a 10 ff", "order 1.3.a 1 0"));
        verdict.hear(2, List.of("result {}", "order 1.2.a>1.3.a 10 fe", "order 1.3.a 1 0"));

        assertThat(verdict.contradictions())
                .containsExactly(
                        "member 2 has in configuration 1.2.a>1.3.a messages and digest 10 fe, another one 10 ff");
        assertThat(verdict.summary().toString()).contains("\"order\":\"DIFFERENT\"");
    }

    @Test
    void aConfigurationThatOnlyOneMemberWentThroughIsNone() {
        verdict.hear(1, List.of("result {}", "order 1.1.a>1.3.a 0 ff", "order 1.3.a 1 0"));
        verdict.hear(2, List.of("result {}", "order 2.1.b>1.3.a 0 fe", "order 1.3.a 1 0"));

        assertThat(verdict.contradictions()).isEmpty();
    }

    @Test
    void membersThatEndInDifferentPlacesDoNotAgree() {
        verdict.hear(1, List.of("result {}", "order 1.3.a 1 0"));
        verdict.hear(2, List.of("result {}", "order 2.3.b 1 0"));

        assertThat(verdict.contradictions())
                .containsExactly("the members did not end in the same place: [1.3.a 1 0, 2.3.b 1 0]");
    }

    @Test
    void whoIsLostHasNothingToSay() {
        Verdict ofFailover = verdict(Mode.FAILOVER, "--members", "3");
        ofFailover.hear(1, List.of("result {\"silence_ms\":12.5,\"configurations\":2}", "order 1.3.a 10 ff"));
        ofFailover.hear(2, List.of("result {\"silence_ms\":90,\"configurations\":2}", "order 1.3.a 10 ff"));

        assertThat(ofFailover.contradictions()).isEmpty();
        assertThat(ofFailover.summary().toString()).contains("\"silence_ms\":90", "\"loss\":\"kill\",\"lost\":3");
    }

    @Test
    void whatALostMemberOfAPeerHasSentMayHaveComeToSomeOnly() {
        Verdict ofPeer = verdict(Mode.FAILOVER, "--peer", "jgroups_udp");
        ofPeer.hear(1, List.of("result {\"silence_ms\":12}", "order [m1|3] 3695 ff"));
        ofPeer.hear(2, List.of("result {\"silence_ms\":13}", "order [m1|3] 3696 fe"));

        assertThat(ofPeer.contradictions()).isEmpty();
    }

    @Test
    void aRunInWhichNothingWasComparedIsNotCalledTheSame() {
        verdict.hear(1, List.of("result {}"));
        verdict.hear(2, List.of("result {}"));

        assertThat(verdict.contradictions())
                .containsExactly("member 1 said nothing about the order", "member 2 said nothing about the order");
        assertThat(verdict.summary().toString()).contains("\"order\":\"DIFFERENT\"");
    }

    @Test
    void aMemberThatFailedMakesTheRunFailHoweverMuchItHasDelivered() {
        verdict.hear(1, List.of("result {}", "order 1.3.a 1 0"));
        verdict.hear(2, List.of("failed its disk is full", "result {}", "order 1.3.a 1 0"));

        assertThat(verdict.contradictions()).containsExactly("member 2 failed: its disk is full");
    }

    @Test
    void callsOfAllMembersAreAddedUpAndTheirStatesCompared() {
        Verdict ofLocks = verdict(Mode.LOCKS, "--members", "2");
        ofLocks.hear(1, List.of("result {\"locks_per_s\":100,\"p99_us\":7}", "order state 10:ff"));
        ofLocks.hear(2, List.of("result {\"locks_per_s\":200,\"p99_us\":9}", "order state 10:fe"));

        assertThat(ofLocks.contradictions()).isNotEmpty();
        assertThat(ofLocks.summary().toString())
                .contains("\"locks_per_s\":300", "\"p99_us\":9", "\"state\":\"DIFFERENT\"");
    }

    @Test
    void clientsOfAServerHaveNoStateToCompare() {
        Verdict ofServer = verdict(Mode.LOCKS, "--members", "1", "--approach", "server");
        ofServer.hear(1, List.of("result {\"locks_per_s\":100}"));

        assertThat(ofServer.contradictions()).isEmpty();
        assertThat(ofServer.summary().toString())
                .contains("\"locks_per_s\":100")
                .doesNotContain("state");
    }

    @Test
    void aJoinIsOneLineOfWhatTheJoinerAndTheWritersSaw() {
        Verdict ofJoin = verdict(Mode.JOIN, "--members", "2");
        ofJoin.hear(1, List.of("result {\"stall_ms\":12,\"heap_peak_mb\":300}", "order state 10:ff"));
        ofJoin.hear(2, List.of("result {\"join_ms\":4000,\"found\":1000000}", "order state 10:ff"));

        assertThat(ofJoin.summary().toString())
                .contains("\"join_ms\":4000", "\"found\":1000000", "\"stall_ms\":12", "\"state\":\"same\"");
    }

    private static Verdict verdict(Mode mode, String... options) {
        return new Verdict(Plan.parse(mode, new Arguments(List.of(options))));
    }

    @Test
    void aMemberWithoutResultIsMissed() {
        verdict.hear(1, List.of("result {}", "order 1.3.a 1 0"));

        assertThat(verdict.contradictions()).containsExactly("only 1 of 2 members reported");
    }
}
