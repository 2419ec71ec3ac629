package io.vsring.transport;

import static io.vsring.transport.UdpMember.assumeAvailable;
import static io.vsring.transport.UdpMember.content;
import static io.vsring.transport.UdpMember.datagram;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vsring.MemberAddress;
import io.vsring.transport.RecordingReceiver.Arrived;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class UdpTransportTest {

    @ParameterizedTest
    @EnumSource(names = {"NIO", "EPOLL"})
    void aDatagramArrivesWithItsSource(SocketKind kind) throws Exception {
        assumeAvailable(kind);
        try (UdpMember a = UdpMember.open(kind);
                UdpMember b = UdpMember.open(kind)) {
            byte[] content = content(100, 7);
            ByteBuffer bytes = ByteBuffer.wrap(content);

            a.onLoop(() -> {
                a.transport.send(b.address(), bytes);
                a.transport.flush();
            });

            Arrived arrived = b.received.await();
            assertThat(arrived.source()).isEqualTo(a.address());
            assertThat(arrived.bytes()).isEqualTo(content);
            assertThat(bytes.remaining())
                    .as("the given buffer is left as it was")
                    .isEqualTo(100);
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"NIO", "EPOLL"})
    void saysByWhatMeansItCarries(SocketKind kind) throws Exception {
        assumeAvailable(kind);
        try (UdpMember a = UdpMember.open(kind)) {
            assertThat(a.transport.description())
                    .matches(kind == SocketKind.NIO ? "nio unicast" : "epoll unicast( UDP_SEGMENT)?( UDP_GRO)?");
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"NIO", "EPOLL"})
    void datagramsOfAnyLengthArriveWhole(SocketKind kind) throws Exception {
        assumeAvailable(kind);
        int[] lengths = {1, 2047, 2048, 2049, 9000, 60_000, UdpOptions.DATAGRAM_BYTES_LIMIT};
        try (UdpMember a = UdpMember.open(kind);
                UdpMember b = UdpMember.open(kind)) {
            for (int length : lengths) {
                a.onLoop(() -> {
                    a.transport.send(b.address(), datagram(length, length));
                    a.transport.flush();
                });

                assertThat(b.received.await().bytes()).isEqualTo(content(length, length));
            }
            assertThat(b.transport.counters().oversized()).isZero();
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"NIO", "EPOLL"})
    void thousandsOfSmallDatagramsKeepTheirOrder(SocketKind kind) throws Exception {
        assumeAvailable(kind);
        int rounds = 60;
        int perRound = 100;
        try (UdpMember a = UdpMember.open(kind);
                UdpMember b = UdpMember.open(kind)) {
            for (int round = 0; round < rounds; round++) {
                int first = round * perRound;
                a.onLoop(() -> {
                    for (int i = first; i < first + perRound; i++) {
                        a.transport.send(b.address(), ByteBuffer.allocate(4).putInt(0, i));
                    }
                    a.transport.flush();
                });

                List<Arrived> arrived = b.received.await(perRound);
                for (int i = 0; i < perRound; i++) {
                    assertThat(ByteBuffer.wrap(arrived.get(i).bytes()).getInt()).isEqualTo(first + i);
                }
            }
            assertThat(a.transport.counters().datagramsOut()).isEqualTo((long) rounds * perRound);
            assertThat(b.transport.counters().datagramsIn()).isEqualTo((long) rounds * perRound);
            assertThat(b.transport.counters().bytesIn()).isEqualTo(4L * rounds * perRound);
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"NIO", "EPOLL"})
    void broadcastsAndSendsOfMixedLengthsKeepTheirOrderToEachDestination(SocketKind kind) throws Exception {
        assumeAvailable(kind);
        Random random = new Random(8812);
        try (UdpMember a = UdpMember.open(kind);
                UdpMember b = UdpMember.open(kind);
                UdpMember c = UdpMember.open(kind)) {
            List<MemberAddress> peers = List.of(b.address(), c.address());
            for (int round = 0; round < 30; round++) {
                List<byte[]> toB = new ArrayList<>();
                List<byte[]> toC = new ArrayList<>();
                a.onLoop(() -> {
                    int typical = 1 + random.nextInt(1500);
                    for (int i = 0; i < 150; i++) {
                        int length = random.nextInt(5) == 0 ? 1 + random.nextInt(1500) : typical;
                        byte[] content = content(length, i);
                        ByteBuffer bytes = ByteBuffer.wrap(content);
                        if (random.nextInt(10) == 0) {
                            a.transport.send(b.address(), bytes);
                        } else {
                            a.transport.broadcast(peers, bytes);
                            toC.add(content);
                        }
                        toB.add(content);
                        if (random.nextInt(40) == 0) {
                            a.transport.flush();
                        }
                    }
                    a.transport.flush();
                });

                assertThat(b.received.await(toB.size()))
                        .extracting(Arrived::bytes)
                        .containsExactlyElementsOf(toB);
                assertThat(c.received.await(toC.size()))
                        .extracting(Arrived::bytes)
                        .containsExactlyElementsOf(toC);
            }
            assertThat(a.transport.counters().sendFailures()).isZero();
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"NIO", "EPOLL"})
    void whatWaitsInTheSocketIsReadByDrainBeforeItReturns(SocketKind kind) throws Exception {
        assumeAvailable(kind);
        try (UdpMember a = UdpMember.open(kind);
                UdpMember b = UdpMember.open(kind)) {
            int drained = b.onLoop(() -> {
                // The loop thread of b is here, so nothing reads b's socket until it drains it.
                a.onLoop(() -> {
                    for (int i = 0; i < 100; i++) {
                        a.transport.send(b.address(), datagram(50 + i, i));
                    }
                    a.transport.flush();
                });
                assertThat(b.received.datagrams).isEmpty();
                b.transport.drain();
                return b.received.datagrams.size();
            });

            assertThat(drained).isEqualTo(100);
            b.onLoop(() -> true); // a batch ends after its last datagram was handed over
            assertThat(b.received.batches).containsExactly(100);
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"NIO", "EPOLL"})
    void aTaskThatGivesItselfAnewDoesNotKeepTheSocketFromBeingRead(SocketKind kind) throws Exception {
        assumeAvailable(kind);
        try (UdpMember a = UdpMember.open(kind)) {
            AtomicInteger runs = new AtomicInteger();
            CompletableFuture<Integer> runsUntilRead = new CompletableFuture<>();
            a.loop.execute(new Runnable() {
                @Override
                public void run() {
                    if (runs.incrementAndGet() == 1) {
                        a.transport.send(a.address(), datagram(10, 1));
                        a.transport.flush();
                    }
                    if (a.received.datagrams.isEmpty()) {
                        a.loop.execute(this);
                    } else {
                        runsUntilRead.complete(runs.get());
                    }
                }
            });

            // Two if the system carries the datagram at once, which it may put off a little.
            assertThat(runsUntilRead.get(20, TimeUnit.SECONDS)).isLessThan(1_000);
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"NIO", "EPOLL"})
    void noBatchIsEndless(SocketKind kind) throws Exception {
        assumeAvailable(kind);
        try (UdpMember a = UdpMember.open(kind);
                UdpMember b = UdpMember.open(kind)) {
            b.onLoop(() -> {
                a.onLoop(() -> {
                    for (int i = 0; i < 1000; i++) {
                        a.transport.send(b.address(), datagram(200, i));
                    }
                    a.transport.flush();
                });
                return true;
            });

            b.received.await(1000);
            assertThat(b.received.batches).allSatisfy(batch -> assertThat(batch).isBetween(1, 320));
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"NIO", "EPOLL"})
    void aWatchedDatagramArrivesOrItsDestinationIsReportedUnreachable(SocketKind kind) throws Exception {
        assumeAvailable(kind);
        MemberAddress nobody = MemberAddress.ofIpv4(0x7F000001, FreePorts.first(1));
        try (UdpMember a = UdpMember.open(kind);
                UdpMember b = UdpMember.open(kind)) {
            a.onLoop(() -> {
                a.transport.sendWatched(b.address(), datagram(1400, 1));
                a.transport.sendWatched(nobody, datagram(10, 1));
            });

            assertThat(b.received.await().bytes()).hasSize(1400);
            assertThat(a.received.awaitUnreachable()).isEqualTo(nobody);
            assertThat(a.transport.counters().unreachable()).isPositive();

            a.onLoop(() -> a.transport.sendWatched(nobody, datagram(10, 1)));
            assertThat(a.received.awaitUnreachable()).isEqualTo(nobody);
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"NIO", "EPOLL"})
    void theSocketSurvivesSendsThatFailAndCountsThem(SocketKind kind) throws Exception {
        assumeAvailable(kind);
        MemberAddress ipv6 = new MemberAddress(0x20010DB8_00000000L, 1, 9);
        MemberAddress unroutable = MemberAddress.ofIpv4(0x08080808, 9); // A socket on 127.0.0.1 cannot reach the world.
        try (UdpMember a = UdpMember.open(kind);
                UdpMember b = UdpMember.open(kind)) {
            a.onLoop(() -> {
                a.transport.send(ipv6, datagram(10, 0));
                a.transport.send(b.address(), datagram(10, 1));
                a.transport.send(unroutable, datagram(10, 2));
                a.transport.send(unroutable, datagram(10, 2));
                a.transport.send(b.address(), datagram(10, 3));
                a.transport.flush();
            });

            assertThat(b.received.await().bytes()).isEqualTo(content(10, 1));
            assertThat(b.received.await().bytes()).isEqualTo(content(10, 3));
            assertThat(a.onLoop(() -> a.transport.counters().sendFailures())).isEqualTo(3);
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"NIO", "EPOLL"})
    void aDatagramOverTheLimitIsRefusedByTheSenderAndDroppedByTheReceiver(SocketKind kind) throws Exception {
        assumeAvailable(kind);
        UdpOptions small = UdpOptions.builder().maxDatagramBytes(1400).build();
        try (UdpMember a = UdpMember.open(kind);
                UdpMember b = UdpMember.open(small, kind)) {
            a.onLoop(() -> {
                a.transport.send(b.address(), datagram(1401, 1));
                a.transport.send(b.address(), datagram(1400, 2));
                a.transport.flush();
            });

            assertThat(b.received.await().bytes()).hasSize(1400);
            assertThat(b.transport.counters().oversized()).isEqualTo(1);
            assertThatThrownBy(() -> b.onLoop(() -> b.transport.send(a.address(), datagram(1401, 1))))
                    .hasRootCauseInstanceOf(IllegalArgumentException.class)
                    .rootCause()
                    .hasMessageContaining("1 to 1400 bytes");
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"NIO", "EPOLL"})
    void nothingArrivesBeforeStartAndWhatWaitedArrivesThen(SocketKind kind) throws Exception {
        assumeAvailable(kind);
        try (UdpMember a = UdpMember.open(kind);
                UdpMember b = UdpMember.openUnstarted(UdpOptions.defaults(), kind)) {
            a.onLoop(() -> {
                a.transport.send(b.address(), datagram(10, 1));
                a.transport.flush();
            });

            b.onLoop(() -> b.transport.start(b.received));

            assertThat(b.received.await().bytes()).hasSize(10);
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"NIO", "EPOLL"})
    void aReceiverThatThrowsDoesNotStopTheSocket(SocketKind kind) throws Exception {
        assumeAvailable(kind);
        try (UdpMember a = UdpMember.open(kind);
                UdpMember b = UdpMember.openUnstarted(UdpOptions.defaults(), kind)) {
            Transport.Receiver throwing = new Transport.Receiver() {
                private boolean hasThrown;

                @Override
                public void onDatagram(MemberAddress source, ByteBuffer bytes) {
                    if (!hasThrown) {
                        hasThrown = true;
                        throw new IllegalStateException("thrown by the test");
                    }
                    b.received.onDatagram(source, bytes);
                }

                @Override
                public void onBatchEnd() {}

                @Override
                public void onUnreachable(MemberAddress address) {}
            };
            b.onLoop(() -> b.transport.start(throwing));

            a.onLoop(() -> {
                a.transport.send(b.address(), datagram(10, 1));
                a.transport.send(b.address(), datagram(20, 2));
                a.transport.flush();
            });

            assertThat(b.received.await().bytes()).hasSize(20);
        }
    }
}
