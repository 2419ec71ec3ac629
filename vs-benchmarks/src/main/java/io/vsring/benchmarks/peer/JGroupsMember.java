package io.vsring.benchmarks.peer;

import org.jgroups.JChannel;
import org.jgroups.blocks.ReplicatedHashMap;
import org.jgroups.conf.ProtocolConfiguration;
import org.jgroups.conf.ProtocolStackConfigurator;
import org.jgroups.raft.blocks.CounterService;
import org.jgroups.raft.blocks.RaftAsyncCounter;
import org.jgroups.raft.blocks.RaftCounter;

/** JGroups' replicated map, whose updates wait for all, and the counter of jgroups-raft. */
final class JGroupsMember implements CalledMember {

    private static final long STATE_MILLIS_MAX = 10_000;
    private static final long REPLICATION_MILLIS_MAX = 30_000;
    private static final int ATTEMPTS_MAX = 100;
    private static final long LOOK_AGAIN_MILLIS = 100;

    private final JChannel channel;
    private final Work work;

    private JGroupsMember(JChannel channel, Work work) {
        this.channel = channel;
        this.work = work;
    }

    static JGroupsMember map(Peer peer, Place place, CallPlan plan) throws InterruptedException {
        JChannel channel = JGroupsStack.channel(JGroupsStack.of(peer, place), name(place.member()));
        JGroupsStack.joinAll(channel, place);
        ReplicatedHashMap<String, byte[]> map = new ReplicatedHashMap<>(channel);
        map.setBlockingUpdates(true);
        start(map);
        byte[] value = new byte[plan.valueBytes()];
        Keys keys = new Keys(plan);
        return new JGroupsMember(channel, new BlockingWork(plan.slots(), slot -> map.put(keys.next(slot), value)));
    }

    private static void start(ReplicatedHashMap<String, byte[]> map) {
        try {
            map.start(STATE_MILLIS_MAX);
        } catch (Exception e) {
            throw new IllegalStateException("JGroups transfers no state", e);
        }
    }

    static JGroupsMember counter(Place place) throws InterruptedException {
        StringBuilder names = new StringBuilder();
        for (int member = 1; member <= place.members(); member++) {
            names.append(names.isEmpty() ? "" : ",").append(name(member));
        }
        System.setProperty("raft_members", names.toString());
        System.setProperty("raft_id", name(place.member()));
        System.setProperty("log_dir", System.getProperty("java.io.tmpdir"));
        ProtocolStackConfigurator stack = JGroupsStack.of(Peer.JGROUPS_RAFT, place);
        stack.getProtocolStack().removeIf(each -> each.getProtocolName().equals("raft.CLIENT")); // for other processes
        for (ProtocolConfiguration protocol : stack.getProtocolStack()) {
            if (protocol.getProtocolName().equals("raft.RAFT")) {
                protocol.getProperties().put("log_class", "org.jgroups.protocols.raft.InMemoryLog");
            }
        }
        JChannel channel = JGroupsStack.channel(stack, name(place.member()));
        CounterService service = new CounterService(channel);
        service.raftId(name(place.member())).replTimeout(REPLICATION_MILLIS_MAX);
        JGroupsStack.joinAll(channel, place);
        RaftAsyncCounter counter = created(service).async();
        return new JGroupsMember(channel, slot -> counter.incrementAndGet());
    }

    private static String name(int member) {
        return "m" + member;
    }

    /** Until there is a leader, nothing can be created. */
    private static RaftCounter created(CounterService service) throws InterruptedException {
        for (int attempt = 1; ; attempt++) {
            try {
                return service.getOrCreateCounter("benchmark", 0);
            } catch (Exception e) {
                if (attempt == ATTEMPTS_MAX) {
                    throw new IllegalStateException("jgroups-raft has no leader", e);
                }
                Thread.sleep(LOOK_AGAIN_MILLIS);
            }
        }
    }

    @Override
    public Work work() {
        return work;
    }

    @Override
    public void close() {
        channel.close();
    }
}
