package io.vsring.wire;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import org.junit.jupiter.api.Test;

/** What the wire allocates where a million messages a second go by. */
class WireAllocationTest {

    private static final int ROUNDS = 20_000;

    /** For what the machine allocates besides: a byte for each round. */
    private static final long SLACK = ROUNDS;

    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    private final DatagramCodec codec = new DatagramCodec(Samples.CLUSTER, 1472);
    private final ByteBuffer buffer = ByteBuffer.allocateDirect(WireFormat.FRAME_BYTES_MAX);
    private long sum;

    /** A step on the hot path. */
    private interface Step {
        void run() throws MalformedDatagramException;
    }

    @Test
    void writingFramesAndTokensAllocatesNothing() throws Exception {
        DataFrame frame = Samples.agreed();
        Token token = Samples.token();

        assertThat(allocatedBy(() -> {
                    codec.encode(frame, buffer.clear());
                    codec.encode(token, buffer.clear());
                }))
                .isLessThan(SLACK);
    }

    @Test
    void readingAFrameAllocatesTheFrameAndItsBody() throws Exception {
        DataFrame frame = Samples.agreed();
        codec.encode(frame, buffer.clear());
        buffer.flip();
        long bodyBytes = 16 + (frame.body().length + 7L) / 8 * 8;
        long frameBytes = 64;

        assertThat(allocatedBy(() -> sum += codec.decode(buffer).hashCode()))
                .isLessThan(ROUNDS * (bodyBytes + frameBytes) + SLACK);
    }

    @Test
    void takingWholeMessagesOutOfAFrameAllocatesNothing() throws Exception {
        DataFrame frame = Samples.agreed();
        Unpacker unpacker = new Unpacker();

        assertThat(allocatedBy(() -> unpacker.accept(frame, message -> sum += message.length())))
                .isLessThan(SLACK + ROUNDS * 24L);
    }

    @Test
    void packingAllocatesTheFinishedBody() throws Exception {
        Packer packer = new Packer(WireFormat.bodyBytesMax(1472));
        OutgoingMessage first = Samples.message(1, "g", 500);
        OutgoingMessage second = Samples.message(2, "g", 5_000);

        assertThat(allocatedBy(() -> {
                    packer.begin();
                    packer.pack(first, 0);
                    packer.pack(second, 0);
                    sum += packer.finish().length;
                }))
                .isLessThan(ROUNDS * (16L + 1320) + SLACK);
    }

    private static long allocatedBy(Step step) throws MalformedDatagramException {
        long thread = Thread.currentThread().getId();
        run(step);
        long before = THREADS.getThreadAllocatedBytes(thread);
        run(step);
        return THREADS.getThreadAllocatedBytes(thread) - before;
    }

    private static void run(Step step) throws MalformedDatagramException {
        for (int round = 0; round < ROUNDS; round++) {
            step.run();
        }
    }
}
