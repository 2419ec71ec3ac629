package io.vsring.spring;

import io.vsring.ConfigurationChange;
import io.vsring.Delivery;
import io.vsring.Guarantee;
import io.vsring.MemberId;
import io.vsring.MemberSet;
import io.vsring.Receipt;
import io.vsring.RingConfiguration;
import io.vsring.RingId;
import io.vsring.ring.Outcome;
import io.vsring.ring.Ring;
import io.vsring.ring.RingHandler;
import io.vsring.ring.RingObserver;
import io.vsring.ring.RingOptions;
import java.util.ArrayList;
import java.util.List;

/**
 * Rings without a protocol: all members are in one JVM, and whoever holds the lock says what comes next. Each member
 * has a delivery thread of its own, as real ones have.
 */
public final class MemoryOrder {

    private final List<MemoryRing> members = new ArrayList<>();
    private int lastSlot;
    private long lastRing;
    private long lastSequence;
    private RingConfiguration configuration;
    private boolean full;
    private int refused;

    /** A member that has not joined yet; has the shape of the opener that auto-configuration uses. */
    public synchronized Ring open(RingOptions options, RingHandler handler, RingObserver... observers) {
        int slot = options.memberId() != 0 ? options.memberId() : ++lastSlot;
        return new MemoryRing(this, new MemberId(slot, 1_000L + ++lastRing), options, handler);
    }

    /** Refuses all that is offered, or no longer. */
    public synchronized void setFull(boolean full) {
        this.full = full;
    }

    /** How often something was refused because it was full. */
    public synchronized int refused() {
        return refused;
    }

    /** Members that have joined and have not left. */
    public synchronized List<MemoryRing> members() {
        return List.copyOf(members);
    }

    /** Lets the member vanish between two messages: the others see a transitional and a regular configuration. */
    public synchronized void crash(MemoryRing member) {
        members.remove(member);
        member.end(true);
        changeWithout(member);
    }

    synchronized void join(MemoryRing joining) {
        RingConfiguration alone = RingConfiguration.regular(nextRing(joining.id()), MemberSet.of(joining.id()));
        joining.deliver(ConfigurationChange.between(MemberSet.of(), alone));
        MemberSet before = set();
        members.add(joining);
        if (before.isEmpty()) {
            configuration = alone;
            return;
        }
        RingConfiguration next = RingConfiguration.regular(nextRing(set().lowest()), set());
        for (MemoryRing member : members) {
            MemberSet own = member == joining ? alone.members() : before;
            RingId ended = member == joining ? alone.ringId() : configuration.ringId();
            member.deliver(ConfigurationChange.between(own, RingConfiguration.transitional(ended, next.ringId(), own)));
            member.deliver(ConfigurationChange.between(own, next));
        }
        configuration = next;
    }

    synchronized void leave(MemoryRing leaving) {
        if (members.remove(leaving)) {
            leaving.end(false);
            changeWithout(leaving);
        }
    }

    synchronized boolean offer(MemoryRing sender, String group, byte[] message, Guarantee guarantee, Outcome outcome) {
        if (full) {
            refused++;
            return false;
        }
        long number = sender.nextNumber();
        long sequence = ++lastSequence;
        Delivery delivery =
                new MemoryDelivery(sender.id(), number, group, guarantee, configuration, sequence, message.clone());
        for (MemoryRing member : members) {
            member.deliver(delivery);
            if (member == sender) {
                Receipt receipt = new Receipt(number, guarantee, configuration, sequence, 0);
                member.deliver(() -> outcome.delivered(receipt));
            }
        }
        return true;
    }

    synchronized RingConfiguration configuration() {
        return configuration;
    }

    private void changeWithout(MemoryRing gone) {
        if (members.isEmpty()) {
            return;
        }
        MemberSet before = configuration.members();
        RingId nextRing = nextRing(set().lowest());
        RingConfiguration transitional =
                RingConfiguration.transitional(configuration.ringId(), nextRing, before.minus(gone.id()));
        RingConfiguration next = RingConfiguration.regular(nextRing, set());
        for (MemoryRing member : members) {
            member.deliver(ConfigurationChange.between(before, transitional));
            member.deliver(ConfigurationChange.between(transitional.members(), next));
        }
        configuration = next;
    }

    private RingId nextRing(MemberId representative) {
        lastSequence = 0;
        return new RingId(representative, ++lastRing);
    }

    private MemberSet set() {
        return MemberSet.of(members.stream().map(MemoryRing::id).toList());
    }
}
