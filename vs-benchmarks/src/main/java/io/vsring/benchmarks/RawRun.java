package io.vsring.benchmarks;

import io.vsring.MemberAddress;
import io.vsring.transport.NettyLoopThread;
import io.vsring.transport.SocketKind;
import io.vsring.transport.Transport;
import io.vsring.transport.UdpOptions;
import io.vsring.transport.UdpTransport;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * What the network gives without a ring: the first member sends full datagrams to all others as fast as it can, and
 * what they cannot read is lost. By our own transport, with segmentation and receive offload where there is any.
 */
final class RawRun implements Transport.Receiver {

    private static final int DATAGRAMS_PER_FLUSH = 128;
    private static final int SENDER = 1;

    private final Plan plan;
    private final MemberSeat seat;
    private final ParentTalk parent = new ParentTalk();
    private final byte[] read = new byte[UdpOptions.DATAGRAM_BYTES_LIMIT];
    private volatile boolean isOver;

    RawRun(MemberSeat seat) {
        this.plan = seat.plan();
        this.seat = seat;
    }

    /** Takes part in the run; returns the exit code. */
    int run() throws IOException, InterruptedException {
        SocketKind kind = SocketKind.valueOf(plan.tuning().nativeMode().name());
        NettyLoopThread loop = NettyLoopThread.open("vs-loop-" + seat.member(), kind);
        UdpTransport transport = UdpTransport.open(options(kind), loop);
        try {
            loop.execute(() -> transport.start(this));
            Schedule schedule = parent.ready(plan);
            Schedule.await(schedule.start());
            if (seat.member() == SENDER) {
                send(loop, transport);
            }
            Schedule.await(schedule.from());
            Reading from = read(transport);
            long bytesFrom = transport.counters().bytesIn();
            Schedule.await(schedule.until());
            Reading until = read(transport);
            long bytes = transport.counters().bytesIn() - bytesFrom;
            isOver = true;
            double seconds = until.secondsSince(from);
            parent.result(until.cost(
                    plan.describe(new JsonLine())
                            .put("member", seat.member())
                            .put("msgs_per_s", (until.delivered() - from.delivered()) / seconds)
                            .put("mb_per_s", bytes / seconds / 1e6),
                    from));
            return parent.done();
        } finally {
            loop.execute(transport::close);
            loop.close();
            boolean unused = loop.awaitEnd(Duration.ofSeconds(5));
        }
    }

    private UdpOptions options(SocketKind kind) throws IOException {
        UdpOptions.Builder options = UdpOptions.builder()
                .bindAddress(InetAddress.getByName(host(seat.member())))
                .port(seat.ports().get(seat.member() - 1))
                .kind(kind);
        int buffer = plan.tuning().receiveBufferBytes();
        return (buffer > 0 ? options.receiveBufferBytes(buffer) : options).build();
    }

    private String host(int member) {
        return plan.placement().hosts().get(member - 1);
    }

    private static Reading read(UdpTransport transport) {
        return Reading.of(transport.counters().datagramsIn(), null);
    }

    private void send(NettyLoopThread loop, UdpTransport transport) throws IOException {
        List<MemberAddress> others = new ArrayList<>();
        for (int member = SENDER + 1; member <= plan.members(); member++) {
            int host = ByteBuffer.wrap(InetAddress.getByName(host(member)).getAddress())
                    .getInt(); // members run without IPv6
            others.add(MemberAddress.ofIpv4(host, seat.ports().get(member - 1)));
        }
        ByteBuffer datagram = ByteBuffer.allocateDirect(plan.tuning().frameBytes());
        loop.execute(new Runnable() {
            @Override
            public void run() {
                for (int i = 0; i < DATAGRAMS_PER_FLUSH; i++) {
                    transport.broadcast(others, datagram.clear());
                }
                transport.flush();
                if (!isOver) {
                    loop.execute(this);
                }
            }
        });
    }

    @Override
    public void onDatagram(MemberAddress source, ByteBuffer bytes) {
        bytes.get(read, 0, bytes.remaining()); // as a ring would, at least
    }

    @Override
    public void onBatchEnd() {}

    @Override
    public void onUnreachable(MemberAddress address) {}
}
