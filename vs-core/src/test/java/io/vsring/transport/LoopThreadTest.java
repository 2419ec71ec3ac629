package io.vsring.transport;

import static io.vsring.transport.UdpMember.assumeAvailable;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.DatagramSocket;
import java.net.InetAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Exchanger;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What every loop thread promises, tried on all of them. */
class LoopThreadTest {

    enum Kind {
        NIO,
        EPOLL,
        BUSY,
        BUSY_NIO,
        PARKING;

        LoopThread open() {
            if (this == PARKING) {
                return ParkingLoopThread.open("vs-delivery-test");
            }
            if (this == BUSY || this == BUSY_NIO) {
                SocketKind kind = this == BUSY ? SocketKind.AUTO : SocketKind.NIO;
                return NettyLoopThread.open("vs-loop-test", kind, Duration.ofMillis(10));
            }
            assumeAvailable(SocketKind.valueOf(name()));
            return NettyLoopThread.open("vs-loop-test", SocketKind.valueOf(name()));
        }
    }

    @Test
    void whoStandsInForAThreadAtRestCountsAsIt() throws Exception {
        ParkingLoopThread thread = ParkingLoopThread.open("vs-delivery-test");
        List<String> done = Collections.synchronizedList(new ArrayList<>());
        CountDownLatch all = new CountDownLatch(2);

        standIn(thread, () -> {
            assertThat(thread.isCurrent()).isTrue();
            done.add("first");
            if (done.size() == 1) {
                return true;
            }
            // It has parked with nothing to wait for.
            LoopThread.Scheduled unused = thread.schedule(
                    () -> {
                        done.add("later");
                        all.countDown();
                    },
                    1_000_000);
            thread.execute(() -> {
                done.add("task");
                all.countDown();
            });
            return true; // but there is a task now
        });
        assertThat(thread.isCurrent()).isFalse();

        assertThat(all.await(20, TimeUnit.SECONDS)).isTrue();
        assertThat(done).containsExactly("first", "first", "task", "later");
        end(thread);
    }

    @Test
    void nobodyStandsInForAThreadThatIsAtWork() throws Exception {
        ParkingLoopThread thread = ParkingLoopThread.open("vs-delivery-test");
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch goOn = new CountDownLatch(1);
        thread.execute(() -> {
            begun.countDown();
            while (goOn.getCount() > 0) {
                Thread.onSpinWait();
            }
        });
        assertThat(begun.await(20, TimeUnit.SECONDS)).isTrue();

        assertThat(thread.standIn(() -> {
                    throw new AssertionError("two at once");
                }))
                .isFalse();

        goOn.countDown();
        end(thread);
        assertThat(thread.standIn(() -> false)).as("it has ended").isFalse();
    }

    @Test
    void aThreadThatIsClosedWhileSomebodyStandsInEndsAfterwards() throws Exception {
        ParkingLoopThread thread = ParkingLoopThread.open("vs-delivery-test");
        standIn(thread, () -> {
            thread.close();
            LockSupport.parkNanos(1_000_000); // it wakes, and has to wait
            return true;
        });

        assertThat(thread.awaitEnd(Duration.ofSeconds(20))).isTrue();
    }

    /** As soon as the thread is at rest. */
    private static void standIn(LoopThread thread, BooleanSupplier step) {
        while (!thread.standIn(step)) {
            Thread.onSpinWait();
        }
    }

    @ParameterizedTest
    @EnumSource
    void tasksRunOneAfterTheOtherInTheirOrder(Kind kind) throws Exception {
        LoopThread loop = kind.open();
        List<Integer> ran = Collections.synchronizedList(new ArrayList<>());
        CountDownLatch all = new CountDownLatch(10_000);
        for (int i = 0; i < 10_000; i++) {
            int number = i;
            loop.execute(() -> {
                ran.add(number);
                all.countDown();
            });
        }

        assertThat(all.await(20, TimeUnit.SECONDS)).isTrue();
        assertThat(ran).isSorted().hasSize(10_000);
        end(loop);
    }

    @ParameterizedTest
    @EnumSource
    void theSameTaskRunsAsOftenAsItIsGivenByAnyThread(Kind kind) throws Exception {
        LoopThread loop = kind.open();
        CountDownLatch all = new CountDownLatch(40_000);
        Runnable task = all::countDown;
        for (int i = 0; i < 4; i++) {
            Thread giver = new Thread(() -> {
                for (int n = 0; n < 10_000; n++) {
                    loop.execute(task);
                }
            });
            giver.start();
        }

        assertThat(all.await(20, TimeUnit.SECONDS)).isTrue();
        end(loop);
    }

