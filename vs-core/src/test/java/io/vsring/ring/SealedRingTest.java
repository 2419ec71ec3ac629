package io.vsring.ring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.vsring.Guarantee;
import io.vsring.ring.VirtualMembers.Virtual;
import io.vsring.security.CipherSuite;
import io.vsring.security.Keyring;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Members with keys, on virtual time. */
class SealedRingTest {

    private static final byte[] OLD = secret(1);
    private static final byte[] NEW = secret(2);

    private final VirtualMembers net = new VirtualMembers();

    @Test
    void membersWithTheSameKeyFormARing() {
        Virtual a = start(Keyring.of(1, OLD));
        Virtual b = start(Keyring.of(1, OLD));
        Virtual c = start(Keyring.of(1, OLD));
        net.pass(2_000);

        offer(a, "hello");
        net.pass(100);

        for (Virtual member : List.of(a, b, c)) {
            assertThat(sizeOf(member)).isEqualTo(3);
            assertThat(member.handler.texts()).containsExactly("hello");
        }
        assertThat(b.ring.statistics().openedByKey()).containsOnlyKeys(1);
    }

    @Test
    void whoHasAnotherKeyOrNoneStaysAlone() {
        Virtual a = start(Keyring.of(1, OLD));
        Virtual b = start(Keyring.of(1, OLD));
        Virtual stranger = start(Keyring.of(1, NEW));
        Virtual open = start(null);
        net.pass(3_000);

        assertThat(sizeOf(a)).isEqualTo(2);
        assertThat(sizeOf(b)).isEqualTo(2);
        assertThat(sizeOf(stranger)).isEqualTo(1);
        assertThat(sizeOf(open)).isEqualTo(1);
        assertThat(a.ring.statistics().rejected()).containsKeys("FORGED", "PLAINTEXT");
    }

    @Test
    void keysChangeUnderLoadAndNobodyNotices() {
        Virtual a = start(Keyring.of(1, OLD));
        Virtual b = start(Keyring.of(1, OLD));
        net.pass(2_000);
        long configurations = a.ring.statistics().configurations();
        List<String> sent = new ArrayList<>();
        List<Keyring> steps = List.of(
                new Keyring(Map.of(1, OLD, 2, NEW), 1, CipherSuite.AES_256_GCM),
                new Keyring(Map.of(1, OLD, 2, NEW), 2, CipherSuite.AES_256_GCM),
                Keyring.of(2, NEW));
        for (Keyring keyring : steps) {
            for (Virtual member : List.of(a, b)) {
                member.ring.useKeys(keyring);
                for (int i = 0; i < 20; i++) {
                    sent.add("message " + sent.size());
                    offer(member, sent.get(sent.size() - 1));
                    net.pass(1);
                }
            }
        }
        net.pass(500);

        assertThat(a.handler.texts()).containsExactlyInAnyOrderElementsOf(sent);
        assertThat(b.handler.texts()).isEqualTo(a.handler.texts());
        assertThat(a.ring.statistics().configurations()).isEqualTo(configurations);
        assertThat(b.ring.statistics().openedByKey()).containsOnlyKeys(1, 2);
        assertThat(b.ring.keyring()).isEqualTo(Keyring.of(2, NEW));
    }

    @Test
    void whatWasRecordedBeforeAFullRestartChangesNothing() {
        List<byte[]> recorded = new ArrayList<>();
        Virtual a = start(Keyring.of(1, OLD));
        Virtual b = start(Keyring.of(1, OLD));
        b.loses = datagram -> {
            recorded.add(datagram);
            return false;
        };
        for (int i = 0; i < 40; i++) {
            net.pass(300);
            offer(a, "before " + i);
        }
        assertThat(sizeOf(b)).isEqualTo(2);

        VirtualMembers later = new VirtualMembers(50);
        later.add(options(Keyring.of(1, OLD))).loses = datagram -> true; // does not come back
        Virtual again = later.add(options(Keyring.of(1, OLD)));
        again.ring.start();
        later.pass(2_000);
        long configurations = again.ring.statistics().configurations();
        for (byte[] datagram : recorded) {
            again.arrives(datagram);
            later.pass(5);
        }

        assertThat(recorded).hasSizeGreaterThan(100);
        assertThat(again.ring.statistics().configurations()).isEqualTo(configurations);
        assertThat(again.handler.texts()).isEmpty();
        assertThat(again.ring.statistics().drops()).isEmpty();
        assertThat(again.ring.statistics().gathers()).doesNotContainKey("STRANGER_HEARD");
    }

