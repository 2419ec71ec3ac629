package io.vsring.autoconfigure;

import io.vsring.actuate.RingDescription;
import io.vsring.page.MemberReports;
import io.vsring.page.PageSettings;
import io.vsring.page.RingPage;
import io.vsring.replicated.ReplicatedObjects;
import io.vsring.ring.RingOptions;
import io.vsring.spring.RingListenerRegistry;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.autoconfigure.condition.SearchStrategy;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.web.servlet.handler.SimpleUrlHandlerMapping;

/**
 * The page that shows the ring, where the application has Spring MVC and asks for it.
 *
 * @since 0.1
 */
@AutoConfiguration(after = {RingAutoConfiguration.class, RingEndpointAutoConfiguration.class})
@ConditionalOnClass(SimpleUrlHandlerMapping.class)
@ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.SERVLET)
@ConditionalOnBooleanProperty("vs.page.enabled")
@ConditionalOnBean(
        value = {ReplicatedObjects.class, RingOptions.class, RingListenerRegistry.class},
        search = SearchStrategy.CURRENT) // of the context that has the member; its children would show it twice
@Import(RingDescriptionConfiguration.class)
public final class RingPageAutoConfiguration {

    @Bean
    MemberReports ringMemberReports(ReplicatedObjects objects) {
        return new MemberReports(objects, System::nanoTime);
    }

    @Bean
    RingPage ringPage(
            RingProperties properties, RingDescription description, MemberReports reports, ReplicatedObjects objects) {
        RingProperties.Page page = properties.page();
        return new RingPage(new PageSettings(page.path(), page.showEntries()), description, reports, objects);
    }

    @Bean
    SimpleUrlHandlerMapping ringPageMapping(RingPage page) {
        return page.mapping();
    }
}
