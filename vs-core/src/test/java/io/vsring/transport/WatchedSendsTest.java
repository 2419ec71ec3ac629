package io.vsring.transport;

import static io.vsring.transport.UdpMember.assumeAvailable;
import static io.vsring.transport.UdpMember.datagram;
import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.PooledByteBufAllocator;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.socket.DatagramChannel;
import io.vsring.MemberAddress;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class WatchedSendsTest {

    private final TransportCounters counters = new TransportCounters();
    private NettyLoopThread loop;
    private Outbox outbox;
    private WatchedSends watched;
    private DatagramChannel channel;

    @AfterEach
    void end() throws InterruptedException {
        if (loop != null) {
            loop.execute(() -> {
                watched.close();
                outbox.close();
            });
            loop.close();
            assertThat(loop.awaitEnd(Duration.ofSeconds(20))).isTrue();
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"NIO", "EPOLL"})
    void thereAreNeverMoreThan64Sockets(SocketKind kind) throws Exception {
        open(kind, TimeUnit.HOURS.toNanos(1));

        int open = onLoop(() -> {
            for (int port = 1; port <= 200; port++) {
                watched.send(MemberAddress.ofIpv4(0x7F000001, port), datagram(10, port));
            }
            return watched.open();
        });

        assertThat(open).isEqualTo(64);
        assertThat(counters.watchedSockets()).as("shown").isEqualTo(64);
    }

    @ParameterizedTest
    @EnumSource(names = {"NIO", "EPOLL"})
    void whatTheSystemDoesNotTakeIsDroppedBeyondTheMarkAndCountedAndTheNextGoOut(SocketKind kind) throws Exception {
        open(kind, TimeUnit.HOURS.toNanos(1));
        try (UdpMember there = UdpMember.open(SocketKind.NIO)) {
            onLoop(() -> {
                watched.send(there.address(), datagram(10, 1));
                return true;
            });
            there.received.await(1);

            setWritable(there.address(), false);
            onLoop(() -> {
                for (int i = 0; i < 1000; i++) {
                    watched.send(there.address(), datagram(10, 2));
                }
                return true;
            });
            assertThat(onLoop(counters::sendDrops)).isEqualTo(1000);

            setWritable(there.address(), true);
            onLoop(() -> {
                watched.send(there.address(), datagram(10, 3));
                return true;
            });
            assertThat(there.received.await(1).get(0).bytes()).isEqualTo(UdpMember.content(10, 3));
            assertThat(counters.sendDrops()).isEqualTo(1000);
        }
    }

    /** As if much or little waited for the system in the socket that is watched. */
    private void setWritable(MemberAddress there, boolean writable) throws Exception {
        onLoop(() -> {
            watched.socket(there).unsafe().outboundBuffer().setUserDefinedWritability(1, writable);
            return true;
        });
    }

    @ParameterizedTest
    @EnumSource(names = {"NIO", "EPOLL"})
    void aSocketThatIsNotUsedIsClosed(SocketKind kind) throws Exception {
        open(kind, TimeUnit.MILLISECONDS.toNanos(20));
        onLoop(() -> {
            watched.send(MemberAddress.ofIpv4(0x7F000001, 9), datagram(10, 1));
            return true;
        });

        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
        while (onLoop(watched::open) > 0 && System.nanoTime() < deadline) {
            Thread.onSpinWait();
        }

        assertThat(onLoop(watched::open)).isZero();
        assertThat(counters.watchedSockets()).as("shown").isZero();
    }

    @Test
    void socketsThatComeAndGoTakeNoMemoryOfTheirOwn() {
        ReceiveBuffers shared = new ReceiveBuffers(1, 1, ReceiveBuffers.DATAGRAM_BYTES);

        ByteBuf first = shared.newHandle().allocate(PooledByteBufAllocator.DEFAULT);
        first.release();
        ByteBuf second = shared.newHandle().allocate(PooledByteBufAllocator.DEFAULT);

        assertThat(second).isSameAs(first);
    }

    private void open(SocketKind kind, long unusedNanosMax) throws Exception {
        assumeAvailable(kind);
        loop = NettyLoopThread.open("vs-loop-watched", kind);
        UdpSockets sockets = new UdpSockets(UdpOptions.defaults(), loop);
        channel = sockets.bind(new ChannelInboundHandlerAdapter());
        outbox = new Outbox(channel, sockets.enable(channel), counters);
        watched = new WatchedSends(
                sockets, new Reception(1400, counters), new AddressBook(counters), outbox, unusedNanosMax);
    }

    private <T> T onLoop(Callable<T> task) throws Exception {
        FutureTask<T> future = new FutureTask<>(task);
        loop.execute(future);
        return future.get(20, TimeUnit.SECONDS);
    }
}
