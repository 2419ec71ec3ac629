package io.vsring.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.vsring.replicated.LockHandle;
import io.vsring.replicated.ReplicatedCounter;
import io.vsring.replicated.ReplicatedMap;
import io.vsring.replicated.ReplicatedObjects;
import io.vsring.ring.Ring;
import io.vsring.security.Keyring;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.assertj.AssertableApplicationContext;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

/** As docs/operations.md says it, on real sockets. */
class KeyRotationOnUdpTest {

    /** Calls after which everything that was on its way has arrived. */
    private static final int CALLS = 200;

    private static final Duration PATIENCE = Duration.ofMinutes(2);

    @TempDir
    private Path directory;

    private final String ports = FreePorts.range(3);
    private final String cluster = "test-" + UUID.randomUUID();
    private final AtomicBoolean isOver = new AtomicBoolean();

    /** One member, its key files, and an application that uses it all the time. */
    private final class Busy {

        private final AssertableApplicationContext context;
        private final Path keys;
        private final ReplicatedObjects objects;
        private final ReplicatedMap<String, Integer> map;
        private final ReplicatedCounter counter;
        private final AtomicLong calls = new AtomicLong();

        @SuppressWarnings("unchecked")
        Busy(int number, AssertableApplicationContext context) {
            this.context = context;
            this.keys = keysOf(number);
            this.objects = context.getBean(ReplicatedObjects.class);
            this.map = context.getBean("stock", ReplicatedMap.class);
            this.counter = context.getBean("orders", ReplicatedCounter.class);
        }

        Ring ring() {
            return objects.ring();
        }

        /** What fails here fails the test. */
        long work() throws InterruptedException {
            while (!isOver.get()) {
                counter.incrementAndGet();
                try (LockHandle lock = objects.locks().acquire("till")) {
                    Integer before = map.get("apples");
                    map.put("apples", before == null ? 1 : before + 1);
                    assertThat(lock.isHeld()).isTrue();
                }
                calls.incrementAndGet();
            }
            return calls.get();
        }

        void awaitKeys(Predicate<Keyring> expected) {
            await().atMost(PATIENCE).until(() -> expected.test(ring().keyring()));
        }

        long openedWithOld() {
            return ring().statistics().openedByKey().getOrDefault(1, 0L);
        }
    }

    @Test
    @Timeout(300)
    void keysAreReplacedUnderLoadAndNobodyNotices() throws IOException {
        byte[] old = secret();
        for (int number = 1; number <= 3; number++) {
            Files.createDirectories(keysOf(number));
            write(keysOf(number), "1", old);
            Files.writeString(keysOf(number).resolve("active"), "1");
        }
        member(1)
                .run(one -> member(2)
                        .run(two -> member(3)
                                .run(three ->
                                        rotate(List.of(new Busy(1, one), new Busy(2, two), new Busy(3, three))))));
    }

    private void rotate(List<Busy> members) throws Exception {
        await().atMost(PATIENCE)
                .until(() -> members.stream()
                        .allMatch(member -> member.ring().status().members().size() == 3
                                && member.objects.status().isPrimary()));
        List<Long> configurations = configurations(members);
        ExecutorService threads = Executors.newFixedThreadPool(members.size());
        List<Future<Long>> work = new ArrayList<>();
        members.forEach(member -> work.add(threads.submit(member::work)));
        try {
            goOn(members, work);
            byte[] fresh = secret();
            for (Busy member : members) {
                write(member.keys, "2", fresh);
                member.awaitKeys(keyring -> keyring.ids().equals(Set.of(1, 2)) && keyring.active() == 1);
                goOn(members, work);
            }
            for (Busy member : members) {
                write(member.keys, "active", new byte[] {'2'});
                member.awaitKeys(keyring -> keyring.active() == 2);
                goOn(members, work);
            }
            List<Long> openedWithOld = members.stream().map(Busy::openedWithOld).toList();
            for (Busy member : members) {
                Files.delete(member.keys.resolve("1"));
                member.awaitKeys(keyring -> keyring.ids().equals(Set.of(2)));
                goOn(members, work);
            }

            assertThat(openedWithOld).allMatch(count -> count > 0);
            assertThat(members).extracting(Busy::openedWithOld).isEqualTo(openedWithOld);
        } finally {
            isOver.set(true);
            threads.shutdown();
        }

        long calls = 0;
        for (Future<Long> each : work) {
            calls += each.get(); // throws what failed
        }
        assertThat(configurations(members)).isEqualTo(configurations);
        assertThat(members.get(0).counter.getOrdered()).isEqualTo(calls);
        assertThat(members.get(0).map.get("apples")).isEqualTo((int) calls);
        assertThat(members)
                .allSatisfy(member ->
                        assertThat(member.ring().statistics().rejected()).doesNotContainKeys("UNKNOWN_KEY", "FORGED"));
        restart(members.get(2));
    }

    /** Its options still have the old key. */
    private static void restart(Busy member) {
        member.context.getSourceApplicationContext().stop();
        member.context.getSourceApplicationContext().start();

        assertThat(member.ring().status().members()).hasSize(3);
        assertThat(member.openedWithOld()).isZero();
    }

    /** All members do some more; who has failed never would. */
    private static void goOn(List<Busy> members, List<Future<Long>> work) {
        List<Long> before =
                members.stream().map(member -> member.calls.get() + CALLS).toList();
        await().atMost(PATIENCE).until(() -> {
            for (int index = 0; index < members.size(); index++) {
                if (work.get(index).isDone()) {
                    work.get(index).get();
                }
                if (members.get(index).calls.get() < before.get(index)) {
                    return false;
                }
            }
            return true;
        });
    }

    private static List<Long> configurations(List<Busy> members) {
        return members.stream()
                .map(member -> member.ring().statistics().configurations())
                .toList();
    }

    /** Patient, since the machine may be busy: a ring that breaks is one whose members do not hear each other. */
    private ApplicationContextRunner member(int number) {
        return new ApplicationContextRunner()
                .withConfiguration(AutoConfigurations.of(RingAutoConfiguration.class))
                .withPropertyValues(
                        "vs.cluster-name=" + cluster,
                        "vs.member-id=" + number,
                        "vs.transport.port=" + ports,
                        "vs.discovery.seeds=127.0.0.1:" + ports,
                        "vs.ring.token-loss-timeout=20s",
                        "vs.startup-timeout=2m",
                        "vs.replication.call-timeout=2m",
                        "vs.security.key-dir=" + keysOf(number),
                        "vs.security.reload=20ms",
                        "vs.maps.stock.value-type=java.lang.Integer",
                        "vs.counters.orders.guarantee=safe");
    }

    private Path keysOf(int number) {
        return directory.resolve("member-" + number);
    }

    private static void write(Path keys, String name, byte[] content) throws IOException {
        Path whole = Files.write(keys.resolve("." + name), content);
        Files.move(whole, keys.resolve(name), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    private static byte[] secret() {
        byte[] secret = new byte[32];
        new SecureRandom().nextBytes(secret);
        return Base64.getEncoder().encode(secret);
    }
}
