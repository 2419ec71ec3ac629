package io.vsring.transport;

import io.netty.channel.EventLoop;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.SelectStrategyFactory;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.nio.NioIoHandler;
import io.netty.util.concurrent.FastThreadLocalThread;
import io.netty.util.concurrent.Future;
import java.nio.channels.spi.SelectorProvider;
import java.time.Duration;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;

/**
 * One Netty event loop, so that a datagram reaches the protocol without a hand-off between threads.
 *
 * <p>Between two rounds of tasks it reads what has arrived: what a task gives to this thread runs behind that.
 *
 * <p>With epoll, delays are kept to some microseconds; with NIO, to about a millisecond. The thread is a daemon.
 */
public final class NettyLoopThread implements LoopThread {

    private final SocketKind kind;
    private final MultiThreadIoEventLoopGroup group;
    private final EventLoop eventLoop;

    private NettyLoopThread(String name, SocketKind kind, Duration busyPoll) {
        this.kind = kind;
        SelectStrategyFactory waits = () -> new BusyPoll(busyPoll.toNanos(), System::nanoTime);
        IoHandlerFactory handlers = kind == SocketKind.EPOLL
                ? EpollIoHandler.newFactory(0, waits)
                : NioIoHandler.newFactory(SelectorProvider.provider(), waits);
        this.group = FairEventLoop.group(task -> daemon(task, name), handlers);
        this.eventLoop = group.next();
    }

    /**
     * Starts a thread.
     *
     * @param name of the thread, such as {@code vs-loop-3}
     * @param wanted what the sockets on this loop are to be
     * @throws TransportOpenException if this machine cannot offer that kind
     */
    public static NettyLoopThread open(String name, SocketKind wanted) {
        return open(name, wanted, Duration.ZERO);
    }

    /**
     * Starts a thread that looks at its sockets again and again while what it waits for comes soon.
     *
     * @param name of the thread, such as {@code vs-loop-3}
     * @param wanted what the sockets on this loop are to be
     * @param busyPoll for how long at most, and after waits that were no longer than that; 0 for never
     * @throws TransportOpenException if this machine cannot offer that kind
     */
    public static NettyLoopThread open(String name, SocketKind wanted, Duration busyPoll) {
        return new NettyLoopThread(name, wanted.resolve(), busyPoll);
    }

    /** What sockets on this loop are: {@link SocketKind#NIO} or {@link SocketKind#EPOLL}. */
    public SocketKind kind() {
        return kind;
    }

    @Override
    public void execute(Runnable task) {
        try {
            eventLoop.execute(task);
        } catch (RejectedExecutionException closed) {
            return; // As the interface says: ignored once closed.
        }
    }

    @Override
    public Scheduled schedule(Runnable task, long delayNanos) {
        try {
            Future<?> later = eventLoop.schedule(task, delayNanos, TimeUnit.NANOSECONDS);
            return () -> later.cancel(false);
        } catch (RejectedExecutionException closed) {
            return () -> {};
        }
    }

    @Override
    public long nanoTime() {
        return System.nanoTime();
    }

    @Override
    public boolean isCurrent() {
        return eventLoop.inEventLoop();
    }

    @Override
    public void whenEnded(Runnable task) {
        Future<?> unused = eventLoop.terminationFuture().addListener(ended -> task.run());
    }

    @Override
    public void close() {
        Future<?> unused = group.shutdownGracefully(0, 2, TimeUnit.SECONDS);
    }

    /**
     * Waits until the thread has ended. Not on the thread itself.
     *
     * @return whether it has ended within this time
     * @throws InterruptedException if the caller was interrupted
     */
    public boolean awaitEnd(Duration timeout) throws InterruptedException {
        return group.terminationFuture().await(timeout.toNanos(), TimeUnit.NANOSECONDS);
    }

    EventLoop eventLoop() {
        return eventLoop;
    }

    static Thread daemon(Runnable task, String name) {
        Thread thread = new FastThreadLocalThread(task, name);
        thread.setDaemon(true);
        return thread;
    }
}
