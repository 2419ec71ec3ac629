package io.vsring.test.check;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.vsring.ConfigurationChange;
import io.vsring.Delivery;
import io.vsring.Guarantee;
import io.vsring.MemberId;
import io.vsring.MemberSet;
import io.vsring.RingConfiguration;
import io.vsring.RingId;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Makes histories by hand: who is where follows from what was told before. */
final class Scene {
    final History history = new History(() -> 0, () -> 0);
    private long incarnations;

    /** A new incarnation that has installed its own ring. */
    MemberTrace start(int slot) {
        MemberTrace member = history.started(new MemberId(slot, ++incarnations));
        install(alone(member, 1), member);
        return member;
    }

    RingConfiguration alone(MemberTrace member, long sequence) {
        return ring(sequence, member);
    }

    /** A regular configuration with the lowest as its representative. */
    RingConfiguration ring(long sequence, MemberTrace... members) {
        MemberSet set = set(members);
        return RingConfiguration.regular(new RingId(set.lowest(), sequence), set);
    }

    static MemberSet set(MemberTrace... members) {
        return MemberSet.of(Arrays.stream(members).map(MemberTrace::id).toList());
    }

    /** All go to the next ring, each with those that come from the same one. */
    void move(RingConfiguration next, MemberTrace... members) {
        List<RingConfiguration> transitions = new ArrayList<>();
        for (MemberTrace member : members) {
            MemberTrace[] companions = Arrays.stream(members)
                    .filter(other -> other.configuration()
                            .ringId()
                            .equals(member.configuration().ringId()))
                    .toArray(MemberTrace[]::new);
            transitions.add(
                    RingConfiguration.transitional(member.configuration().ringId(), next.ringId(), set(companions)));
        }
        for (int index = 0; index < members.length; index++) {
            install(transitions.get(index), members[index]);
        }
        for (MemberTrace member : members) {
            install(next, member);
        }
    }

    void transit(RingConfiguration next, MemberTrace member, MemberTrace... companions) {
        install(
                RingConfiguration.transitional(member.configuration().ringId(), next.ringId(), set(companions)),
                member);
    }

    void install(RingConfiguration next, MemberTrace... members) {
        for (MemberTrace member : members) {
            MemberSet before = member.configuration() == null
                    ? MemberSet.of()
                    : member.configuration().members();
            member.installed(ConfigurationChange.between(before, next));
        }
    }

    /** Submits and sends the member's next message in the frame of this sequence number. */
    void send(MemberTrace sender, RingConfiguration ring, long sequence, Guarantee guarantee) {
        submit(sender, guarantee);
        sender.sent(sender.submitted(), ring.ringId(), sequence, 0);
    }

    void submit(MemberTrace sender, Guarantee guarantee) {
        long number = sender.submitted() + 1;
        sender.submitted(number, guarantee, MemberTrace.hashOf("g", ByteBuffer.wrap(body(sender.id(), number))));
    }

    /** What was sent at this sequence number is delivered to all of these, where they are. */
    void deliver(long sequence, MemberTrace... receivers) {
        for (MemberTrace receiver : receivers) {
            RingTrace ring = history.ring(receiver.configuration().ringId());
            int rank = ring.rankAt(RingTrace.position(sequence, 0), 0);
            MemberTrace sender = history.members().get(ring.sender(rank));
            receiver.delivered(new Told(
                    sender.id(),
                    ring.number(rank),
                    ring.isSafe(rank) ? Guarantee.SAFE : Guarantee.AGREED,
                    receiver.configuration(),
                    sequence,
                    body(sender.id(), ring.number(rank))));
        }
    }

    static byte[] body(MemberId sender, long number) {
        return (sender + " says " + number).getBytes(UTF_8);
    }

    /** The predicate that does not hold; "none" if all do. */
    String verdict() {
        return history.violation() == null ? "none" : history.violation().predicate();
    }

    /** A delivery in words. */
    record Told(
            MemberId sender,
            long number,
            Guarantee guarantee,
            RingConfiguration configuration,
            long sequence,
            byte[] body)
            implements Delivery {
        @Override
        public String group() {
            return "g";
        }

        @Override
        public int index() {
            return 0;
        }

        @Override
        public int length() {
            return body.length;
        }

        @Override
        public ByteBuffer bytes() {
            return ByteBuffer.wrap(body).asReadOnlyBuffer();
        }

        @Override
        public Delivery copy() {
            return this;
        }
    }
}
