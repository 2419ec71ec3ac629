package io.vsring.protocol;

import io.vsring.MemberId;
import io.vsring.wire.DataFrame;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** A ring in the middle of its life, as one of its members sees it. */
final class RingBuilder {

    private final List<MemberId> members;
    private final Map<Long, DataFrame> frames = new TreeMap<>();
    private MemberId self = Cast.A;
    private ProtocolOptions options = OptionsBuilder.options().build();
    private long delivered;

    private RingBuilder(MemberId... members) {
        this.members = List.of(members);
    }

    static RingBuilder aRingOf(MemberId... members) {
        return new RingBuilder(members);
    }

    RingBuilder as(MemberId member) {
        self = member;
        return this;
    }

    RingBuilder with(ProtocolOptions wanted) {
        options = wanted;
        return this;
    }

    /** Agreed frames of the first member. */
    RingBuilder holding(long... sequences) {
        for (long sequence : sequences) {
            frames.put(sequence, Cast.agreed(Cast.RING, members.get(0), sequence));
        }
        return this;
    }

    RingBuilder holding(DataFrame frame) {
        frames.put(frame.sequence(), frame);
        return this;
    }

    /** Everything up to here has been handed on. */
    RingBuilder delivered(long upTo) {
        delivered = upTo;
        return this;
    }

    OrderedRing build() {
        OrderedRing ring = new OrderedRing(
                Cast.RING,
                options.settings(),
                Cast.members(members.toArray(MemberId[]::new)),
                self,
                options.storeFrames());
        ring.promise(1_000_000);
        frames.values().forEach(ring::store);
        if (delivered > 0) {
            ring.end(delivered);
        }
        return ring;
    }
}
