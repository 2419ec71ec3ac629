package io.vsring.autoconfigure;

import io.vsring.actuate.RingDescription;
import io.vsring.actuate.RingEndpoint;
import io.vsring.actuate.RingInfoContributor;
import io.vsring.replicated.ReplicatedObjects;
import io.vsring.ring.RingOptions;
import io.vsring.spring.RingListenerRegistry;
import java.util.regex.Pattern;
import org.springframework.boot.actuate.autoconfigure.endpoint.condition.ConditionalOnAvailableEndpoint;
import org.springframework.boot.actuate.autoconfigure.info.ConditionalOnEnabledInfoContributor;
import org.springframework.boot.actuate.autoconfigure.info.InfoContributorFallback;
import org.springframework.boot.actuate.endpoint.SanitizingFunction;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.SearchStrategy;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

/**
 * {@code /actuator/ring}, and {@code ring} in {@code /actuator/info}, where the application has Actuator.
 *
 * @since 0.1
 */
@AutoConfiguration(after = RingAutoConfiguration.class)
@ConditionalOnClass(ConditionalOnAvailableEndpoint.class)
@ConditionalOnBean(
        value = {ReplicatedObjects.class, RingOptions.class, RingListenerRegistry.class},
        search = SearchStrategy.CURRENT) // of the context that has the member; its children would show it twice
public final class RingEndpointAutoConfiguration {

    /** Whatever names them: a file, a command line, or the environment. */
    private static final Pattern SECRETS = Pattern.compile("vs[._]security[._]keys.*secret", Pattern.CASE_INSENSITIVE);

    @Bean
    @ConditionalOnMissingBean
    @ConditionalOnEnabledInfoContributor(value = "ring", fallback = InfoContributorFallback.DISABLE)
    RingInfoContributor ringInfoContributor(ReplicatedObjects objects, RingOptions options) {
        return new RingInfoContributor(objects, options);
    }

    /** Secrets are not shown, even where all values are. */
    @Bean
    SanitizingFunction ringSecrets() {
        return SanitizingFunction.sanitizeValue().ifKeyMatches(SECRETS);
    }

    @Configuration(proxyBeanMethods = false)
    @ConditionalOnAvailableEndpoint(RingEndpoint.class)
    @Import(RingDescriptionConfiguration.class)
    static final class Endpoint {

        @Bean
        @ConditionalOnMissingBean
        RingEndpoint ringEndpoint(RingDescription description) {
            return new RingEndpoint(description);
        }
    }
}
