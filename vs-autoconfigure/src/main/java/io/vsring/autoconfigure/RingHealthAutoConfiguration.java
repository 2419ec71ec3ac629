package io.vsring.autoconfigure;

import io.vsring.actuate.ReadinessWithRing;
import io.vsring.actuate.RingHealthIndicator;
import io.vsring.actuate.RingKeys;
import io.vsring.replicated.ReplicatedObjects;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.health.actuate.endpoint.HealthEndpointGroupsPostProcessor;
import org.springframework.boot.health.autoconfigure.contributor.ConditionalOnEnabledHealthIndicator;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * Shows the ring in the application's health, and in the group {@code readiness}, where the application has such.
 *
 * @since 0.1
 */
@AutoConfiguration(
        after = RingAutoConfiguration.class,
        afterName =
                "org.springframework.boot.health.autoconfigure.actuate.endpoint.AvailabilityProbesAutoConfiguration")
@ConditionalOnClass(ConditionalOnEnabledHealthIndicator.class)
@ConditionalOnBean(ReplicatedObjects.class)
@ConditionalOnEnabledHealthIndicator(RingHealthAutoConfiguration.NAME)
public final class RingHealthAutoConfiguration {

    static final String NAME = "ring";

    @Bean
    @ConditionalOnMissingBean(name = {"ringHealthIndicator", "ringHealthContributor"})
    RingHealthIndicator ringHealthIndicator(ReplicatedObjects objects, ObjectProvider<RingKeys> keys) {
        return new RingHealthIndicator(objects, keys.getIfAvailable(() -> RingKeys.NONE));
    }

    @Configuration(proxyBeanMethods = false)
    @ConditionalOnClass(
            name = {
                "org.springframework.boot.health.actuate.endpoint.HealthEndpointGroupsPostProcessor",
                "org.springframework.boot.actuate.endpoint.SecurityContext"
            })
    @ConditionalOnBooleanProperty(name = "vs.health.readiness", matchIfMissing = true)
    static final class Readiness {

        @Bean
        HealthEndpointGroupsPostProcessor ringReadiness() {
            return new ReadinessWithRing(NAME);
        }
    }
}
