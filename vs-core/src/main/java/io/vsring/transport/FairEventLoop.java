package io.vsring.transport;

import io.netty.channel.IoEventLoop;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.SingleThreadIoEventLoop;
import java.util.concurrent.Executor;
import java.util.concurrent.ThreadFactory;
import org.jspecify.annotations.Nullable;

/**
 * An event loop that looks at its sockets after each round of tasks; a round is the tasks that were there when it
 * began.
 *
 * <p>Netty's own runs tasks for up to a second before it looks at the sockets again, and one task that gives itself
 * anew is enough for that. Here such a task runs once for each look, so that what is given by a task runs behind the
 * datagrams that have arrived.
 */
final class FairEventLoop extends SingleThreadIoEventLoop {

    private static final int NOT_COUNTED = -1;

    private int leftInRound = NOT_COUNTED;
    private boolean inLastRound;

    private FairEventLoop(Group parent, Executor executor, IoHandlerFactory handlers) {
        super(parent, executor, handlers);
    }

    /** A group of one such loop. */
    static MultiThreadIoEventLoopGroup group(ThreadFactory threads, IoHandlerFactory handlers) {
        return new Group(threads, handlers);
    }

    @Override
    protected int runIo() {
        leftInRound = NOT_COUNTED;
        return super.runIo();
    }

    @Override
    protected @Nullable Runnable pollTask() {
        if (leftInRound == NOT_COUNTED) {
            leftInRound = pendingTasks();
        }
        if (leftInRound == 0) {
            return null;
        }
        leftInRound--;
        return super.pollTask();
    }

    /**
     * Netty's closes the sockets in a round that begins after it has been told to end, and may end without one if it is
     * told in the middle of a round: then the sockets stay open for good. So there is always one more.
     */
    @Override
    protected boolean confirmShutdown() {
        if (!super.confirmShutdown()) {
            return false;
        }
        if (!inLastRound) {
            inLastRound = true;
            execute(() -> {}); // or that round would wait for datagrams
            return false;
        }
        return true;
    }

    private static final class Group extends MultiThreadIoEventLoopGroup {

        Group(ThreadFactory threads, IoHandlerFactory handlers) {
            super(1, threads, handlers);
        }

        @Override
        protected IoEventLoop newChild(Executor executor, IoHandlerFactory handlers, Object... unused) {
            return new FairEventLoop(this, executor, handlers);
        }
    }
}
