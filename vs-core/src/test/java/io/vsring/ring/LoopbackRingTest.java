package io.vsring.ring;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vsring.Delivery;
import io.vsring.Guarantee;
import io.vsring.MemberId;
import io.vsring.Receipt;
import io.vsring.transport.FreePorts;
import io.vsring.transport.NettyLoopThread;
import io.vsring.transport.ParkingLoopThread;
import io.vsring.transport.SocketKind;
import io.vsring.transport.UdpOptions;
import io.vsring.transport.UdpTransport;
import java.net.BindException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.SocketException;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Members in one process over real sockets on loopback. */
@Timeout(60)
class LoopbackRingTest {

    private final List<Ring> rings = new ArrayList<>();
    private final List<RecordingHandler> handlers = new ArrayList<>();

    @AfterEach
    void closeAll() {
        rings.forEach(Ring::close);
    }

    @Test
    void aMemberAloneStartsAtOnceAndDeliversToItself() throws Exception {
        Ring ring = open(RingOptions.builder());

        ring.start().get(5, TimeUnit.SECONDS);
        ring.awaitFormation(Duration.ofSeconds(5));
        RecordingOutcome agreed = offer(ring, "one", Guarantee.AGREED);
        RecordingOutcome safe = offer(ring, "two", Guarantee.SAFE);

        assertThat(agreed.receipt().number()).isEqualTo(1);
        assertThat(safe.receipt().configuration()).isEqualTo(ring.status().configuration());
        assertThat(texts(handlers.get(0))).containsExactly("one", "two");
        assertThat(ring.status().state()).isEqualTo(RingStatus.State.OPERATIONAL);
        assertThat(ring.status().members()).containsExactly(ring.status().local());
    }

    @Test
    void threeMembersFormARingAndSeeOneOrder() throws Exception {
        formRing(3);

        int each = 300;
        for (int i = 0; i < each; i++) {
            for (int member = 0; member < 3; member++) {
                offer(rings.get(member), member + "-" + i, i % 3 == 0 ? Guarantee.SAFE : Guarantee.AGREED);
            }
        }
        handlers.forEach(handler -> handler.awaitDeliveries(3 * each));

        assertThat(handlers.get(1).order()).isEqualTo(handlers.get(0).order());
        assertThat(handlers.get(2).order()).isEqualTo(handlers.get(0).order());
        for (Ring ring : rings) {
            assertThat(numbersOf(handlers.get(0), ring.status().local().id()))
                    .isSorted()
                    .hasSize(each);
            assertThat(ring.status().members()).hasSize(3);
            assertThat(ring.statistics().messagesDelivered()).isEqualTo(3L * each);
            assertThat(ring.statistics().sendQueueBytes()).isZero();
            assertThat(ring.statistics().handlerFailures()).isZero();
        }
    }

    @Test
    void onMulticastWhatComesBackToItsSenderIsCountedAndNotAlarming() throws Exception {
        int groupPort = FreePorts.first(1);
        formRing(
                2,
                () -> RingOptions.builder()
                        .multicastGroup("239.192.74.62:" + groupPort)); // on loopback, as the members

        int each = 50;
        for (int i = 0; i < each; i++) {
            RecordingOutcome outcome = offer(rings.get(0), "m-" + i, Guarantee.SAFE);
            assertThat(outcome.receipt()).isNotNull();
        }

        RingStatistics sender = rings.get(0).statistics();
        assertThat(sender.drops().get("OWN"))
                .as("frames that were sent to the group, and heard before they were safe")
                .isGreaterThanOrEqualTo(each);
        assertThat(sender.drops())
                .as("the other one's check when it was opened")
                .containsKey("NOT_FOR_US");
        assertThat(sender.rejected()).isEmpty();
        assertThat(sender.malformed()).isEmpty();
    }