    @ParameterizedTest
    @EnumSource
    void everyTaskGivenToASleepingThreadWakesIt(Kind kind) throws Exception {
        LoopThread loop = kind.open();
        Exchanger<Integer> pingPong = new Exchanger<>();
        for (int round = 0; round < 2_000; round++) {
            int number = round;
            loop.execute(() -> {
                try {
                    pingPong.exchange(number, 20, TimeUnit.SECONDS);
                } catch (Exception e) {
                    throw new IllegalStateException(e);
                }
            });
            assertThat(pingPong.exchange(null, 20, TimeUnit.SECONDS)).isEqualTo(number);
        }
        end(loop);
    }

    @ParameterizedTest
    @EnumSource
    void scheduledTasksRunInTheOrderOfTheirTimesAndNotBefore(Kind kind) throws Exception {
        LoopThread loop = kind.open();
        List<String> ran = Collections.synchronizedList(new ArrayList<>());
        CountDownLatch all = new CountDownLatch(3);
        long start = loop.nanoTime();
        loop.execute(() -> {
            loop.schedule(() -> note(ran, "30ms", all), 30_000_000);
            loop.schedule(() -> note(ran, "10ms", all), 10_000_000);
            loop.execute(() -> note(ran, "now", all));
        });

        assertThat(all.await(20, TimeUnit.SECONDS)).isTrue();
        assertThat(ran).containsExactly("now", "10ms", "30ms");
        assertThat(loop.nanoTime() - start).isGreaterThanOrEqualTo(30_000_000);
        end(loop);
    }

    @ParameterizedTest
    @EnumSource
    void aScheduledTaskThatIsCalledOffInTimeDoesNotRun(Kind kind) throws Exception {
        LoopThread loop = kind.open();
        List<String> ran = Collections.synchronizedList(new ArrayList<>());
        CountDownLatch last = new CountDownLatch(1);
        AtomicBoolean inTime = new AtomicBoolean();
        long start = loop.nanoTime();
        LoopThread.Scheduled fromOutside = loop.schedule(() -> ran.add("from outside"), 20_000_000);
        loop.execute(() -> {
            LoopThread.Scheduled later = loop.schedule(() -> ran.add("called off"), 10_000_000);
            later.cancel();
            inTime.set(loop.nanoTime() - start < 20_000_000); // a busy machine may have let it run before
            fromOutside.cancel();
            loop.schedule(() -> note(ran, "last", last), 30_000_000);
        });

        assertThat(last.await(20, TimeUnit.SECONDS)).isTrue();
        end(loop);
        if (!inTime.get()) {
            ran.remove("from outside");
        }
        assertThat(ran).containsExactly("last");
    }

    @ParameterizedTest
    @EnumSource
    void aScheduledTaskCanCallOffTheOneThatIsDueWithIt(Kind kind) throws Exception {
        LoopThread loop = kind.open();
        List<String> ran = Collections.synchronizedList(new ArrayList<>());
        CountDownLatch all = new CountDownLatch(2);
        LoopThread.Scheduled[] second = new LoopThread.Scheduled[1];
        loop.execute(() -> {
            loop.schedule(
                    () -> {
                        second[0].cancel();
                        note(ran, "first", all);
                    },
                    1_000_000);
            second[0] = loop.schedule(() -> ran.add("second"), 1_000_001);
            loop.schedule(() -> note(ran, "third", all), 1_000_002);
            long due = System.nanoTime() + 5_000_000;
            while (System.nanoTime() < due) {
                Thread.onSpinWait(); // so that all three are due when the first of them runs
            }
        });

        assertThat(all.await(20, TimeUnit.SECONDS)).isTrue();
        end(loop);
        assertThat(ran).containsExactly("first", "third");
    }

    @ParameterizedTest
    @EnumSource(names = {"EPOLL", "PARKING"})
    void delaysMayBeShorterThanAMillisecond(Kind kind) throws Exception {
        LoopThread loop = kind.open();
        long shortest = Long.MAX_VALUE;
        for (int attempt = 0; attempt < 50; attempt++) {
            CountDownLatch fired = new CountDownLatch(1);
            long start = System.nanoTime();
            loop.schedule(fired::countDown, 200_000);
            assertThat(fired.await(20, TimeUnit.SECONDS)).isTrue();
            shortest = Math.min(shortest, System.nanoTime() - start);
        }
        assertThat(shortest).isBetween(200_000L, 900_000L);
        end(loop);
    }

