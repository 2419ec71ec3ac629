package io.vsring.ring;

import static org.assertj.core.api.Assertions.assertThat;

import io.vsring.MemberAddress;
import io.vsring.MemberId;
import io.vsring.RingId;
import io.vsring.security.PlainEnvelope;
import io.vsring.transport.TransportCounters;
import io.vsring.wire.DatagramCodec;
import io.vsring.wire.HoldCancel;
import io.vsring.wire.WireFormat;
import java.nio.ByteBuffer;
import org.junit.jupiter.api.Test;

class DatagramIntakeTest {

    private static final MemberId STRANGER = new MemberId(77, 77);
    private static final MemberAddress SOURCE = MemberAddress.ofIpv4(0x7F000001, 9);

    private final VirtualMembers world = new VirtualMembers();
    private final DatagramCodec codec = new DatagramCodec("vs", 1400);

    /** However long the reading of the socket: what is full is handled, in its order, and nothing is left out. */
    @Test
    void whatIsNotDataWaitsForTheEndOfTheReadingAsLongAsThereIsRoom() {
        VirtualMembers.Virtual member = world.add(RingOptions.builder());
        member.ring.start();
        world.pass(1500);
        DatagramIntake intake = new DatagramIntake(
                new PlainEnvelope(),
                codec,
                RingAssembly.protocol(member.ring),
                new RingCounters(new TransportCounters()),
                new RingLog(STRANGER));
        long before = ignored(member);
        for (int i = 1; i <= DatagramIntake.HELD_MAX; i++) {
            intake.receive(SOURCE, stray(i), member.loop.nanoTime());
        }
        assertThat(intake.held()).isEqualTo(DatagramIntake.HELD_MAX);
        assertThat(ignored(member)).isEqualTo(before);

        intake.receive(SOURCE, stray(0), member.loop.nanoTime());

        assertThat(intake.held()).isEqualTo(1);
        assertThat(ignored(member)).isEqualTo(before + DatagramIntake.HELD_MAX);
        for (int i = 1; i <= 1000; i++) {
            intake.receive(SOURCE, stray(i), member.loop.nanoTime());
            assertThat(intake.held()).isLessThanOrEqualTo(DatagramIntake.HELD_MAX);
        }
        intake.handleHeld(member.loop.nanoTime());
        assertThat(intake.held()).isZero();
        assertThat(ignored(member)).isEqualTo(before + DatagramIntake.HELD_MAX + 1001);
        assertThat(intake.received()).isEqualTo(DatagramIntake.HELD_MAX + 1001);
    }

    /** A wish of a ring that the member is not on. */
    private ByteBuffer stray(int sequence) {
        ByteBuffer buffer = ByteBuffer.allocate(WireFormat.DATAGRAM_BYTES_MAX);
        codec.encode(new HoldCancel(STRANGER, new RingId(STRANGER, sequence)), buffer);
        return buffer.flip();
    }

    private static long ignored(VirtualMembers.Virtual member) {
        return member.ring.statistics().drops().values().stream()
                .mapToLong(Long::longValue)
                .sum();
    }
}
