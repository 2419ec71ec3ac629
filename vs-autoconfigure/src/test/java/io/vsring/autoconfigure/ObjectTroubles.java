package io.vsring.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.AdditionalAnswers.delegatesTo;
import static org.mockito.Mockito.mock;

import io.vsring.replicated.Codec;
import io.vsring.replicated.DistributedLocks;
import io.vsring.replicated.LeaderElection;
import io.vsring.replicated.MapOperation;
import io.vsring.replicated.ReplicaException;
import io.vsring.replicated.ReplicatedMap;
import io.vsring.replicated.ReplicatedObjects;
import io.vsring.ring.Ring;
import io.vsring.spring.MemoryOrder;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.function.Function;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.ConfigurableApplicationContext;

/** Calls of replicated objects that fail, or of which nobody knows whether they did. */
final class ObjectTroubles {

    private static final MapOperation<Long, Long, Long> WITHDRAW =
            new MapOperation<>("withdraw", 1, Codec.longs(), Codec.longs(), Codec.longs(), (balance, amount) -> {
                throw new ReplicaException("the account has less than " + amount);
            });

    private ObjectTroubles() {}

    static List<Trouble> calls() {
        return List.of(
                new Trouble(
                        "This member is not in the primary component",
                        "No majority of `vs.quorum.expected-members`, or of the last primary component, is here.",
                        seen(objects -> stock(objects).put("apples", 1L), "vs.quorum.expected-members=3")),
                new Trouble(
                        "No answer came in time",
                        "The ring is changing, a member is slow, or `vs.replication.call-timeout` is short.",
                        whileBusy(objects -> stock(objects).put("apples", 1L), "vs.replication.call-timeout=20ms")),
                new Trouble(
                        "The caller was interrupted while it waited for an answer",
                        "Somebody interrupted the thread, as when an application is stopped.",
                        whileBusy(ObjectTroubles::interrupted)),
                new Trouble(
                        "This member ended before it could know",
                        "The member was stopped or failed while a call was under way.",
                        endedMeanwhile(true)),
                new Trouble(
                        "This member ended before the call was sent",
                        "The member was stopped or failed while calls waited to be sent.",
                        endedMeanwhile(false)),
                new Trouble(
                        "A call is made while the member leaves", "The application is being stopped.", whileLeaving()),
                new Trouble(
                        "A call is made after the member has ended by itself",
                        "The member has failed; its log says why.",
                        afterACrash(objects -> stock(objects).put("apples", 1L))),
                new Trouble(
                        "Too many calls wait to be sent",
                        "Calls are made faster than the ring takes them on, and nobody waits for the answers.",
                        withoutWaiting()),
                new Trouble(
                        "A replicated object is used after the end of its member",
                        "The application is being stopped.",
                        ended(context ->
                                stock(context.getBean(ReplicatedObjects.class)).get("apples"))));
    }

    static List<Trouble> arguments() {
        return List.of(
                new Trouble(
                        "A call is too large",
                        "Key, value and names together are over `vs.transport.max-message-size`.",
                        seen(objects -> texts(objects).put("apples", "x".repeat(2_000_000)))),
                new Trouble(
                        "A value cannot be decoded",
                        "Another release, or a map of the same name with another codec, has written it.",
                        seen(objects -> {
                            texts(objects).put("apples", "many");
                            stock(objects).get("apples");
                        })),
                new Trouble(
                        "What a change gives back cannot be decoded",
                        "The value that was there before was written with another codec.",
                        seen(objects -> {
                            texts(objects).put("apples", "many");
                            stock(objects).put("apples", 1L);
                        })),
                new Trouble(
                        "The time to live of an entry is zero or negative",
                        "`put` was called with such a time.",
                        seen(objects -> stock(objects).put("apples", 1L, Duration.ZERO))));
    }

    static List<Trouble> operations() {
        return List.of(
                new Trouble(
                        "An operation of a map is not registered on this member",
                        "It is no bean, and not in `ReplicationOptions`.",
                        seen(objects -> stock(objects).execute("apples", WITHDRAW, 1L))),
                new Trouble(
                        "An operation of a map is not registered on all members",
                        "During an upgrade, some members have its code and some have not.",
                        whereAnotherHasNot()),
                new Trouble(
                        "An operation of a map refuses",
                        "The operation threw `ReplicaException`; the text is its own.",
                        refused()),
                new Trouble(
                        "Two operations of a map have one name and version",
                        "Two beans, or two entries of `ReplicationOptions`, are the same operation.",
                        Seen.atStart(Seen.application()
                                .withBean("one", MapOperation.class, () -> WITHDRAW)
                                .withBean("other", MapOperation.class, () -> WITHDRAW))),
                new Trouble(
                        "An operation of a map has no name, or no version",
                        "A `MapOperation` was made so.",
                        Seen.of(() -> new MapOperation<>(
                                "", 0, Codec.longs(), Codec.longs(), Codec.longs(), WITHDRAW.step()))),
                new Trouble(
                        "Text has half of a surrogate pair",
                        "A key or a value was cut in the middle of a character.",
                        seen(objects -> texts(objects).put("\ud800", "text"))),
                new Trouble(
                        "The members that are here can go on by themselves",
                        "`ReplicatedObjects.bootstrap` was called where nobody needs it.",
                        seen(objects -> objects.bootstrap(1).join())),
                new Trouble(
                        "Too few members are here for so many that are expected",
                        "`ReplicatedObjects.bootstrap` was called with a number of which those that are here are no"
                                + " majority.",
                        seen(objects -> objects.bootstrap(7))));
    }