    @ParameterizedTest
    @EnumSource
    void theThreadKnowsItself(Kind kind) throws Exception {
        LoopThread loop = kind.open();
        Exchanger<Boolean> answer = new Exchanger<>();
        loop.execute(() -> {
            try {
                answer.exchange(loop.isCurrent(), 20, TimeUnit.SECONDS);
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
        });

        assertThat(answer.exchange(null, 20, TimeUnit.SECONDS)).isTrue();
        assertThat(loop.isCurrent()).isFalse();
        end(loop);
    }

    @ParameterizedTest
    @EnumSource
    void aTaskThatThrowsDoesNotEndTheThread(Kind kind) throws Exception {
        LoopThread loop = kind.open();
        CountDownLatch next = new CountDownLatch(1);
        loop.execute(() -> {
            throw new IllegalStateException("thrown by the test");
        });
        loop.execute(next::countDown);

        assertThat(next.await(20, TimeUnit.SECONDS)).isTrue();
        end(loop);
    }

    @ParameterizedTest
    @EnumSource
    void closingRunsWhatWasGivenAndIgnoresWhatComesLater(Kind kind) throws Exception {
        LoopThread loop = kind.open();
        AtomicInteger ran = new AtomicInteger();
        for (int i = 0; i < 1_000; i++) {
            loop.execute(ran::incrementAndGet);
        }
        loop.schedule(() -> ran.addAndGet(1_000_000), TimeUnit.HOURS.toNanos(1));

        end(loop);

        assertThat(ran).hasValue(1_000);
        loop.execute(ran::incrementAndGet);
        loop.schedule(ran::incrementAndGet, 0);
        assertThat(ran).hasValue(1_000);
    }

    @ParameterizedTest
    @EnumSource
    void whoWaitsForTheEndOfAThreadIsToldSoonerOrLater(Kind kind) throws Exception {
        LoopThread loop = kind.open();
        CountDownLatch told = new CountDownLatch(2);
        loop.whenEnded(told::countDown);

        end(loop);
        loop.whenEnded(told::countDown); // too late, and told all the same

        assertThat(told.await(20, TimeUnit.SECONDS)).isTrue();
    }

    /** It is told so in a task: Netty alone leaves the socket open then, and the port taken for good. */
    @ParameterizedTest
    @EnumSource(
            value = SocketKind.class,
            names = {"NIO", "EPOLL"})
    void aThreadThatEndsInTheMiddleOfItsTasksClosesItsSockets(SocketKind kind) throws Exception {
        assumeAvailable(kind);
        NettyLoopThread loop = NettyLoopThread.open("vs-loop-test", kind);
        UdpTransport transport = UdpTransport.open(UdpOptions.defaults(), loop);
        int port = transport.advertised().port();

        loop.execute(loop::close);

        assertThat(loop.awaitEnd(Duration.ofSeconds(20))).isTrue();
        try (DatagramSocket free = new DatagramSocket(port, InetAddress.getLoopbackAddress())) {
            assertThat(free.isBound()).isTrue();
        }
    }

    @Test
    void aThreadWithoutWorkParks() throws Exception {
        ParkingLoopThread loop = ParkingLoopThread.open("vs-delivery-parks");
        CountDownLatch ran = new CountDownLatch(1);
        loop.execute(ran::countDown);
        assertThat(ran.await(20, TimeUnit.SECONDS)).isTrue();
        Thread thread = Thread.getAllStackTraces().keySet().stream()
                .filter(each -> each.getName().equals("vs-delivery-parks"))
                .findFirst()
                .orElseThrow();

        awaitParked(thread);
        assertThat(thread.isDaemon()).isTrue();
        end(loop);
    }

    @Test
    void aTaskThatLeavesItsInterruptFlagNeitherMeetsTheNextOneNorKeepsTheThreadAwake() throws Exception {
        ParkingLoopThread loop = ParkingLoopThread.open("vs-delivery-interrupted");
        Exchanger<Thread> exchanger = new Exchanger<>();
        List<Boolean> flags = Collections.synchronizedList(new ArrayList<>());
        loop.execute(() -> Thread.currentThread().interrupt());
        loop.execute(() -> {
            flags.add(Thread.currentThread().isInterrupted());
            exchange(exchanger, Thread.currentThread());
        });
        Thread thread = exchanger.exchange(null, 20, TimeUnit.SECONDS);
        awaitParked(thread);

        thread.interrupt(); // whoever does it, and whenever
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
        while (thread.isInterrupted() && System.nanoTime() < deadline) {
            Thread.onSpinWait();
        }

        assertThat(flags).containsExactly(false);
        assertThat(thread.isInterrupted()).isFalse();
        awaitParked(thread);
        end(loop);
    }

    private static <T> void exchange(Exchanger<T> exchanger, T value) {
        try {
            exchanger.exchange(value, 20, TimeUnit.SECONDS);
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    private static void awaitParked(Thread thread) {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
        while (thread.getState() != Thread.State.WAITING && System.nanoTime() < deadline) {
            Thread.onSpinWait();
        }
        assertThat(thread.getState()).isEqualTo(Thread.State.WAITING);
    }

    private static void note(List<String> ran, String name, CountDownLatch all) {
        ran.add(name);
        all.countDown();
    }

    private static void end(LoopThread loop) throws InterruptedException {
        loop.close();
        Duration patience = Duration.ofSeconds(20);
        boolean ended = loop instanceof NettyLoopThread netty
                ? netty.awaitEnd(patience)
                : ((ParkingLoopThread) loop).awaitEnd(patience);
        assertThat(ended).as("the thread ends").isTrue();
    }
}
