package io.vsring.transport;

import io.netty.channel.EventLoop;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.nio.NioIoHandler;
import io.netty.util.concurrent.FastThreadLocalThread;
import io.netty.util.concurrent.Future;
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

    private NettyLoopThread(String name, SocketKind kind) {
        this.kind = kind;
        IoHandlerFactory handlers = kind == SocketKind.EPOLL ? EpollIoHandler.newFactory() : NioIoHandler.newFactory();
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
        return new NettyLoopThread(name, wanted.resolve());
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