    @Test
    void largeMessagesArriveWhole() throws Exception {
        formRing(3);
        byte[] large = new byte[1 << 20];
        new SplittableRandom(1).nextBytes(large);

        for (Ring ring : rings) {
            while (!ring.offer("bulk", large, Guarantee.SAFE, new RecordingOutcome())) {
                Thread.onSpinWait();
            }
            offer(ring, "small", Guarantee.AGREED);
        }
        handlers.forEach(handler -> handler.awaitDeliveries(6));

        for (RecordingHandler handler : handlers) {
            List<Delivery> bulk = handler.deliveries().stream()
                    .filter(delivery -> delivery.group().equals("bulk"))
                    .toList();
            assertThat(bulk).hasSize(3).allMatch(delivery -> Arrays.equals(delivery.toByteArray(), large));
            assertThat(handler.order()).isEqualTo(handlers.get(0).order());
        }
    }

    @Test
    void whoLeavesHasAllItsMessagesDeliveredAndTheOthersGoOn() throws Exception {
        formRing(3);
        List<RecordingOutcome> outcomes = new ArrayList<>();
        for (int i = 0; i < 200; i++) {
            outcomes.add(offer(rings.get(0), "last-" + i, Guarantee.SAFE));
        }

        rings.get(0).leave().get(10, TimeUnit.SECONDS);

        assertThat(outcomes).allMatch(outcome -> outcome.isKnown() && !outcome.isUnknown());
        assertThat(rings.get(0).status().state()).isEqualTo(RingStatus.State.CLOSED);
        assertThat(handlers.get(0).isClosed()).isTrue();
        assertThat(handlers.get(0).failure()).isNull();
        assertThatThrownBy(() -> offer(rings.get(0), "too late", Guarantee.AGREED))
                .isInstanceOf(RingClosedException.class);
        handlers.get(1).awaitMembers(2);
        handlers.get(2).awaitMembers(2);
        offer(rings.get(1), "after", Guarantee.SAFE).receipt();
        handlers.get(2).awaitDeliveries(201);
        assertThat(texts(handlers.get(2)).get(200)).isEqualTo("after");
        assertThat(handlers.get(2).order()).isEqualTo(handlers.get(1).order());
    }

    @Test
    void theReceiptNamesThePlaceThatTheOthersSee() throws Exception {
        formRing(2);

        Receipt receipt = offer(rings.get(0), "here", Guarantee.SAFE).receipt();
        handlers.get(1).awaitDeliveries(1);

        Delivery there = handlers.get(1).deliveries().get(0);
        assertThat(there.configuration()).isEqualTo(receipt.configuration());
        assertThat(there.sequence()).isEqualTo(receipt.sequence());
        assertThat(there.index()).isEqualTo(receipt.index());
        assertThat(there.number()).isEqualTo(receipt.number());
    }

    @Test
    void aHandlerThatThrowsDoesNotStopTheOrder() throws Exception {
        RecordingHandler recorder = new RecordingHandler();
        RingHandler broken = new RingHandler() {
            @Override
            public void onMessage(Delivery delivery) {
                recorder.onMessage(delivery);
                throw new IllegalStateException("a bug of the application");
            }

            @Override
            public void onConfigurationChange(io.vsring.ConfigurationChange change) {
                recorder.onConfigurationChange(change);
            }
        };
        Ring ring = RingOptions.builder().build().open(broken);
        rings.add(ring);
        ring.start().get(5, TimeUnit.SECONDS);

        offer(ring, "one", Guarantee.AGREED).receipt();
        offer(ring, "two", Guarantee.AGREED).receipt();

        assertThat(texts(recorder)).containsExactly("one", "two");
        assertThat(ring.statistics().handlerFailures()).isEqualTo(2);
    }

    @Test
    void aCallThatWouldWaitForItselfIsRefused() throws Exception {
        AtomicReference<Throwable> thrown = new AtomicReference<>();
        AtomicReference<Ring> self = new AtomicReference<>();
        Ring ring = open(RingOptions.builder());
        self.set(ring);
        ring.start().get(5, TimeUnit.SECONDS);

        ring.offer("g", new byte[0], Guarantee.AGREED, new Outcome() {
            @Override
            public void delivered(Receipt receipt) {
                try {
                    self.get().close();
                } catch (ReentrantCallException expected) {
                    thrown.set(expected);
                }
            }

            @Override
            public void unknown(RingClosedException cause) {}
        });
        offer(ring, "behind", Guarantee.AGREED).receipt();

        assertThat(thrown.get()).hasMessageContaining("delivery thread").hasMessageContaining("leave()");
    }

