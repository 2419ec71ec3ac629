package io.vsring.security;

import io.vsring.Member;
import io.vsring.MemberAddress;
import io.vsring.wire.WireFormat;
import java.nio.ByteBuffer;
import java.util.List;

/** None: whoever can send to the port is believed, and whoever can listen can read. Loop thread only. */
public final class PlainEnvelope implements Envelope {

    private final ByteBuffer room = ByteBuffer.allocate(WireFormat.DATAGRAM_BYTES_MAX);

    @Override
    public ByteBuffer room() {
        return room.clear();
    }

    @Override
    public ByteBuffer seal(int destination) {
        return room.flip();
    }

    @Override
    public ByteBuffer open(MemberAddress source, ByteBuffer bytes, long nowNanos) {
        return bytes;
    }

    @Override
    public void introduce(MemberAddress address, long nowNanos) {}

    @Override
    public void meet(List<Member> companions, long nowNanos) {}

    @Override
    public void use(Keyring keyring) {
        throw new IllegalStateException(
                "this member was started without keys, and keeps to that until it is restarted");
    }

    @Override
    public int peers() {
        return 0;
    }
}
