package io.vsring.benchmarks;

import io.vsring.Guarantee;
import io.vsring.MemberId;
import io.vsring.RingId;
import io.vsring.wire.DataFrame;
import io.vsring.wire.Datagram;
import io.vsring.wire.DatagramCodec;
import io.vsring.wire.MalformedDatagramException;
import io.vsring.wire.OutgoingMessage;
import io.vsring.wire.Packer;
import io.vsring.wire.Token;
import io.vsring.wire.WireFormat;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.NullUnmarked;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** A frame full of messages, and a token, to bytes and back. */
@State(Scope.Thread)
@BenchmarkMode(org.openjdk.jmh.annotations.Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 3, time = 1)
@Fork(1)
@NullUnmarked // JMH fills the fields
public class CodecBenchmark {

    private static final int FRAME_BYTES = 1472;

    /** Bytes of each message in the frame. */
    @Param({"16", "1024"})
    public int size;

    private final DatagramCodec codec = new DatagramCodec("benchmark", FRAME_BYTES);
    private final ByteBuffer target = ByteBuffer.allocateDirect(WireFormat.DATAGRAM_BYTES_MAX);
    private DataFrame frame;
    private Token token;
    private ByteBuffer frameBytes;
    private ByteBuffer tokenBytes;

    /** Fills a frame with as many messages as fit. */
    @Setup
    public void fill() {
        MemberId member = new MemberId(1, 0x1234_5678_9ABC_DEF0L);
        RingId ring = new RingId(member, 42);
        byte[] group = "load".getBytes(StandardCharsets.UTF_8);
        byte[] message = new byte[size];
        Packer packer = new Packer(WireFormat.bodyBytesMax(FRAME_BYTES));
        packer.begin();
        for (long number = 1, at = 0; at == 0 || at == size; number++) {
            at = packer.pack(new OutgoingMessage(number, group, Guarantee.AGREED, message), 0);
        }
        frame = new DataFrame(ring, member, 7, packer.kind(), packer.firstNumber(), packer.finish());
        token = new Token(ring, member, 99, 1000, 990, 1, 51, 400, false, false, 5000, 0, 5000, 1, new long[] {991});
        frameBytes = encoded(frame);
        tokenBytes = encoded(token);
    }

    private ByteBuffer encoded(Datagram datagram) {
        ByteBuffer bytes = ByteBuffer.allocateDirect(WireFormat.DATAGRAM_BYTES_MAX);
        codec.encode(datagram, bytes);
        return bytes.flip();
    }

    /** A frame to bytes. */
    @Benchmark
    public ByteBuffer encodeFrame() {
        codec.encode(frame, target.clear());
        return target;
    }

    /** A frame from bytes, checked throughout. */
    @Benchmark
    public Datagram decodeFrame() throws MalformedDatagramException {
        return codec.decode(frameBytes);
    }

    /** A token to bytes. */
    @Benchmark
    public ByteBuffer encodeToken() {
        codec.encode(token, target.clear());
        return target;
    }

    /** A token from bytes. */
    @Benchmark
    public Datagram decodeToken() throws MalformedDatagramException {
        return codec.decode(tokenBytes);
    }
}
