package io.vsring.autoconfigure;

import io.vsring.ring.RingObserver;
import io.vsring.ring.RingOptions;
import io.vsring.spring.ListenerErrorHandler;
import io.vsring.spring.ListenerSettings;
import io.vsring.spring.PayloadCodec;
import io.vsring.spring.PayloadCodecs;
import io.vsring.spring.RingListenerBeanPostProcessor;
import io.vsring.spring.RingListenerRegistry;
import io.vsring.spring.RingOperations;
import io.vsring.spring.RingTemplate;
import io.vsring.spring.TemplateSettings;
import java.util.concurrent.ThreadFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.config.ConfigurableBeanFactory;
import org.springframework.boot.LazyInitializationExcludeFilter;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.thread.Threading;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.annotation.Bean;
import org.springframework.core.env.Environment;
import org.springframework.core.task.VirtualThreadTaskExecutor;

/**
 * Makes the application a member of a ring: its options, its lifecycle, its listeners, and a template to send with.
 *
 * @since 0.1
 */
@AutoConfiguration
@ConditionalOnBooleanProperty(name = "vs.enabled", matchIfMissing = true)
@EnableConfigurationProperties(RingProperties.class)
public final class RingAutoConfiguration {

    private final RingProperties properties;

    RingAutoConfiguration(RingProperties properties) {
        this.properties = properties;
    }

    @Bean
    @ConditionalOnMissingBean
    RingOptions ringOptions(Environment environment, ObjectProvider<RingOptionsCustomizer> customizers) {
        String applicationName = environment.getProperty("spring.application.name", "");
        return new RingOptionsMapping(properties, applicationName)
                .options(customizers.orderedStream().toList());
    }

    @Bean
    @ConditionalOnMissingBean
    PayloadCodecs payloadCodecs(ObjectProvider<PayloadCodec> codecs) {
        return new PayloadCodecs(codecs.orderedStream().toList());
    }

    @Bean
    RingListenerRegistry ringListenerRegistry(
            PayloadCodecs codecs, ObjectProvider<ListenerErrorHandler> errorHandler, Environment environment) {
        ListenerSettings settings = new ListenerSettings(
                properties.template().defaultGroup(),
                properties.listener().queueCapacity(),
                properties.listener().queueSize().toBytes());
        return new RingListenerRegistry(
                codecs, settings, errorHandler.getIfUnique(ListenerErrorHandler::logging), threads(environment));
    }

    @Bean
    static RingListenerBeanPostProcessor ringListenerBeanPostProcessor(
            ConfigurableBeanFactory beans, ObjectProvider<RingListenerRegistry> registry) {
        return new RingListenerBeanPostProcessor(beans, registry::getObject);
    }

    @Bean
    @ConditionalOnMissingBean
    RingOpener ringOpener() {
        return RingOptions::open;
    }

    @Bean
    RingLifecycle ringLifecycle(
            RingOptions options,
            RingOpener opener,
            RingListenerRegistry listeners,
            ObjectProvider<RingObserver> observers) {
        return new RingLifecycle(
                properties,
                options,
                opener,
                listeners,
                observers.orderedStream().toList());
    }

    @Bean
    @ConditionalOnMissingBean(RingOperations.class)
    RingTemplate ringTemplate(RingLifecycle ring, PayloadCodecs codecs, RingListenerRegistry listeners) {
        TemplateSettings settings = new TemplateSettings(
                properties.template().defaultGroup(),
                properties.template().defaultGuarantee(),
                properties.template().sendTimeout());
        return new RingTemplate(ring, codecs, settings, listeners);
    }

    @Bean
    ConfigurationChangeEvents ringConfigurationChangeEvents(ApplicationEventPublisher publisher) {
        return new ConfigurationChangeEvents(publisher);
    }

    /** A ring that waits for somebody to ask for it is none, and so is a listener. */
    @Bean
    static LazyInitializationExcludeFilter ringLazyInitializationExcludeFilter() {
        return (beanName, definition, type) ->
                RingLifecycle.class.isAssignableFrom(type) || RingListenerBeanPostProcessor.hasListenerMethods(type);
    }

    private static ThreadFactory threads(Environment environment) {
        return Threading.VIRTUAL.isActive(environment)
                ? new VirtualThreadTaskExecutor().getVirtualThreadFactory()
                : RingAutoConfiguration::daemon; // as virtual threads are; the lifecycle keeps the JVM alive
    }

    private static Thread daemon(Runnable task) {
        Thread thread = new Thread(task);
        thread.setDaemon(true);
        return thread;
    }
}
