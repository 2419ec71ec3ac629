package io.vsring.autoconfigure;

import io.micrometer.core.instrument.MeterRegistry;
import io.vsring.actuate.ListenerMeters;
import io.vsring.actuate.RingKeys;
import io.vsring.actuate.RingMeters;
import io.vsring.replicated.ReplicatedMap;
import io.vsring.replicated.ReplicatedObjects;
import io.vsring.ring.RingOptions;
import io.vsring.spring.RingListenerRegistry;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.SearchStrategy;
import org.springframework.context.annotation.Bean;

/**
 * The meters of the ring and its listeners, where the application has Micrometer.
 *
 * @since 0.1
 */
@AutoConfiguration(
        after = RingAutoConfiguration.class,
        afterName = "org.springframework.boot.micrometer.metrics.autoconfigure.CompositeMeterRegistryAutoConfiguration")
@ConditionalOnClass(MeterRegistry.class)
@ConditionalOnBean(
        value = {ReplicatedObjects.class, RingOptions.class, RingListenerRegistry.class, MeterRegistry.class},
        search = SearchStrategy.CURRENT) // of the context that has the member; its children would show it twice
public final class RingMetricsAutoConfiguration {

    @Bean
    @ConditionalOnMissingBean
    RingMeters ringMeters(
            ReplicatedObjects objects,
            RingOptions options,
            ObjectProvider<ReplicatedMap<?, ?>> maps,
            ObjectProvider<RingKeys> keys) {
        return new RingMeters(objects, options.clusterName(), maps, keys.getIfAvailable(() -> RingKeys.NONE));
    }

    @Bean
    @ConditionalOnMissingBean
    ListenerMeters ringListenerMeters(RingListenerRegistry listeners, RingOptions options) {
        return new ListenerMeters(listeners, options.clusterName());
    }
}
