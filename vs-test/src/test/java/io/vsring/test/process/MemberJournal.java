package io.vsring.test.process;

import io.vsring.ConfigurationChange;
import io.vsring.Delivery;
import io.vsring.MemberId;
import io.vsring.RingConfiguration;
import io.vsring.ring.RingHandler;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What a member is told, boiled down to counts and digests: two journals with the same count and digest have seen the
 * same messages in the same order.
 *
 * <p>Written by the delivery thread, read by the one that takes commands.
 */
final class MemberJournal implements RingHandler {

    static final String LOAD = "load";
    static final String TIMED = "timed";

    private final Map<MemberId, Long> lastNumbers = new HashMap<>();
    private final List<String> latencyMicros = new ArrayList<>();
    private long count;
    private long bytes;
    private long digest;
    private long gaps;
    private long repeats;
    private long corrupt;
    private long countHere; // since the last regular configuration began
    private long digestHere;
    private String regular = "";
    private long expected = Long.MAX_VALUE;
    private long lastNanos;

    @Override
    public synchronized void onMessage(Delivery message) {
        MemberId sender = message.sender();
        long number = message.number();
        Long last = lastNumbers.put(sender, number);
        if (last != null && number <= last) {
            repeats++;
        } else if (last != null && number != last + 1) {
            gaps++;
        }
        if (message.group().equals(TIMED)) {
            latencyMicros.add(Long.toString((System.nanoTime() - message.bytes().getLong()) / 1_000));
        } else if (!Content.isOf(sender, number, message.bytes())) {
            corrupt++;
        }
        long word = Content.mix(sender.incarnation() ^ number * 31 + message.length());
        digest = Content.mix(digest + word);
        digestHere = Content.mix(digestHere + word);
        bytes += message.length();
        count++;
        countHere++;
        if (count == expected) {
            lastNanos = System.nanoTime();
            print("reached");
        }
    }

    @Override
    public synchronized void onConfigurationChange(ConfigurationChange change) {
        RingConfiguration now = change.configuration();
        EventLine line = EventLine.now("configuration")
                .with("id", now.id())
                .with("kind", now.isTransitional() ? "transitional" : "regular")
                .with("members", now.members().stream().map(MemberId::toString).toList())
                .with("delivered", count);
        if (!now.isTransitional()) {
            line.with("before", regular).with("countBefore", countHere).with("digestBefore", digestHere);
            regular = now.id();
            countHere = 0;
            digestHere = 0;
        }
        line.print();
    }

    @Override
    public synchronized void onClosed(Throwable failure) {
        EventLine.now("closed")
                .with("failure", failure == null ? "" : failure.toString())
                .print();
    }

    /** From now on {@code reached} is said when this many messages have been delivered in all. */
    synchronized void expect(long messages) {
        expected = messages;
        if (count >= messages) {
            print("reached");
        }
    }

    /** Says how things stand. */
    synchronized void print(String event) {
        EventLine.at(event, event.equals("reached") && lastNanos != 0 ? lastNanos : System.nanoTime())
                .with("count", count)
                .with("bytes", bytes)
                .with("digest", digest)
                .with("gaps", gaps)
                .with("repeats", repeats)
                .with("corrupt", corrupt)
                .with("regular", regular)
                .with("countHere", countHere)
                .with("digestHere", digestHere)
                .print();
    }

    /** Says how long the timed messages took since the last time, and forgets them. */
    synchronized void printLatencies() {
        EventLine.now("latencies").with("micros", latencyMicros).print();
        latencyMicros.clear();
    }
}
