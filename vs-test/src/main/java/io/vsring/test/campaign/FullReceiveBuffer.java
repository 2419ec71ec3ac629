package io.vsring.test.campaign;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import org.jspecify.annotations.Nullable;

/**
 * A member with a small receive buffer is stopped for a moment, and datagrams that mean nothing fill the buffer. What
 * others send it meanwhile is lost, though the network has carried it.
 */
final class FullReceiveBuffer implements Fault {

    private static final int DATAGRAMS_MAX = 50_000;
    private static final int DATAGRAM_BYTES = 1_000;
    private static final int LOOK_EACH = 50;

    private final MemberSlot member;
    private final InetSocketAddress address;
    private MemberSlot.@Nullable Stopped stopped;
    private @Nullable ProcessView process;
    private long errors;

    FullReceiveBuffer(MemberSlot member, InetSocketAddress address) {
        this.member = member;
        this.address = address;
    }

    @Override
    public FaultKind kind() {
        return FaultKind.RECEIVE_BUFFER;
    }

    @Override
    public void begin() throws InterruptedException {
        ProcessView running = member.view();
        stopped = member.stop();
        if (running != null && stopped != null) {
            process = running;
            errors = -running.receiveBufferErrors();
            fill(running);
        }
    }

    private void fill(ProcessView running) {
        try (DatagramChannel channel = DatagramChannel.open()) {
            for (int sent = 0; sent < DATAGRAMS_MAX; sent++) {
                channel.send(ByteBuffer.allocate(DATAGRAM_BYTES), address);
                if (sent % LOOK_EACH == 0 && running.receiveBufferErrors() + errors > 0) {
                    return;
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot send to " + address, e);
        }
    }

    @Override
    public void end() throws InterruptedException {
        if (stopped != null && process != null) {
            stopped.goOn();
            errors += process.receiveBufferErrors();
        }
    }

    @Override
    public Proof proof() {
        return Proof.counted(errors, "/proc/net/snmp: RcvbufErrors");
    }

    @Override
    public String toString() {
        return kind().word() + " of " + member.number();
    }
}
