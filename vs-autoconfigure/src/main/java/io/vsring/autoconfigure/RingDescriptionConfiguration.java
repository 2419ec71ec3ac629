package io.vsring.autoconfigure;

import io.vsring.actuate.RingDescription;
import io.vsring.actuate.RingHistory;
import io.vsring.actuate.RingKeys;
import io.vsring.replicated.ReplicatedMap;
import io.vsring.replicated.ReplicatedObjects;
import io.vsring.ring.RingOptions;
import io.vsring.spring.RingListenerRegistry;
import java.time.InstantSource;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** What the endpoint and the page show; there only where one of them is. */
@Configuration(proxyBeanMethods = false)
final class RingDescriptionConfiguration {

    private final RingKeys keys;

    RingDescriptionConfiguration(ObjectProvider<RingKeys> keys) {
        this.keys = keys.getIfAvailable(() -> RingKeys.NONE);
    }

    @Bean
    @ConditionalOnMissingBean
    RingHistory ringHistory() {
        return new RingHistory(InstantSource.system());
    }

    @Bean
    @ConditionalOnMissingBean
    RingDescription ringDescription(
            ReplicatedObjects objects,
            RingOptions options,
            RingListenerRegistry listeners,
            RingHistory history,
            ObjectProvider<ReplicatedMap<?, ?>> maps) {
        return new RingDescription(objects, options, listeners, history, maps, keys);
    }
}
