package io.vsring.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.awaitility.Awaitility.await;

import io.vsring.Guarantee;
import io.vsring.replicated.Codec;
import io.vsring.replicated.DistributedLocks;
import io.vsring.replicated.LeaderElection;
import io.vsring.replicated.LockHandle;
import io.vsring.replicated.LockState;
import io.vsring.replicated.MapListener;
import io.vsring.replicated.MapOperation;
import io.vsring.replicated.NotPrimaryException;
import io.vsring.replicated.PrimaryStatus;
import io.vsring.replicated.Replica;
import io.vsring.replicated.ReplicatedCounter;
import io.vsring.replicated.ReplicatedMap;
import io.vsring.replicated.ReplicatedObjects;
import io.vsring.replicated.ReplicationListener;
import io.vsring.replicated.StateSnapshot;
import io.vsring.ring.ReentrantCallException;
import io.vsring.ring.RingClosedException;
import io.vsring.spring.MemoryOrder;
import io.vsring.spring.OnDeliver;
import io.vsring.spring.RingTemplate;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.springframework.beans.factory.InitializingBean;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Timeout(60)
class ReplicatedObjectsInContextTest {

    private final MemoryOrder order = new MemoryOrder();
    private final ApplicationContextRunner runner = new ApplicationContextRunner()
            .withConfiguration(AutoConfigurations.of(RingAutoConfiguration.class))
            .withBean(RingOpener.class, () -> order::open);

    @Configuration(proxyBeanMethods = false)
    static class Stock {
        @Bean
        ReplicatedMap<String, Long> stock(ReplicatedObjects objects) {
            return objects.map("stock", Codec.strings(), Codec.longs());
        }
    }

    @SuppressWarnings("unchecked")
    private static ReplicatedMap<String, Long> stock(ApplicationContext context) {
        return context.getBean("stock", ReplicatedMap.class);
    }

    @Test
    void aMemberHasTheStateOfTheOthersAsSoonAsItHasStarted() {
        runner.withUserConfiguration(Stock.class).run(one -> {
            for (long number = 0; number < 200; number++) {
                stock(one).put("key " + number, number);
            }

            runner.withUserConfiguration(Stock.class)
                    .run(other -> assertThat(stock(other).get("key 199")).isEqualTo(199));
        });
    }

    static class TooEarly implements InitializingBean {
        private final ReplicatedMap<String, Long> stock;
        private final DistributedLocks locks;

        TooEarly(ReplicatedMap<String, Long> stock, DistributedLocks locks) {
            this.stock = stock;
            this.locks = locks;
        }

        @Override
        public void afterPropertiesSet() {
            List<Throwable> refusals = List.of(
                    catchThrowable(() -> stock.get("apples")),
                    catchThrowable(() -> stock.put("apples", 1L)),
                    catchThrowable(stock::snapshot),
                    catchThrowable(() -> locks.acquire("door")));
            assertThat(refusals)
                    .allSatisfy(refusal -> assertThat(refusal)
                            .isInstanceOf(RingClosedException.class)
                            .hasMessageContaining("is not started")
                            .hasMessageContaining("Use it from an ApplicationRunner"));
        }
    }

    @Test
    void whatIsUsedBeforeTheRingStartsSaysSoAtOnce() {
        runner.withUserConfiguration(Stock.class)
                .withBean(TooEarly.class)
                .run(context -> assertThat(context).hasNotFailed());
    }

    @Test
    void aBeanOutlivesTheMemberAndALockDoesNot() {
        runner.withUserConfiguration(Stock.class).run(context -> {
            ReplicatedMap<String, Long> stock = stock(context);
            stock.put("apples", 1L);
            assertThat(stock.get("apples")).isEqualTo(1);
            LockHandle lock = context.getBean(DistributedLocks.class).acquire("door");

            context.getSourceApplicationContext().stop();

            assertThat(lock.state()).isEqualTo(LockState.LOST);
            assertThatExceptionOfType(RingClosedException.class).isThrownBy(() -> stock.get("apples"));
            assertThatExceptionOfType(RingClosedException.class).isThrownBy(() -> stock.put("apples", 2L));
            context.getSourceApplicationContext().start();
            assertThat(stock.get("apples")).as("nobody was there to keep it").isNull();
            assertThat(stock.put("apples", 3L)).isNull();
            assertThat(stock.get("apples")).isEqualTo(3);
        });
    }

    /** Listens and stands before there is a member. */
    static class Follower implements InitializingBean, LeaderElection.Candidate {
        private final List<String> told = new CopyOnWriteArrayList<>();
        private final ReplicatedMap<String, Long> stock;
        private final LeaderElection election;

