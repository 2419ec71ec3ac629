package io.vsring.benchmarks.peer;

import java.io.IOException;
import java.io.UncheckedIOException;
import org.infinispan.Cache;
import org.infinispan.configuration.cache.CacheMode;
import org.infinispan.configuration.cache.ConfigurationBuilder;
import org.infinispan.configuration.global.GlobalConfigurationBuilder;
import org.infinispan.configuration.global.ShutdownHookBehavior;
import org.infinispan.context.Flag;
import org.infinispan.manager.DefaultCacheManager;

/** Infinispan's replicated cache; a put is answered when all have it. */
final class InfinispanMember implements CalledMember {

    private static final String CACHE = "benchmark";

    private final DefaultCacheManager container;
    private final Work work;

    private InfinispanMember(DefaultCacheManager container, Work work) {
        this.container = container;
        this.work = work;
    }

    static InfinispanMember open(Place place, CallPlan plan) throws InterruptedException {
        System.setProperty("jgroups.bind_addr", place.host());
        System.setProperty("jgroups.bind.address", place.host());
        System.setProperty("jgroups.mcast_addr", "239.77.47.2");
        GlobalConfigurationBuilder global = GlobalConfigurationBuilder.defaultClusteredBuilder();
        global.transport()
                .nodeName("m" + place.member())
                .addProperty("configurationFile", "org/infinispan/configuration/default-jgroups-udp.xml");
        global.metrics().gauges(false);
        global.shutdown().hookBehavior(ShutdownHookBehavior.DONT_REGISTER);
        DefaultCacheManager container = new DefaultCacheManager(global.build());
        container.defineConfiguration(
                CACHE,
                new ConfigurationBuilder()
                        .clustering()
                        .cacheMode(CacheMode.REPL_SYNC)
                        .build());
        Cache<String, byte[]> cache =
                container.<String, byte[]>getCache(CACHE).getAdvancedCache().withFlags(Flag.IGNORE_RETURN_VALUES);
        Together.await(place, () -> container.getMembers().size(), () -> String.valueOf(container.getMembers()));
        byte[] value = new byte[plan.valueBytes()];
        Keys keys = new Keys(plan);
        return new InfinispanMember(container, slot -> cache.putAsync(keys.next(slot), value));
    }

    @Override
    public Work work() {
        return work;
    }

    @Override
    public void close() {
        try {
            container.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
