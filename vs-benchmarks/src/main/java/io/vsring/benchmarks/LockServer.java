package io.vsring.benchmarks;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.socket.SocketChannel;
import io.netty.util.concurrent.Future;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.Map;

/**
 * The other design of a lock service: one server has the list of all locks, whoever wants one asks, and is answered
 * when it is granted. One thread, nothing is kept when it ends.
 */
final class LockServer {

    /** Who asked, and by which number. */
    private record Claim(ChannelHandlerContext client, int number) {}

    private static final class Lock {

        private Claim holder;
        private final ArrayDeque<Claim> waiting = new ArrayDeque<>(0);

        Lock(Claim holder) {
            this.holder = holder;
        }
    }

    private final Map<String, Lock> locks = new HashMap<>();
    private final Runnable end;
    private long lastToken;

    /** @param end is run by {@link #close} */
    LockServer(Runnable end) {
        this.end = end;
    }

    static LockServer open(MemberSeat seat) throws InterruptedException {
        EventLoopGroup thread = LockWire.thread(seat);
        LockServer server = new LockServer(() -> {
            Future<?> unused = thread.shutdownGracefully();
        });
        Channel unused = new ServerBootstrap()
                .group(thread)
                .channel(LockWire.serverChannel(seat))
                .childHandler(new ChannelInitializer<SocketChannel>() {
                    @Override
                    protected void initChannel(SocketChannel channel) {
                        LockWire.setUp(channel);
                        channel.pipeline().addLast(server.connection());
                    }
                })
                .bind(seat.serverHost(), seat.serverPort())
                .sync()
                .channel();
        return server;
    }

    /** Takes the requests of one client. */
    LockReader connection() {
        return new LockReader(LockWire::holdsRequest, this::take);
    }

    private void take(ChannelHandlerContext client, ByteBuf in) {
        byte kind = in.readByte();
        Claim claim = new Claim(client, in.readInt());
        String name = LockWire.name(in);
        if (kind == LockWire.ACQUIRE) {
            acquire(name, claim);
        } else {
            release(name, claim);
        }
    }

    private void acquire(String name, Claim claim) {
        Lock lock = locks.get(name);
        if (lock == null) {
            locks.put(name, new Lock(claim));
            answer(claim, ++lastToken);
        } else {
            lock.waiting.add(claim);
        }
    }

    private void release(String name, Claim claim) {
        Lock lock = locks.get(name);
        if (lock == null || lock.holder.client != claim.client) {
            answer(claim, 0);
            return;
        }
        passOn(name, lock);
        answer(claim, 1);
    }

    private void passOn(String name, Lock lock) {
        Claim next = lock.waiting.poll();
        if (next == null) {
            locks.remove(name);
            return;
        }
        lock.holder = next;
        answer(next, ++lastToken);
        next.client.flush();
    }

    private static void answer(Claim claim, long token) {
        ByteBuf out = claim.client.alloc().buffer(LockWire.ANSWER_BYTES);
        ChannelFuture unused =
                claim.client.write(out.writeInt(claim.number).writeLong(token), claim.client.voidPromise());
    }

    void close() {
        end.run();
    }
}
