package io.vsring.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.netty.channel.epoll.Epoll;
import io.vsring.MemberAddress;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;

/** A transport with its loop thread and what it received. */
final class UdpMember implements AutoCloseable {

    final NettyLoopThread loop;
    final UdpTransport transport;
    final RecordingReceiver received = new RecordingReceiver();

    private UdpMember(UdpOptions options, SocketKind kind) {
        loop = NettyLoopThread.open("vs-loop-test", kind);
        try {
            transport = UdpTransport.open(options, loop);
        } catch (RuntimeException e) {
            loop.close();
            throw e;
        }
    }

    static UdpMember open(SocketKind kind) throws Exception {
        return open(UdpOptions.defaults(), kind);
    }

    static UdpMember open(UdpOptions options, SocketKind kind) throws Exception {
        UdpMember member = new UdpMember(options, kind);
        member.onLoop(() -> member.transport.start(member.received));
        return member;
    }

    static UdpMember openUnstarted(UdpOptions options, SocketKind kind) {
        return new UdpMember(options, kind);
    }

    MemberAddress address() {
        return transport.advertised();
    }

    void onLoop(Runnable task) throws Exception {
        onLoop(() -> {
            task.run();
            return true;
        });
    }

    <T> T onLoop(Callable<T> task) throws Exception {
        FutureTask<T> future = new FutureTask<>(task);
        loop.execute(future);
        return future.get(RecordingReceiver.PATIENCE_SECONDS, TimeUnit.SECONDS);
    }

    @Override
    public void close() {
        loop.execute(transport::close);
        loop.close();
        boolean ended;
        try {
            ended = loop.awaitEnd(Duration.ofSeconds(20));
        } catch (InterruptedException e) {
            throw new IllegalStateException("interrupted while the loop thread ends", e);
        }
        assertThat(ended).as("the loop thread ends").isTrue();
    }

    /** Epoll must be here on Linux x86_64, or the build tests half of what it ships. Elsewhere it may be missing. */
    static void assumeAvailable(SocketKind kind) {
        if (kind != SocketKind.EPOLL || Epoll.isAvailable()) {
            return;
        }
        String system = System.getProperty("os.name").toLowerCase(Locale.ROOT) + " " + System.getProperty("os.arch");
        assertThat(system)
                .as("epoll is missing: %s", Epoll.unavailabilityCause())
                .isNotIn("linux amd64", "linux x86_64");
        assumeTrue(false, "no epoll on " + system);
    }

    static ByteBuffer datagram(int length, int seed) {
        return ByteBuffer.wrap(content(length, seed));
    }

    static byte[] content(int length, int seed) {
        byte[] content = new byte[length];
        for (int i = 0; i < length; i++) {
            content[i] = (byte) (seed + i * 31);
        }
        return content;
    }
}
