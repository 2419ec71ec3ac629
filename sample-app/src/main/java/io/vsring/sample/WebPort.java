package io.vsring.sample;

import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.SocketException;
import org.jspecify.annotations.Nullable;

/**
 * The port of one member's web server.
 *
 * <p>A web server opens only after its member has joined, so a port that is free now may be taken by then, by another
 * sample that was started at the same time. A UDP socket with the same number, which nobody sends to, keeps it until
 * the member ends, however it ends.
 */
final class WebPort implements AutoCloseable {

    private static final int FIRST = 8080;
    private static final int LAST = 8099;

    private final int number;
    private final @Nullable DatagramSocket claim;

    private WebPort(int number, @Nullable DatagramSocket claim) {
        this.number = number;
        this.claim = claim;
    }

    /**
     * The port for the member with this index in its JVM.
     *
     * @param asked the port for the first member, others follow; 0 for any; null for the first free one of a range
     */
    static WebPort choose(@Nullable Integer asked, int index) {
        if (asked != null) {
            return new WebPort(asked == 0 ? 0 : asked + index, null);
        }
        for (int number = FIRST; number <= LAST; number++) {
            DatagramSocket claim = claim(number);
            if (claim != null) {
                return new WebPort(number, claim);
            }
        }
        throw new IllegalStateException("no port from " + FIRST + " to " + LAST
                + " is free for a web server: say which one with --server.port");
    }

    int number() {
        return number;
    }

    @Override
    public void close() {
        if (claim != null) {
            claim.close();
        }
    }

    private static @Nullable DatagramSocket claim(int number) {
        DatagramSocket claim;
        try {
            claim = new DatagramSocket(number, InetAddress.getLoopbackAddress());
        } catch (SocketException taken) {
            return null;
        }
        try (ServerSocket probe = new ServerSocket(number)) {
            return probe.isBound() ? claim : null;
        } catch (IOException taken) {
            claim.close();
            return null;
        }
    }
}
