package io.vsring.test.cluster;

import io.vsring.ConfigurationChange;
import io.vsring.Delivery;
import io.vsring.RingId;
import io.vsring.test.simulation.Packet;
import io.vsring.test.simulation.SimulatedCluster;
import io.vsring.test.simulation.SimulatedMember;
import io.vsring.test.simulation.Story;
import io.vsring.test.simulation.TextStory;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/** The last that happened in a cluster, as text: all of it, and apart from that what is not about single datagrams. */
final class ClusterStory implements Story {
    private static final int LINES_MAX = 20_000;
    private static final int HIGHLIGHTS_MAX = 30;

    private final TextStory text;
    private final Deque<String> lines = new ArrayDeque<>();
    private final Deque<String> highlights = new ArrayDeque<>();
    private boolean aboutDatagram;

    ClusterStory(SimulatedCluster cluster) {
        text = new TextStory(cluster.shape(), this::add);
        text.tellTime(cluster::now);
    }

    private void add(String line) {
        add(lines, line, LINES_MAX);
        if (!aboutDatagram) {
            add(highlights, line, HIGHLIGHTS_MAX);
        }
    }

    private static void add(Deque<String> to, String line, int max) {
        if (to.size() == max) {
            to.removeFirst();
        }
        to.addLast(line);
    }

    String lines() {
        return String.join("\n", lines);
    }

    String highlights() {
        return String.join("\n", highlights);
    }

    @Override
    public void saw(Fate fate, Packet packet, int to) {
        aboutDatagram = true;
        text.saw(fate, packet, to);
        aboutDatagram = false;
    }

    @Override
    public void done(String what) {
        text.done(what);
    }

    @Override
    public void sent(SimulatedMember member, long number, RingId ringId, long sequence, int index) {
        text.sent(member, number, ringId, sequence, index);
    }

    @Override
    public void delivered(SimulatedMember member, Delivery message) {
        text.delivered(member, message);
    }

    @Override
    public void installed(SimulatedMember member, ConfigurationChange change) {
        text.installed(member, change);
    }

    @Override
    public void closed(SimulatedMember member, @Nullable Throwable failure) {
        text.closed(member, failure);
    }
}
