package io.vsring.benchmarks;

import io.netty.bootstrap.Bootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.socket.SocketChannel;
import io.netty.util.concurrent.Future;
import io.vsring.benchmarks.peer.Work;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/** Asks the lock server: each caller acquires a lock of its own and releases it. All on the connection's thread. */
final class LockClient implements Work, AutoCloseable {

    private final EventLoopGroup thread;
    private final int member;
    private final Map<Integer, CompletableFuture<Long>> asked = new HashMap<>();
    private final Channel channel;
    private int lastNumber;
    private boolean reading;

    private LockClient(EventLoopGroup thread, MemberSeat seat) throws InterruptedException {
        this.thread = thread;
        this.member = seat.member();
        this.channel = new Bootstrap()
                .group(thread)
                .channel(LockWire.channel(seat))
                .handler(new ChannelInitializer<SocketChannel>() {
                    @Override
                    protected void initChannel(SocketChannel each) {
                        LockWire.setUp(each);
                        each.pipeline().addLast(new LockReader(LockWire::holdsAnswer, (context, in) -> take(in)));
                    }
                })
                .connect(seat.serverHost(), seat.serverPort())
                .sync()
                .channel();
    }

    static LockClient connect(MemberSeat seat) throws InterruptedException {
        return new LockClient(LockWire.thread(seat), seat);
    }

    @Override
    public void execute(Runnable task) {
        channel.eventLoop().execute(task);
    }

    @Override
    public CompletableFuture<?> call(int slot) {
        String name = "lock-" + member + "-" + slot;
        return ask(LockWire.ACQUIRE, name).thenCompose(token -> ask(LockWire.RELEASE, name));
    }

    private CompletableFuture<Long> ask(byte kind, String name) {
        int number = ++lastNumber;
        CompletableFuture<Long> answer = new CompletableFuture<>();
        asked.put(number, answer);
        ByteBuf out = channel.alloc().buffer();
        LockWire.request(out, kind, number, name);
        ChannelFuture unused = channel.write(out, channel.voidPromise());
        if (!reading) {
            channel.flush();
        }
        return answer;
    }

    private void take(ByteBuf in) {
        CompletableFuture<Long> answer = asked.remove(in.readInt());
        long token = in.readLong();
        if (answer == null) {
            throw new IllegalStateException("an answer that nobody waits for");
        }
        reading = true;
        answer.complete(token);
        reading = false;
    }

    @Override
    public void close() {
        Future<?> unused = thread.shutdownGracefully();
    }
}
