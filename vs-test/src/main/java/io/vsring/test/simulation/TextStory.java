package io.vsring.test.simulation;

import io.vsring.ConfigurationChange;
import io.vsring.Delivery;
import io.vsring.RingId;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** Tells a run line by line, with the virtual time in milliseconds in front. */
public final class TextStory implements Story {
    private final ShortNames names = new ShortNames();
    private final DatagramText datagrams;
    private final Consumer<String> lines;
    private LongSupplier clock = () -> 0;

    /**
     * @param shape of the cluster
     * @param lines takes the lines
     */
    public TextStory(ClusterShape shape, Consumer<String> lines) {
        this.datagrams = new DatagramText(names, shape);
        this.lines = lines;
    }

    /** Where the time comes from. */
    public void tellTime(LongSupplier nanos) {
        clock = nanos;
    }

    private void line(String text) {
        long micros = clock.getAsLong() / 1_000;
        String time =
                micros / 1_000 + "." + Long.toString(1_000 + micros % 1_000).substring(1);
        lines.accept(" ".repeat(Math.max(0, 11 - time.length())) + time + "  " + text);
    }

    @Override
    public void saw(Fate fate, Packet packet, int to) {
        String way = packet.sender() + " -> " + to + "  ";
        switch (fate) {
            case SENT -> line(way + "#" + packet.number() + " " + textOf(packet));
            case ARRIVED -> line("     " + way + "#" + packet.number() + " arrives (" + packet.kind() + ")");
            default -> line("     " + way + "#" + packet.number() + " " + fate + " (" + packet.kind() + ")");
        }
    }

    private String textOf(Packet packet) {
        return packet.kind() == PacketKind.GREETING ? "greeting" : datagrams.of(packet.content());
    }

    @Override
    public void done(String what) {
        line("**** " + what);
    }

    @Override
    public void sent(SimulatedMember member, long number, RingId ringId, long sequence, int index) {
        line(names.of(member.id()) + " numbers its message " + number + " as " + sequence + "/" + index + " of "
                + names.of(ringId));
    }

    @Override
    public void delivered(SimulatedMember member, Delivery message) {
        line(names.of(member.id()) + " delivers " + message.guarantee() + " message " + message.number() + " of "
                + names.of(message.sender()) + " at " + message.sequence() + "/" + message.index() + " in "
                + names.of(message.configuration()));
    }

    @Override
    public void installed(SimulatedMember member, ConfigurationChange change) {
        line(names.of(member.id()) + " installs " + names.of(change.configuration()));
    }

    @Override
    public void closed(SimulatedMember member, @Nullable Throwable failure) {
        line(names.of(member.id()) + (failure == null ? " has left" : " fails: " + failure));
    }
}
