package io.vsring.test.hostile;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Hears what members say to each other, at the end of the tap that {@link TapRules} lays. One thread of its own. */
final class Wiretap implements AutoCloseable {

    private static final int DATAGRAM_BYTES_MAX = 65_535;
    private static final int BUFFER_BYTES = 4 << 20;
    private static final long LOOK_MILLIS = 20;

    private final Selector selector;
    private final ByteBuffer buffer = ByteBuffer.allocate(DATAGRAM_BYTES_MAX);
    private final Thread thread;
    private volatile Consumer<Captured> sink = heard -> {};
    private volatile boolean isEnding;
    private volatile @Nullable Exception failure;

    /** Begins to hear so many members; what it hears goes nowhere yet. */
    Wiretap(int members) throws IOException {
        selector = Selector.open();
        for (int number = 1; number <= members; number++) {
            DatagramChannel channel = DatagramChannel.open();
            channel.setOption(StandardSocketOptions.SO_RCVBUF, BUFFER_BYTES);
            channel.bind(new InetSocketAddress(TapRules.TAP_ADDRESS, TapRules.HEARD_PORT + number - 1));
            channel.configureBlocking(false);
            channel.register(selector, SelectionKey.OP_READ, number);
        }
        thread = new Thread(this::run, "wiretap");
        thread.setDaemon(true);
        thread.start();
    }

    /** From now on what is heard goes there, on the thread of the tap. */
    void to(Consumer<Captured> other) {
        sink = other;
    }

    private void run() {
        try {
            while (!isEnding) {
                selector.select(key -> receive((DatagramChannel) key.channel(), (int) key.attachment()), LOOK_MILLIS);
            }
        } catch (IOException | UncheckedIOException e) {
            failure = e;
        }
    }

    private void receive(DatagramChannel channel, int to) {
        try {
            for (SocketAddress from = channel.receive(buffer.clear());
                    from != null;
                    from = channel.receive(buffer.clear())) {
                byte[] bytes = new byte[buffer.flip().remaining()];
                buffer.get(bytes);
                byte[] host = ((InetSocketAddress) from).getAddress().getAddress();
                sink.accept(new Captured(host[host.length - 1], to, bytes));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Ends it, and says if it has failed before. */
    @Override
    public void close() throws IOException {
        isEnding = true;
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        for (SelectionKey key : selector.keys()) {
            key.channel().close();
        }
        selector.close();
        if (failure != null) {
            throw new IllegalStateException("the tap failed", failure);
        }
    }
}
