package io.vsring.test.transcript;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.vsring.ConfigurationChange;
import io.vsring.Delivery;
import io.vsring.test.simulation.ClusterShape;
import io.vsring.test.simulation.Packet;
import io.vsring.test.simulation.PacketKind;
import io.vsring.test.simulation.ShortNames;
import io.vsring.test.simulation.SimulatedMember;
import io.vsring.test.simulation.Story;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Tells what a transcript wants to show, one line for each datagram however many it goes to. */
final class TranscriptStory implements Story {
    private final ShortNames names = new ShortNames();
    private final TranscriptWords words;
    private final List<String> shown;
    private final Consumer<String> lines;
    private @Nullable Packet current;
    private final List<Integer> receivers = new ArrayList<>();
    private final List<Integer> losers = new ArrayList<>();

    TranscriptStory(ClusterShape shape, List<String> shown, Consumer<String> lines) {
        this.words = new TranscriptWords(names, shape);
        this.shown = shown;
        this.lines = lines;
    }

    /** The sequence number of a data frame; 0 of anything else. */
    long sequenceOf(Packet packet) {
        return packet.kind() == PacketKind.DATA ? words.sequenceOf(packet.content()) : 0;
    }

    @Override
    public void saw(Fate fate, Packet packet, int to) {
        switch (fate) {
            case SENT -> {
                if (current == null || current.number() != packet.number()) {
                    finish();
                    current = packet;
                }
                receivers.add(to);
            }
            case LOST, BLOCKED, NOBODY_THERE -> losers.add(to);
            default -> {}
        }
    }

    /** Tells what was held back in case it goes to one more. */
    void finish() {
        Packet sent = current;
        if (sent != null && shown.contains(nameOf(sent.kind()))) {
            lines.accept(sent.sender() + " -> " + text(receivers) + "  " + words.of(sent.content())
                    + (losers.isEmpty() ? "" : "  (lost to " + text(losers) + ")"));
        }
        current = null;
        receivers.clear();
        losers.clear();
    }

    private static String nameOf(PacketKind kind) {
        return switch (kind) {
            case DATA -> "data";
            case RECOVERY -> "recovery";
            case TOKEN -> "tokens";
            case JOIN -> "joins";
            case COMMIT -> "commits";
            case PROBE -> "probes";
            case HOLD_CANCEL -> "wakeups";
            case OTHER, GREETING -> "others";
        };
    }

    private static String text(List<Integer> slots) {
        return String.join(" ", slots.stream().sorted().map(String::valueOf).toList());
    }

    private void line(String kind, String text) {
        finish();
        if (shown.contains(kind)) {
            lines.accept(text);
        }
    }

    @Override
    public void done(String what) {
        finish();
    }

    @Override
    public void delivered(SimulatedMember member, Delivery message) {
        String text = new String(message.toByteArray(), UTF_8).replace("\0", "");
        line(
                "deliveries",
                names.of(member.id()) + " delivers " + text
                        + (message.configuration().isTransitional() ? " in the transitional configuration" : ""));
    }

    @Override
    public void installed(SimulatedMember member, ConfigurationChange change) {
        line("configurations", names.of(member.id()) + " installs " + names.of(change.configuration()));
    }

    @Override
    public void closed(SimulatedMember member, @Nullable Throwable failure) {
        line("configurations", names.of(member.id()) + (failure == null ? " has left" : " fails: " + failure));
    }
}
