package io.vsring.benchmarks;

import io.netty.channel.epoll.Epoll;
import io.vsring.benchmarks.peer.Peer;
import io.vsring.benchmarks.peer.Place;
import io.vsring.ring.RingOptions;
import io.vsring.ring.RingOptionsBuilder;
import java.util.ArrayList;
import java.util.List;

/**
 * Which member a process is, and how it gets onto the ring.
 *
 * @param plan the run
 * @param member from 1; 0 is the server, where there is one
 * @param ports of all members, and behind them that of the server
 */
record MemberSeat(Plan plan, int member, List<Integer> ports) {

    static final int SERVER = 0;

    /** @param arguments the parent's, and which member this is */
    static MemberSeat of(Plan plan, Arguments arguments) {
        List<Integer> ports = new ArrayList<>();
        for (String port : arguments.text(Option.PORTS, "").split(",", -1)) {
            ports.add(Integer.parseInt(port));
        }
        return new MemberSeat(plan, arguments.number(Option.MEMBER, 0, 0), ports);
    }

    /** Whether this is no member, but the server that they ask. */
    boolean isServer() {
        return member == SERVER;
    }

    RingOptions options() {
        List<String> seeds = new ArrayList<>();
        for (int each = 0; each < plan.members(); each++) {
            seeds.add(plan.placement().hosts().get(each) + ":" + ports.get(each));
        }
        String host = plan.placement().hosts().get(member - 1);
        RingOptionsBuilder builder = RingOptions.builder()
                .clusterName("vs-benchmarks")
                .memberId(member)
                .bindAddress(host)
                .port(ports.get(member - 1))
                .maxMessageBytes(Math.max(1 << 20, plan.size()))
                .seeds(seeds);
        if (!host.startsWith("127.") && plan.tuning().envelope() == Envelope.PLAIN) {
            builder.insecurePlaintext();
        }
        return plan.tuning().applyTo(builder).build();
    }

    /** The same for a peer, which knows nothing of the plan. */
    Place place() {
        return new Place(member, plan.placement().hosts(), ports);
    }

    /** The server is where the first member is. */
    String serverHost() {
        return plan.placement().hosts().get(0);
    }

    int serverPort() {
        return ports.get(plan.members());
    }

    /** What carries the bytes. */
    String transport() {
        if (plan.peer() != Peer.VS) {
            return plan.peer().word();
        }
        return (isEpoll() ? "epoll" : "nio") + (plan.tuning().multicastGroup() == null ? "" : "+multicast");
    }

    boolean isEpoll() {
        return plan.tuning().nativeMode() != RingOptions.NativeMode.NIO && Epoll.isAvailable();
    }
}
