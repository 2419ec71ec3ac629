package io.vsring.benchmarks.peer;

import com.hazelcast.config.Config;
import com.hazelcast.config.JoinConfig;
import com.hazelcast.config.NetworkConfig;
import com.hazelcast.core.Hazelcast;
import com.hazelcast.core.HazelcastInstance;
import com.hazelcast.map.IMap;

/** Hazelcast's map with one backup, and the locks of its keys. */
final class HazelcastMember implements CalledMember {

    private final HazelcastInstance instance;
    private final Work work;

    private HazelcastMember(HazelcastInstance instance, Work work) {
        this.instance = instance;
        this.work = work;
    }

    static HazelcastMember open(Place place, CallPlan plan) throws InterruptedException {
        HazelcastInstance instance = Hazelcast.newHazelcastInstance(config(place));
        Together.await(
                place,
                () -> instance.getCluster().getMembers().size(),
                () -> String.valueOf(instance.getCluster().getMembers()));
        IMap<String, byte[]> map = instance.getMap("benchmark");
        return new HazelcastMember(instance, plan.mode() == Mode.LOCKS ? locks(map, place, plan) : puts(map, plan));
    }

    private static Config config(Place place) {
        Config config = new Config();
        config.setProperty("hazelcast.phone.home.enabled", "false");
        config.setProperty("hazelcast.logging.type", "slf4j");
        config.setProperty("hazelcast.socket.bind.any", "false");
        config.setProperty("hazelcast.shutdownhook.enabled", "false");
        NetworkConfig network = config.getNetworkConfig();
        network.setPort(place.port()).setPortAutoIncrement(false);
        network.getInterfaces().setEnabled(true).addInterface(place.host());
        JoinConfig join = network.getJoin();
        join.getMulticastConfig().setEnabled(false);
        join.getAutoDetectionConfig().setEnabled(false);
        join.getTcpIpConfig().setEnabled(true);
        for (int member = 0; member < place.members(); member++) {
            join.getTcpIpConfig()
                    .addMember(place.hosts().get(member) + ":" + place.ports().get(member));
        }
        return config;
    }

    /** A lock belongs to a thread. */
    private static Work locks(IMap<String, byte[]> map, Place place, CallPlan plan) {
        return new BlockingWork(plan.slots(), slot -> {
            String name = "lock-" + place.member() + "-" + slot;
            map.lock(name);
            map.unlock(name);
        });
    }

    private static Work puts(IMap<String, byte[]> map, CallPlan plan) {
        byte[] value = new byte[plan.valueBytes()];
        Keys keys = new Keys(plan);
        return slot -> map.setAsync(keys.next(slot), value);
    }

    @Override
    public Work work() {
        return work;
    }

    @Override
    public void close() {
        instance.getLifecycleService().terminate();
    }
}
