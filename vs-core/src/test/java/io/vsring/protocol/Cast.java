package io.vsring.protocol;

import io.vsring.Guarantee;
import io.vsring.Member;
import io.vsring.MemberAddress;
import io.vsring.MemberId;
import io.vsring.MemberSet;
import io.vsring.RingId;
import io.vsring.wire.DataFrame;
import io.vsring.wire.Join;
import io.vsring.wire.OutgoingMessage;
import io.vsring.wire.Packer;
import io.vsring.wire.Samples;
import io.vsring.wire.WireFormat;
import java.util.List;
import java.util.stream.Stream;

/** Who plays in the tests of the protocol, and what they say. In ring order A, B, C, D, E. */
final class Cast {

    static final long MILLI = 1_000_000;

    static final MemberId A = new MemberId(1, 0xA);
    static final MemberId B = new MemberId(2, 0xB);
    static final MemberId C = new MemberId(3, 0xC);
    static final MemberId D = new MemberId(4, 0xD);
    static final MemberId E = new MemberId(5, 0xE);

    /** A ring that the tests of single classes are on. */
    static final RingId RING = new RingId(A, 7);

    private Cast() {}

    static Member member(MemberId id) {
        return Samples.member(id);
    }

    static MemberAddress addressOf(MemberId id) {
        return member(id).address();
    }

    static List<Member> members(MemberId... ids) {
        return Stream.of(ids).sorted().map(Cast::member).toList();
    }

    static MemberSet setOf(MemberId... ids) {
        return MemberSet.of(ids);
    }

    /** The same slot, started again. */
    static MemberId restarted(MemberId id) {
        return new MemberId(id.id(), id.incarnation() + 0x100);
    }

    /** The ring on which a member is when it has just been started. */
    static RingId alone(MemberId id) {
        return new RingId(id, 1);
    }

    static OutgoingMessage message(long number, Guarantee guarantee) {
        return Samples.message(number, "g", guarantee, "m" + number);
    }

    static OutgoingMessage message(long number) {
        return message(number, Guarantee.AGREED);
    }

    static OutgoingMessage messageOf(long number, int bytes) {
        return Samples.message(number, "g", bytes);
    }

    static DataFrame agreed(RingId ring, MemberId sender, long sequence) {
        return frame(ring, sender, sequence, Guarantee.AGREED);
    }

    static DataFrame safe(RingId ring, MemberId sender, long sequence) {
        return frame(ring, sender, sequence, Guarantee.SAFE);
    }

    private static DataFrame frame(RingId ring, MemberId sender, long sequence, Guarantee guarantee) {
        Packer packer = new Packer(WireFormat.bodyBytesMax(WireFormat.FRAME_BYTES_MIN));
        packer.begin();
        packer.pack(message(sequence, guarantee), 0);
        return new DataFrame(ring, sender, sequence, packer.kind(), sequence, packer.finish());
    }

    /** What a member says that has heard of these, takes none for failed, and knows this ring sequence. */
    static Join join(MemberId sender, long ringSequence, MemberId... candidates) {
        return join(sender, ringSequence, setOf(), candidates);
    }

    static Join join(MemberId sender, long ringSequence, MemberSet failed, MemberId... candidates) {
        return new Join(member(sender), false, ringSequence, 1, 1, members(candidates), failed);
    }

    static Join goodbye(MemberId sender, long ringSequence, MemberId... members) {
        return new Join(member(sender), true, ringSequence, 1, 1, members(members), setOf(sender));
    }
}
