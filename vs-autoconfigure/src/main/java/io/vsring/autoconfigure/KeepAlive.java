package io.vsring.autoconfigure;

import java.util.concurrent.CountDownLatch;

/**
 * A thread that does nothing but not end, so that the JVM does not either.
 *
 * <p>The threads of listeners cannot be relied on for that: virtual ones keep no JVM alive.
 */
final class KeepAlive {

    private final CountDownLatch ended = new CountDownLatch(1);

    private KeepAlive() {}

    /** From now on the JVM lives. */
    static KeepAlive begin() {
        KeepAlive keepAlive = new KeepAlive();
        Thread thread = new Thread(keepAlive::awaitEnd, "vs-keep-alive");
        thread.setDaemon(false);
        thread.start();
        return keepAlive;
    }

    /** It may end. */
    void end() {
        ended.countDown();
    }

    private void awaitEnd() {
        try {
            ended.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
