package io.vsring.transport;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.channel.socket.DatagramPacket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Set;
import org.junit.jupiter.api.Test;

class DatagramInletTest {

    @Test
    void aDatagramFromPortZeroIsDroppedAndCounted() {
        TransportCounters counters = new TransportCounters();
        Reception reception = new Reception(1400, counters);
        RecordingReceiver received = new RecordingReceiver();
        reception.open(received);
        DatagramInlet inlet =
                new DatagramInlet(reception, new AddressBook(counters), Set.of(), reception::endBatch, failure -> {});
        EmbeddedChannel channel = new EmbeddedChannel(inlet);
        InetSocketAddress here = new InetSocketAddress(InetAddress.getLoopbackAddress(), 7460);
        ByteBuf forged = Unpooled.directBuffer(8).writeLong(1);

        channel.writeInbound(
                new DatagramPacket(forged, here, new InetSocketAddress(InetAddress.getLoopbackAddress(), 0)),
                new DatagramPacket(
                        Unpooled.directBuffer(8).writeInt(2),
                        here,
                        new InetSocketAddress(InetAddress.getLoopbackAddress(), 5)));

        assertThat(received.datagrams)
                .singleElement()
                .extracting(arrived -> arrived.bytes().length)
                .isEqualTo(4);
        assertThat(counters.withoutSource()).isEqualTo(1);
        assertThat(forged.refCnt()).as("the forged datagram is released").isZero();
        assertThat(channel.finish()).isFalse();
    }
}
