package io.vsring.transport;

import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;

/**
 * UDP ports that nobody has, so that two builds on one machine do not meet.
 *
 * <p>They are below those that the system gives away by itself, or somebody could get one between here and its use.
 */
public final class FreePorts {

    private static final int FIRST = 20_000;
    private static final int LAST = 30_000;

    private FreePorts() {}

    /** The first of so many ports in a row. */
    public static int first(int count) {
        while (true) {
            int from = ThreadLocalRandom.current().nextInt(FIRST, LAST - count);
            if (areFree(from, count)) {
                return from;
            }
        }
    }

    private static boolean areFree(int from, int count) {
        List<DatagramSocket> bound = new ArrayList<>();
        try {
            for (int port = from; port < from + count; port++) {
                bound.add(new DatagramSocket(port, InetAddress.getLoopbackAddress()));
            }
            return true;
        } catch (IOException taken) {
            return false;
        } finally {
            bound.forEach(DatagramSocket::close);
        }
    }
}