        Follower(ReplicatedMap<String, Long> stock, ReplicatedObjects objects) {
            this.stock = stock;
            this.election = objects.election("billing");
        }

        @Override
        public void afterPropertiesSet() {
            MapListener.Registration unused =
                    stock.addListener(event -> told.add(event.kind() + " " + event.key() + " " + event.newValue()));
            election.join(this);
        }

        @Override
        public void onGranted(long term) {
            told.add("granted");
        }

        @Override
        public void onRevoked(long term) {
            told.add("revoked");
        }
    }

    @Test
    void whoListensAndStandsMayDoSoBeforeThereIsAMemberAndOutlivesIt() {
        runner.withUserConfiguration(Stock.class).withBean(Follower.class).run(context -> {
            Follower follower = context.getBean(Follower.class);
            await().until(() -> follower.told.contains("granted"));
            stock(context).put("apples", 1L);
            await().until(() -> follower.told.contains("ADDED apples 1"));
            assertThatExceptionOfType(IllegalStateException.class)
                    .isThrownBy(() -> follower.election.join(follower))
                    .withMessageContaining("already");

            context.getSourceApplicationContext().stop();
            assertThat(follower.told).containsExactly("granted", "ADDED apples 1", "revoked");
            assertThat(follower.election.isLeader()).isFalse();
            follower.told.clear();
            context.getSourceApplicationContext().start();

            await().until(() -> follower.told.contains("granted"));
            stock(context).put("pears", 2L);
            await().until(() -> follower.told.contains("ADDED pears 2"));
            assertThat(follower.told)
                    .as("nobody was there to keep the apples")
                    .containsExactlyInAnyOrder("REMOVED apples null", "granted", "ADDED pears 2");
        });
    }

    @Test
    void whoComesBackIsToldWhatHasChangedMeanwhile() {
        runner.withUserConfiguration(Stock.class)
                .withBean(Follower.class)
                .run(context -> runner.withUserConfiguration(Stock.class).run(other -> {
                    Follower follower = context.getBean(Follower.class);
                    stock(other).putAll(Map.of("apples", 1L, "pears", 2L));
                    await().until(() -> follower.told.contains("ADDED pears 2"));
                    context.getSourceApplicationContext().stop();
                    follower.told.clear();
                    await().until(() ->
                            other.getBean(ReplicatedObjects.class).status().isPrimary());
                    stock(other).put("apples", 3L);

                    context.getSourceApplicationContext().start();

                    await().until(() -> follower.told.contains("granted"));
                    assertThat(follower.told).containsExactlyInAnyOrder("UPDATED apples 3", "granted");
                }));
    }

    @Configuration(proxyBeanMethods = false)
    static class Selling {
        @Bean
        MapOperation<Long, Long, Long> selling() {
            return new MapOperation<>("stock/sell", 1, Codec.longs(), Codec.longs(), Codec.longs(), (value, count) -> {
                long left = (value == null ? 0 : value) - count;
                return left < 0 ? MapOperation.Outcome.keep(null) : MapOperation.Outcome.set(left, left);
            });
        }

        @Bean
        ReplicationOptionsCustomizer ownKind() {
            return options -> options.withKinds(Map.of("echo", Echo::new));
        }
    }

    /** A kind of one's own. */
    static class Echo implements Replica {
        @Override
        public byte[] apply(byte[] command, Circumstances circumstances) {
            return command;
        }

        @Override
        public StateSnapshot snapshot() {
            return StateSnapshot.of(List.<byte[]>of().iterator());
        }

        @Override
        public void restore(byte[] piece) {}
    }

    @Test
    void anOperationIsABeanAndAKindOfOnesOwnIsAddedToTheOptions() {
        runner.withUserConfiguration(Stock.class, Selling.class).run(context -> {
            @SuppressWarnings("unchecked")
            MapOperation<Long, Long, Long> selling = context.getBean(MapOperation.class);
            stock(context).put("apples", 5L);

            assertThat(stock(context).execute("apples", selling, 3L)).isEqualTo(2);
            assertThat(stock(context).execute("apples", selling, 3L)).isNull();
            assertThat(context.getBean(ReplicatedObjects.class)
                            .custom("e", "echo", Guarantee.SAFE)
                            .call(new byte[] {7})
                            .join())
                    .containsExactly(7);
        });
    }