    static List<Trouble> locks() {
        return List.of(
                new Trouble(
                        "A lock is not held by the thread that unlocks it",
                        "`asLock(name).unlock()` is called on another thread than `lock()`, or once too often.",
                        seen(objects -> objects.locks().asLock("door").unlock())),
                new Trouble(
                        "A lock is asked for a condition",
                        "`asLock(name).newCondition()` is called.",
                        seen(objects -> objects.locks().asLock("door").newCondition())),
                new Trouble(
                        "A lock was lost before it was unlocked",
                        "The member ended, or was cut off from the others, while it held the lock.",
                        ended(
                                context -> context.getBean(DistributedLocks.class)
                                        .asLock("door")
                                        .lock(),
                                context -> context.getBean(DistributedLocks.class)
                                        .asLock("door")
                                        .unlock())),
                new Trouble(
                        "A lock was lost and is taken again",
                        "As above; the thread has to unlock it first.",
                        ended(
                                context -> context.getBean(DistributedLocks.class)
                                        .asLock("door")
                                        .lock(),
                                context -> context.getBean(DistributedLocks.class)
                                        .asLock("door")
                                        .lock())),
                new Trouble(
                        "Nobody knows whether a lock was still held",
                        "No answer came when it was unlocked: the member is cut off, or ends.",
                        unlockedInVain()),
                new Trouble(
                        "This member stands in an election already",
                        "`join` is called twice for one name.",
                        seen(objects -> {
                            objects.election("billing").join(new Candidate());
                            objects.election("billing").join(new Candidate());
                        })));
    }

    private static final class Candidate implements LeaderElection.Candidate {
        @Override
        public void onGranted(long term) {}

        @Override
        public void onRevoked(long term) {}
    }

    private static ReplicatedMap<String, Long> stock(ReplicatedObjects objects) {
        return objects.map("stock", Codec.strings(), Codec.longs());
    }

    private static ReplicatedMap<String, String> texts(ReplicatedObjects objects) {
        return objects.map("stock", Codec.strings(), Codec.strings());
    }

    private static String whereAnotherHasNot() {
        MemoryOrder order = new MemoryOrder();
        ApplicationContextRunner runner = Seen.onUdp().withBean(RingOpener.class, () -> order::open);
        AtomicReference<String> seen = new AtomicReference<>();
        runner.run(other -> seen.set(in(
                runner.withBean(MapOperation.class, () -> WITHDRAW),
                objects -> Seen.of(() -> stock(objects).execute("apples", WITHDRAW, 1L)))));
        return seen.get();
    }

    private static String refused() {
        AtomicReference<String> seen = new AtomicReference<>();
        Seen.application()
                .withBean(MapOperation.class, () -> WITHDRAW)
                .run(context -> seen.set(Seen.of(
                        () -> stock(context.getBean(ReplicatedObjects.class)).execute("apples", WITHDRAW, 1L))));
        return seen.get();
    }

    private static void interrupted(ReplicatedObjects objects) {
        Thread.currentThread().interrupt();
        try {
            stock(objects).put("apples", 1L);
        } finally {
            boolean unused = Thread.interrupted();
        }
    }

    private static String seen(Consumer<ReplicatedObjects> call, String... properties) {
        AtomicReference<String> seen = new AtomicReference<>();
        runner().withPropertyValues(properties)
                .run(context -> seen.set(Seen.of(() -> unwrapped(call, context.getBean(ReplicatedObjects.class)))));
        return seen.get();
    }

    private static void unwrapped(Consumer<ReplicatedObjects> call, ReplicatedObjects objects) throws Throwable {
        try {
            call.accept(objects);
        } catch (CompletionException e) {
            throw e.getCause();
        }
    }

