package io.vsring.transport;

import static io.vsring.transport.UdpMember.content;
import static io.vsring.transport.UdpMember.datagram;
import static org.assertj.core.api.Assertions.assertThat;

import io.vsring.MemberAddress;
import io.vsring.transport.RecordingReceiver.Arrived;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class InMemoryTransportTest {

    private final InMemoryNetwork network = new InMemoryNetwork();
    private final ParkingLoopThread loopA = ParkingLoopThread.open("vs-loop-a");
    private final ParkingLoopThread loopB = ParkingLoopThread.open("vs-loop-b");
    private final InMemoryTransport a = network.open(loopA);
    private final InMemoryTransport b = network.open(loopB);
    private final RecordingReceiver receivedA = new RecordingReceiver();
    private final RecordingReceiver receivedB = new RecordingReceiver();

    @AfterEach
    void end() throws InterruptedException {
        loopA.close();
        loopB.close();
        assertThat(loopA.awaitEnd(Duration.ofSeconds(20))).isTrue();
        assertThat(loopB.awaitEnd(Duration.ofSeconds(20))).isTrue();
    }

    @Test
    void datagramsArriveInOrderWithTheirSource() throws Exception {
        loopB.execute(() -> b.start(receivedB));
        List<MemberAddress> peers = List.of(b.advertised());
        for (int round = 0; round < 20; round++) {
            int first = round * 100;
            loopA.execute(() -> {
                for (int i = first; i < first + 100; i++) {
                    a.broadcast(peers, datagram(1 + i, i));
                }
                a.flush();
            });

            List<Arrived> arrived = receivedB.await(100);

            for (int i = 0; i < 100; i++) {
                assertThat(arrived.get(i).source()).isEqualTo(a.advertised());
                assertThat(arrived.get(i).bytes()).isEqualTo(content(1 + first + i, first + i));
            }
        }
        assertThat(receivedB.batches).allSatisfy(batch -> assertThat(batch).isBetween(1, 256));
    }

    @Test
    void whatCameBeforeStartWaits() throws Exception {
        loopA.execute(() -> {
            for (int i = 0; i < 1000; i++) {
                a.send(b.advertised(), datagram(10, i));
            }
            loopB.execute(() -> b.start(receivedB));
        });

        assertThat(receivedB.await(1000)).last().extracting(Arrived::bytes).isEqualTo(content(10, 999));
    }

    @Test
    void whatFindsNoRoomInTheInboxIsLostAsInASocketAndTheNextArrive() throws Exception {
        int many = InMemoryTransport.INBOX_DATAGRAMS_MAX + 500;
        loopA.execute(() -> {
            for (int i = 0; i < many; i++) {
                a.send(b.advertised(), datagram(10, i));
            }
            loopB.execute(() -> b.start(receivedB));
        });

        List<Arrived> arrived = receivedB.await(InMemoryTransport.INBOX_DATAGRAMS_MAX);
        drained(loopB, b);
        loopA.execute(() -> a.send(b.advertised(), datagram(20, many)));

        assertThat(arrived.get(arrived.size() - 1).bytes())
                .isEqualTo(content(10, InMemoryTransport.INBOX_DATAGRAMS_MAX - 1));
        assertThat(receivedB.await().bytes()).isEqualTo(content(20, many));
    }

    @Test
    void aWatchedDatagramToNobodyIsReported() throws Exception {
        loopA.execute(() -> a.start(receivedA));
        loopB.execute(() -> {
            b.close();
            loopA.execute(() -> a.sendWatched(b.advertised(), datagram(10, 1)));
        });

        assertThat(receivedA.awaitUnreachable()).isEqualTo(b.advertised());
    }

    private static void drained(LoopThread loop, InMemoryTransport transport) throws Exception {
        FutureTask<Void> done = new FutureTask<>(transport::drain, null);
        loop.execute(done);
        done.get(RecordingReceiver.PATIENCE_SECONDS, TimeUnit.SECONDS);
    }

    @Test
    void aClosedMemberSendsNothing() throws Exception {
        loopB.execute(() -> b.start(receivedB));
        loopA.execute(() -> {
            a.send(b.advertised(), datagram(10, 1));
            a.close();
            a.send(b.advertised(), datagram(20, 2));
        });
        receivedB.await();
        drained(loopA, a);
        drained(loopB, b);

        assertThat(receivedB.datagrams).isEmpty();
        assertThat(network.open(loopA).advertised())
                .as("its address is free again")
                .isEqualTo(a.advertised());
    }
}
