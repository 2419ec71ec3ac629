package io.vsring.transport;

import static org.assertj.core.api.Assertions.assertThat;

import io.vsring.MemberAddress;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** Writes down what arrives; the test's thread takes it from here. */
final class RecordingReceiver implements Transport.Receiver {

    static final long PATIENCE_SECONDS = 20;

    record Arrived(MemberAddress source, byte[] bytes) {}

    final BlockingQueue<Arrived> datagrams = new LinkedBlockingQueue<>();
    final BlockingQueue<Integer> batches = new LinkedBlockingQueue<>();
    final BlockingQueue<MemberAddress> unreachable = new LinkedBlockingQueue<>();
    final AtomicInteger openBatch = new AtomicInteger();

    @Override
    public void onDatagram(MemberAddress source, ByteBuffer bytes) {
        byte[] copy = new byte[bytes.remaining()];
        bytes.get(copy);
        openBatch.incrementAndGet();
        datagrams.add(new Arrived(source, copy));
    }

    @Override
    public void onBatchEnd() {
        batches.add(openBatch.getAndSet(0));
    }

    @Override
    public void onUnreachable(MemberAddress address) {
        unreachable.add(address);
    }

    Arrived await() throws InterruptedException {
        Arrived next = datagrams.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
        assertThat(next).as("a datagram within %d s", PATIENCE_SECONDS).isNotNull();
        return next;
    }

    List<Arrived> await(int count) throws InterruptedException {
        List<Arrived> all = new ArrayList<>();
        while (all.size() < count) {
            all.add(await());
        }
        return all;
    }

    MemberAddress awaitUnreachable() throws InterruptedException {
        MemberAddress address = unreachable.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
        assertThat(address).as("port unreachable within %d s", PATIENCE_SECONDS).isNotNull();
        return address;
    }
}
