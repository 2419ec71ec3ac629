package io.vsring.ring;

import io.vsring.Guarantee;
import io.vsring.MemberId;
import io.vsring.MemberSet;
import io.vsring.RingConfiguration;
import io.vsring.RingId;

/** One line of the trace, not written yet. Immutable. */
sealed interface TraceEvent {

    /** What an event takes of the queue's bound besides the bytes of a message. */
    int OVERHEAD_BYTES = 160;

    /** When it happened, in milliseconds since 1970. */
    long atMillis();

    /** Writes what only this kind of event says. */
    void write(TraceLine line);

    /** What it takes of the queue's bound. */
    default long cost() {
        return OVERHEAD_BYTES;
    }

    /** A configuration was delivered. */
    record Installed(long atMillis, RingConfiguration configuration) implements TraceEvent {
        @Override
        public void write(TraceLine line) {
            line.begin("configuration");
            line.text("kind", configuration.isTransitional() ? "transitional" : "regular");
            line.text("id", configuration.id());
            line.members("members", configuration.members());
        }
    }

    /** A message was accepted and numbered. Its bytes, which nobody writes any more, are hashed when it is written. */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    record Submitted(long atMillis, long number, String group, Guarantee guarantee, byte[] bytes)
            implements TraceEvent {
        @Override
        public void write(TraceLine line) {
            line.begin("submit");
            line.number("n", number);
            line.message(group, guarantee, bytes.length, line.hash(bytes));
        }

        @Override
        public long cost() {
            return (long) OVERHEAD_BYTES + bytes.length;
        }
    }

    /** A message got its place in the order. */
    record Sent(long atMillis, long number, RingId ringId, long sequence, int index) implements TraceEvent {
        @Override
        public void write(TraceLine line) {
            line.begin("sent");
            line.number("n", number);
            line.text("configuration", ringId.toString());
            line.number("seq", sequence);
            line.number("index", index);
        }
    }

    /** A message was delivered. */
    record Delivered(
            long atMillis,
            RingConfiguration configuration,
            long sequence,
            int index,
            MemberId sender,
            long number,
            String group,
            Guarantee guarantee,
            int bytes,
            long hash)
            implements TraceEvent {
        @Override
        public void write(TraceLine line) {
            line.begin("deliver");
            line.text("configuration", configuration.id());
            line.number("seq", sequence);
            line.number("index", index);
            line.text("sender", sender.toString());
            line.number("n", number);
            line.message(group, guarantee, bytes, hash);
        }
    }

    /** What became of an own message. */
    record Known(long atMillis, long number, String result) implements TraceEvent {
        @Override
        public void write(TraceLine line) {
            line.begin("outcome");
            line.number("n", number);
            line.text("result", result);
        }
    }

    /** An offer was refused. */
    record Refused(long atMillis, String reason) implements TraceEvent {
        @Override
        public void write(TraceLine line) {
            line.begin("refused");
            line.text("reason", reason);
        }
    }

    /** The member may change replicated objects, or may not any more. */
    record Primary(long atMillis, boolean primary, String label, MemberSet members) implements TraceEvent {
        @Override
        public void write(TraceLine line) {
            line.begin("primary");
            line.claim("primary", primary);
            line.text("label", label);
            line.members("members", members);
        }
    }

    /** The replicated objects have come to a position. */
    record Digest(long atMillis, String configuration, long applied, long digest) implements TraceEvent {
        @Override
        public void write(TraceLine line) {
            line.begin("digest");
            line.text("configuration", configuration);
            line.number("applied", applied);
            line.hex("digest", digest);
        }
    }

    /** Nothing follows, although the member may go on. */
    record Ended(long atMillis, String reason) implements TraceEvent {
        @Override
        public void write(TraceLine line) {
            line.begin("trace-ended");
            line.text("reason", reason);
        }
    }
}