    private static String whileBusy(Consumer<ReplicatedObjects> call, String... properties) {
        AtomicReference<String> seen = new AtomicReference<>();
        runner().withPropertyValues(properties).run(context -> {
            CountDownLatch busy = new CountDownLatch(1);
            ReplicatedObjects objects = context.getBean(ReplicatedObjects.class);
            objects.ring().execute(() -> {
                try {
                    busy.await();
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
            });
            seen.set(Seen.of(() -> call.accept(objects)));
            busy.countDown();
        });
        return seen.get();
    }

    /** A ring that says from some moment on that it takes all messages, or none, and delivers nothing any more. */
    private static final class Numb {
        private final MemoryOrder order = new MemoryOrder();
        private final AtomicReference<Boolean> answer = new AtomicReference<>();

        ApplicationContextRunner runner() {
            RingOpener opener = (options, handler, observers) -> {
                Ring opened = order.open(options, handler, observers);
                return mock(
                        Ring.class,
                        call -> answer.get() != null
                                        && call.getMethod().getName().equals("offer")
                                ? answer.get()
                                : delegatesTo(opened).answer(call));
            };
            return Seen.onUdp().withBean(RingOpener.class, () -> opener);
        }

        void crash() {
            order.crash(order.members().get(0));
        }
    }

    /** Of a call that a member has in hand when it ends, and whose message the ring takes or has no room for. */
    private static String endedMeanwhile(boolean isTaken) {
        Numb numb = new Numb();
        return in(numb.runner(), objects -> {
            numb.answer.set(isTaken);
            CompletableFuture<Long> put = stock(objects).putAsync("apples", 1L);
            numb.crash();
            return Seen.of(() -> answered(put));
        });
    }

    private static void answered(CompletableFuture<?> call) throws Throwable {
        try {
            call.get(10, TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            throw e.getCause();
        }
    }

    private static String whileLeaving() {
        Numb numb = new Numb();
        return in(numb.runner().withPropertyValues("vs.shutdown-timeout=100ms"), objects -> {
            numb.answer.set(true);
            CompletableFuture<Long> unanswered = stock(objects).putAsync("apples", 1L);
            CompletableFuture<Void> unused = objects.leave();
            throughDelivery(objects);
            String seen = Seen.of(() -> stock(objects).put("apples", 2L));
            numb.crash();
            assertThat(Seen.of(() -> answered(unanswered))).contains("OutcomeUnknown");
            return seen;
        });
    }

    private static String afterACrash(Consumer<ReplicatedObjects> call) {
        Numb numb = new Numb();
        return in(numb.runner(), objects -> {
            numb.crash();
            throughDelivery(objects);
            return Seen.of(() -> call.accept(objects));
        });
    }

    private static String withoutWaiting() {
        MemoryOrder order = new MemoryOrder();
        return in(Seen.onUdp().withBean(RingOpener.class, () -> order::open), objects -> {
            order.setFull(true);
            String seen = Seen.of(() -> {
                for (long number = 0; number < 1 << 20; number++) {
                    CompletableFuture<Long> unused = stock(objects).putAsync("apples", number);
                }
            });
            order.crash(order.members().get(0));
            return seen;
        });
    }

    private static String unlockedInVain() {
        Numb numb = new Numb();
        return in(
                numb.runner().withPropertyValues("vs.replication.call-timeout=100ms", "vs.shutdown-timeout=100ms"),
                objects -> {
                    objects.locks().asLock("door").lock();
                    numb.answer.set(true);
                    return Seen.of(() -> objects.locks().asLock("door").unlock());
                });
    }

    /** Waits until the delivery thread has done what it was told. */
    private static void throughDelivery(ReplicatedObjects objects) {
        CompletableFuture<Void> done = new CompletableFuture<>();
        objects.ring().execute(() -> done.complete(null));
        done.join();
    }

    private static String in(ApplicationContextRunner runner, Function<ReplicatedObjects, String> use) {
        AtomicReference<String> seen = new AtomicReference<>();
        runner.run(context -> seen.set(use.apply(context.getBean(ReplicatedObjects.class))));
        return seen.get();
    }

    private static String ended(Consumer<ConfigurableApplicationContext> call) {
        return ended(context -> {}, call);
    }

    /** What is done before the member has ended, and what must fail after. */
    private static String ended(
            Consumer<ConfigurableApplicationContext> before, Consumer<ConfigurableApplicationContext> after) {
        AtomicReference<String> seen = new AtomicReference<>();
        runner().run(context -> {
            before.accept(context.getSourceApplicationContext());
            context.getSourceApplicationContext().stop();
            seen.set(Seen.of(() -> after.accept(context.getSourceApplicationContext())));
        });
        return seen.get();
    }

    private static ApplicationContextRunner runner() {
        return Seen.application().withPropertyValues("vs.member-id=7");
    }
}