    @Test
    void whoStopsGivesItsVoteBackSoThatTheOthersGoOn() {
        // Of two, the lower one alone would be a quorum, and it is the one that leaves.
        runner.withUserConfiguration(Stock.class)
                .run(lower -> runner.withUserConfiguration(Stock.class).run(higher -> {
                    stock(lower).put("apples", 1L);

                    lower.getSourceApplicationContext().stop();

                    await().until(() ->
                            higher.getBean(ReplicatedObjects.class).status().isPrimary());
                    assertThat(stock(higher).put("apples", 2L)).isEqualTo(1);
                }));
    }

    static class Restocking {
        private final CompletableFuture<Throwable> refusal = new CompletableFuture<>();
        private final ReplicatedMap<String, Long> stock;

        Restocking(ReplicatedMap<String, Long> stock) {
            this.stock = stock;
        }

        @OnDeliver("orders")
        void on(String what) {
            refusal.complete(catchThrowable(() -> stock.put(what, 1L)));
        }
    }

    @Test
    void aListenerMustNotWaitForAnAnswerThatMayHaveToWaitForTheListener() {
        runner.withUserConfiguration(Stock.class).withBean(Restocking.class).run(context -> {
            context.getBean(RingTemplate.class).send("orders", "apples");

            assertThat(context.getBean(Restocking.class).refusal.get(20, TimeUnit.SECONDS))
                    .isInstanceOf(ReentrantCallException.class);
        });
    }

    @Test
    void anApplicationInAMinorityStartsAndReadsOnly() {
        runner.withUserConfiguration(Stock.class)
                .withPropertyValues("vs.quorum.expected-members=3")
                .run(context -> {
                    assertThat(context.getBean(ReplicatedObjects.class).status().state())
                            .isEqualTo(PrimaryStatus.State.NOT_PRIMARY);
                    assertThat(stock(context).get("apples")).isNull();
                    assertThatExceptionOfType(NotPrimaryException.class)
                            .isThrownBy(() -> stock(context).put("apples", 1L));
                });
    }

    @Test
    void aStateThatDoesNotComeInTimeEndsTheStart() {
        order.setFull(true);

        runner.withPropertyValues("vs.startup-timeout=1s")
                .run(context -> assertThat(context)
                        .getFailure()
                        .rootCause()
                        .hasMessageContaining("has not got the state of the replicated objects within 1000ms")
                        .hasMessageContaining("vs.on-startup-timeout=continue"));
        assertThat(order.members()).isEmpty();
    }

    @Test
    void aStateThatDoesNotComeInTimeIsWaitedForByCallsIfToldSo() {
        order.setFull(true);

        runner.withUserConfiguration(Stock.class)
                .withPropertyValues("vs.startup-timeout=1s", "vs.on-startup-timeout=continue")
                .run(context -> {
                    CompletableFuture<Long> put = stock(context).putAsync("apples", 1L);
                    assertThat(put).isNotDone();

                    order.setFull(false);

                    assertThat(put.get(20, TimeUnit.SECONDS)).isNull();
                    assertThat(stock(context).get("apples")).isEqualTo(1);
                });
    }

    @Test
    void aCallWaitsAsLongAsThePropertySays() {
        order.setFull(true);

        runner.withUserConfiguration(Stock.class)
                .withPropertyValues(
                        "vs.startup-timeout=1s",
                        "vs.on-startup-timeout=continue",
                        "vs.replication.call-timeout=50ms",
                        "vs.ring.leave-timeout=100ms")
                .run(context -> assertThat(catchThrowable(() -> stock(context).put("apples", 1L)))
                        .hasMessageContaining("no answer within 50ms"));
    }

    @Test
    void listenersThatAreBeansAreToldOfTheStatus() {
        List<PrimaryStatus.State> told = new CopyOnWriteArrayList<>();
        runner.withBean(ReplicationListener.class, () -> new ReplicationListener() {
                    @Override
                    public void onStatus(PrimaryStatus status) {
                        told.add(status.state());
                    }
                })
                .run(context -> await().untilAsserted(() -> assertThat(told).endsWith(PrimaryStatus.State.PRIMARY)));
    }

    @Test
    void oneCounterIsTheSameInAllContexts() {
        runner.run(one -> runner.run(other -> {
            ReplicatedCounter here = one.getBean(ReplicatedObjects.class).counter("visits");
            ReplicatedCounter there = other.getBean(ReplicatedObjects.class).counter("visits");

            assertThat(here.incrementAndGet()).isEqualTo(1);
            assertThat(there.incrementAndGet()).isEqualTo(2);
        }));
    }
}
