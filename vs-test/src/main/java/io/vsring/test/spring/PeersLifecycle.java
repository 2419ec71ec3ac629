package io.vsring.test.spring;

import org.springframework.beans.factory.DisposableBean;
import org.springframework.context.SmartLifecycle;

/** The peers are there before the member of the context, and until it has left. */
final class PeersLifecycle implements SmartLifecycle, DisposableBean {

    private final RingPeers peers;
    private final int phase;
    private volatile boolean running;

    PeersLifecycle(RingPeers peers, int phase) {
        this.peers = peers;
        this.phase = phase;
    }

    @Override
    public void start() {
        running = true;
        peers.start();
    }

    @Override
    public void stop() {
        peers.stop();
        running = false;
    }

    /** When the context could not be refreshed, nobody stops what has been started. */
    @Override
    public void destroy() {
        stop();
    }

    @Override
    public boolean isRunning() {
        return running;
    }

    /** Members that paused with an unused context would not be there when it is used again. */
    @Override
    public boolean isPauseable() {
        return false;
    }

    @Override
    public int getPhase() {
        return phase;
    }
}