    @Test
    void aMessageOverTheLimitIsRefusedBeforeAnythingHappens() throws Exception {
        Ring ring = open(RingOptions.builder().maxMessageBytes(1000));
        ring.start().get(5, TimeUnit.SECONDS);

        assertThatThrownBy(() -> ring.offer("g", new byte[1001], Guarantee.AGREED, new RecordingOutcome()))
                .isInstanceOf(MessageTooLargeException.class)
                .hasMessage("message of 1001 bytes is over the limit of 1000 bytes (vs.transport.max-message-size)");
        assertThatThrownBy(() -> ring.offer("", new byte[1], Guarantee.AGREED, new RecordingOutcome()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("1 to 64 bytes");

        assertThat(offer(ring, "next", Guarantee.AGREED).receipt().number()).isEqualTo(1);
        assertThat(ring.statistics().messagesRefused()).isEqualTo(2);
    }

    @Test
    void aRingThatIsClosedHasGivenItsPortBack() throws Exception {
        for (RingOptions.NativeMode mode : List.of(RingOptions.NativeMode.NIO, RingOptions.NativeMode.AUTO)) {
            Ring ring = open(RingOptions.builder().nativeMode(mode));
            ring.start();
            ring.awaitFormation(ChronoUnit.FOREVER.getDuration());
            int port = ring.status().local().address().port();

            ring.close();

            try (DatagramSocket free = new DatagramSocket(port, InetAddress.getLoopbackAddress())) {
                assertThat(free.isBound()).isTrue();
            }
        }
    }

    @Test
    void theDeathOfAThreadClosesTheSocketAndNobodyWaitsForTheDead() throws Exception {
        for (String victim : List.of("loop", "delivery")) {
            NettyLoopThread loop = NettyLoopThread.open("vs-loop-dies", SocketKind.AUTO);
            ParkingLoopThread delivery = ParkingLoopThread.open("vs-delivery-dies");
            UdpTransport transport = UdpTransport.open(UdpOptions.defaults(), loop);
            RingAssembly.Surroundings outside = new RingAssembly.Surroundings(
                    transport, loop, delivery, () -> delivery, new ClockRingSequenceStore(0), 5, 5, new Random(5));
            RecordingHandler handler = new RecordingHandler();
            Ring ring = RingAssembly.assemble(RingOptions.builder().build(), outside, handler, List.of());
            ring.start().get(5, TimeUnit.SECONDS);

            (victim.equals("loop") ? loop : delivery).close();
            handler.await("the end", RecordingHandler::isClosed);
            ring.leave().get(20, TimeUnit.SECONDS);

            assertThat(handler.failure()).hasMessageContaining(victim + " thread has ended");
            assertThat(ring.status().state()).isEqualTo(RingStatus.State.CLOSED);
            assertThatThrownBy(() -> offer(ring, "too late", Guarantee.AGREED)).isInstanceOf(RingClosedException.class);
            assertThat(loop.awaitEnd(Duration.ofSeconds(20))).isTrue();
            assertThat(delivery.awaitEnd(Duration.ofSeconds(20))).isTrue();
            awaitFree(transport.advertised().port());
        }
    }

    /** The port was the system's choice, so it may have chosen it for somebody else by now: that one goes too. */
    private static void awaitFree(int port) throws SocketException {
        long end = System.nanoTime() + Duration.ofSeconds(20).toNanos();
        while (true) {
            try (DatagramSocket free = new DatagramSocket(port, InetAddress.getLoopbackAddress())) {
                assertThat(free.isBound()).isTrue();
                return;
            } catch (BindException taken) {
                if (System.nanoTime() - end > 0) {
                    throw taken;
                }
                Thread.onSpinWait();
            }
        }
    }

    @Test
    void nullIsRefusedByNameBeforeAnythingHappens() {
        Ring ring = open(RingOptions.builder());
        byte[] message = new byte[1];
        RecordingOutcome outcome = new RecordingOutcome();

        assertNamesNull("group", () -> ring.offer(null, message, Guarantee.AGREED, outcome));
        assertNamesNull("message", () -> ring.offer("g", null, Guarantee.AGREED, outcome));
        assertNamesNull("guarantee", () -> ring.offer("g", message, null, outcome));
        assertNamesNull("outcome", () -> ring.offer("g", message, Guarantee.AGREED, null));
        assertNamesNull("timeout", () -> ring.awaitFormation(null));
        assertNamesNull("handler", () -> ring.options().open(null));
        assertNamesNull("observer", () -> ring.options().open(new RecordingHandler(), (RingObserver) null));

        assertThat(ring.statistics().sendQueueBytes()).isZero();
        assertThat(ring.statistics().messagesRefused()).isZero();
    }

    private static void assertNamesNull(String argument, ThrowingCallable call) {
        assertThatThrownBy(call).isInstanceOf(NullPointerException.class).hasMessage(argument);
    }

    @Test
    void whatTheSystemDoesNotTakeIsInTheStatistics() throws Exception {
        Ring ring = open(RingOptions.builder()
                .bindAddress("127.0.0.1")
                .port(0)
                .seeds("127.255.255.255:9")); // a broadcast address, to which an ordinary socket may not send

        ring.start().get(5, TimeUnit.SECONDS);
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
        while (ring.statistics().sendFailures() == 0 && System.nanoTime() < deadline) {
            Thread.onSpinWait();
        }

        assertThat(ring.statistics().sendFailures()).isPositive();
    }

    @Test
    void aMemberThatWasNeverStartedCanBeClosed() {
        Ring ring = open(RingOptions.builder());
        RecordingOutcome outcome = offer(ring, "never sent", Guarantee.AGREED);

        ring.close();

        assertThat(outcome.isUnknown()).isTrue();
        assertThat(handlers.get(0).isClosed()).isTrue();
        assertThat(ring.start())
                .failsWithin(Duration.ofSeconds(5))
                .withThrowableOfType(ExecutionException.class)
                .havingCause()
                .isInstanceOf(RingStartException.class)
                .withMessageContaining("has left");
    }

    private void formRing(int count) throws Exception {
        formRing(count, RingOptions::builder);
    }

    private void formRing(int count, Supplier<RingOptionsBuilder> options) throws Exception {
        String seeds = "127.0.0.1:" + freePorts(count);
        for (int i = 0; i < count; i++) {
            open(options.get()
                    .memberId(i + 1)
                    .ports(firstPort, firstPort + count - 1)
                    .seeds(seeds));
        }
        for (Ring ring : rings) {
            ring.start().get(5, TimeUnit.SECONDS);
        }
        for (Ring ring : rings) {
            ring.awaitFormation(Duration.ofSeconds(10));
        }
        handlers.forEach(handler -> handler.awaitMembers(count));
    }

    private int firstPort;

    /** A range of ports that nobody has at the moment. */
    private String freePorts(int count) {
        firstPort = FreePorts.first(count);
        return firstPort + "-" + (firstPort + count - 1);
    }

    private Ring open(RingOptionsBuilder options) {
        RecordingHandler handler = new RecordingHandler();
        Ring ring = options.build().open(handler);
        handlers.add(handler);
        rings.add(ring);
        return ring;
    }

    private static RecordingOutcome offer(Ring ring, String text, Guarantee guarantee) {
        RecordingOutcome outcome = new RecordingOutcome();
        assertThat(ring.offer("test", text.getBytes(UTF_8), guarantee, outcome)).isTrue();
        return outcome;
    }

    private static List<String> texts(RecordingHandler handler) {
        return handler.deliveries().stream()
                .map(delivery -> new String(delivery.toByteArray(), UTF_8))
                .toList();
    }

    private static List<Long> numbersOf(RecordingHandler handler, MemberId sender) {
        return handler.deliveries().stream()
                .filter(delivery -> delivery.sender().equals(sender))
                .map(Delivery::number)
                .toList();
    }
}
