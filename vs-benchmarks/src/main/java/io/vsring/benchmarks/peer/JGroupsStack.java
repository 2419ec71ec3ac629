package io.vsring.benchmarks.peer;

import java.util.HashMap;
import java.util.List;
import org.jgroups.JChannel;
import org.jgroups.conf.ConfiguratorFactory;
import org.jgroups.conf.ProtocolConfiguration;
import org.jgroups.conf.ProtocolStackConfigurator;

/** JGroups' own stacks, as they come in its jars, and what has to be said to them. */
final class JGroupsStack {

    private static final String CLUSTER = "vs-benchmarks";

    private static final String MULTICAST = "239.77.47.1";

    private JGroupsStack() {}

    /** The stack for messages without order, over UDP or TCP. */
    static ProtocolStackConfigurator of(Peer peer, Place place) {
        StringBuilder hosts = new StringBuilder();
        for (int member = 0; member < place.members(); member++) {
            hosts.append(hosts.isEmpty() ? "" : ",")
                    .append(place.hosts().get(member))
                    .append('[')
                    .append(place.ports().get(member))
                    .append(']');
        }
        System.setProperty("jgroups.bind_addr", place.host());
        System.setProperty("jgroups.mcast_addr", MULTICAST);
        System.setProperty("jgroups.tcpping.initial_hosts", hosts.toString());
        try {
            ProtocolStackConfigurator stack = ConfiguratorFactory.getStackConfigurator(
                    switch (peer) {
                        case JGROUPS_TCP -> "tcp.xml";
                        case JGROUPS_RAFT -> "raft.xml";
                        default -> "udp.xml";
                    });
            if (peer == Peer.JGROUPS_TCP) {
                ProtocolConfiguration transport = stack.getProtocolStack().get(0);
                transport.getProperties().put("bind_port", String.valueOf(place.port()));
            }
            return stack;
        } catch (Exception e) {
            throw new IllegalStateException("JGroups has not the stack that it is delivered with", e);
        }
    }

    /** Has it order messages: where JGroups' own {@code sequencer.xml} does, below fragmentation. */
    static void ordered(ProtocolStackConfigurator stack) {
        List<ProtocolConfiguration> protocols = stack.getProtocolStack();
        for (int at = 0; at < protocols.size(); at++) {
            if (protocols.get(at).getProtocolName().equals("FRAG2")) {
                protocols.add(at, new ProtocolConfiguration("SEQUENCER", new HashMap<>()));
                return;
            }
        }
        throw new IllegalStateException("this version of JGroups has no FRAG2 in its stack");
    }

    /** A member of that name that has not joined yet. */
    static JChannel channel(ProtocolStackConfigurator stack, String name) {
        try {
            return new JChannel(stack).setName(name);
        } catch (Exception e) {
            throw new IllegalStateException("JGroups makes no channel of its own stack", e);
        }
    }

    /** Joins the others that are there. */
    static void join(JChannel channel) {
        try {
            JChannel unused = channel.connect(CLUSTER);
        } catch (Exception e) {
            throw new IllegalStateException("JGroups cannot join", e);
        }
    }

    /** Joins the others, and waits until all are in one view. */
    static void joinAll(JChannel channel, Place place) throws InterruptedException {
        join(channel);
        Together.await(place, () -> channel.getView().size(), () -> String.valueOf(channel.getView()));
    }
}