    @Test // [ORD-7]
    void whoSendsATokenAgainIsShownWhatBecameOfIt() {
        Virtual a = start(Keyring.of(1, OLD));
        Virtual b = start(Keyring.of(1, OLD));
        Virtual c = start(Keyring.of(1, OLD));
        net.pass(2_000);

        for (Virtual slow : List.of(a, b, c)) {
            slow.frozen = true;
            net.pass(400);
            slow.frozen = false;
            net.pass(400);
        }

        for (Virtual member : List.of(a, b, c)) {
            assertThat(sizeOf(member)).isEqualTo(3);
            assertThat(member.ring.statistics().drops()).containsKey("NOT_FOR_US");
            assertThat(member.ring.statistics().rejected()).doesNotContainKey("NOT_FOR_US");
        }
    }

    @Test // [MEM-18]
    void whoSendsACommitTokenAgainIsShownWhatBecameOfIt() {
        for (int beforeMillis = 0; beforeMillis < 600; beforeMillis += 20) {
            VirtualMembers forming = new VirtualMembers();
            List<Virtual> members = new ArrayList<>();
            for (int i = 0; i < 3; i++) {
                members.add(forming.add(options(Keyring.of(1, OLD))));
                members.get(i).ring.start();
            }
            forming.pass(beforeMillis);
            for (Virtual slow : members) {
                slow.frozen = true;
                forming.pass(40);
                slow.frozen = false;
            }
            forming.pass(2_000);

            for (Virtual member : members) {
                assertThat(sizeOf(member)).isEqualTo(3);
                assertThat(member.ring.statistics().rejected()).doesNotContainKey("NOT_FOR_US");
            }
        }
    }

    @Test
    void twoMembersWithOneIdAreKnownToBothAsLongAsTheyAreThere() {
        for (Keyring keyring : new Keyring[] {Keyring.of(1, OLD), null}) {
            VirtualMembers pair = new VirtualMembers();
            Virtual a = pair.add(options(keyring).memberId(7));
            a.ring.start();
            pair.pass(1_000);
            assertThat(a.ring.twin()).isNull();
            Virtual b = pair.add(options(keyring).memberId(7));
            b.ring.start();
            pair.pass(5_000);

            assertThat(a.ring.twin()).isEqualTo(b.ring.status().local());
            assertThat(b.ring.twin()).isNotNull();
            assertThat(b.ring.twin().address()).isEqualTo(a.address);

            b.ring.leave();
            pair.pass(32_000);
            assertThat(a.ring.twin()).isNull();
        }
    }

    @Test
    void aMemberThatNobodyLooksForIsToldTooThatSomebodyElseHasItsId() {
        for (Keyring keyring : new Keyring[] {Keyring.of(1, OLD), null}) {
            VirtualMembers ring = new VirtualMembers();
            for (int slot = 1; slot <= 3; slot++) {
                ring.add(options(keyring)).ring.start();
            }
            ring.pass(2_000);
            Virtual third = ring.members.get(2);
            Virtual copy = ring.add(options(keyring).memberId(3)); // its address is in no seeds
            copy.ring.start();
            ring.pass(5_000);

            for (int i = 0; i < 60; i++) {
                ring.pass(5_000);
                assertThat(third.ring.twin()).isEqualTo(copy.ring.status().local());
                assertThat(copy.ring.twin()).isEqualTo(third.ring.status().local());
            }
            assertThat(sizeOf(ring.members.get(0))).isEqualTo(3);
            assertThat(List.of(sizeOf(third), sizeOf(copy))).containsExactlyInAnyOrder(1, 3);
        }
    }

    @Test
    void whoWasStartedWithoutKeysTakesNone() {
        Virtual a = start(null);

        assertThatIllegalStateException()
                .isThrownBy(() -> a.ring.useKeys(Keyring.of(1, OLD)))
                .withMessageContaining("started without keys")
                .withMessageContaining("vs.security.keys");
    }

    private Virtual start(Keyring keyring) {
        Virtual member = net.add(options(keyring));
        member.ring.start();
        return member;
    }

    private static RingOptionsBuilder options(Keyring keyring) {
        return RingOptions.builder().keyring(keyring);
    }

    private static void offer(Virtual member, String text) {
        assertThat(member.ring.offer(
                        "default", text.getBytes(StandardCharsets.UTF_8), Guarantee.AGREED, new RecordingOutcome()))
                .isTrue();
    }

    private static int sizeOf(Virtual member) {
        return member.ring.status().configuration().members().size();
    }

    private static byte[] secret(long seed) {
        byte[] secret = new byte[32];
        new Random(seed).nextBytes(secret);
        return secret;
    }
}
