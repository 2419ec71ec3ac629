package io.vsring.benchmarks;

import io.vsring.Guarantee;
import io.vsring.Receipt;
import io.vsring.benchmarks.peer.MessageChannel;
import io.vsring.ring.Outcome;
import io.vsring.ring.Ring;
import io.vsring.ring.RingClosedException;
import io.vsring.ring.RingStatistics;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** A member of our ring. */
final class RingChannel implements MessageChannel {

    private static final Outcome UNHEARD = new Outcome() {
        @Override
        public void delivered(Receipt receipt) {}

        @Override
        public void unknown(RingClosedException cause) {}
    };

    private final Ring ring;
    private final Guarantee guarantee;
    private final byte[] message;
    private @Nullable Sender sender;
    private Outcome outcome = UNHEARD;

    private RingChannel(Ring ring, Plan plan) {
        this.ring = ring;
        this.guarantee = plan.guarantee();
        this.message = new byte[plan.size()];
        Arrays.fill(message, (byte) 'v');
    }

    /** Joins the others. */
    static RingChannel open(MemberSeat seat, OrderDigest order) {
        Ring ring = seat.options().open(order);
        ring.start().join();
        return new RingChannel(ring, seat.plan());
    }

    @Override
    public boolean offer(long number, Sender told) {
        if (told != sender) {
            sender = told;
            outcome = outcome(told);
        }
        try {
            return ring.offer(OrderDigest.LOAD, message, guarantee, outcome);
        } catch (RingClosedException left) {
            told.lost();
            return false;
        }
    }

    private static Outcome outcome(Sender told) {
        return new Outcome() {
            @Override
            public void delivered(Receipt receipt) {
                told.delivered(receipt.number());
            }

            @Override
            public void unknown(RingClosedException cause) {
                told.lost();
            }
        };
    }

    @Override
    public boolean end() {
        return ring.offer(OrderDigest.END, new byte[0], Guarantee.SAFE, UNHEARD);
    }

    @Override
    public String view() {
        return String.valueOf(ring.status().configuration());
    }

    @Override
    public RingStatistics statistics() {
        return ring.statistics();
    }

    @Override
    public void close() {
        ring.close();
    }
}
