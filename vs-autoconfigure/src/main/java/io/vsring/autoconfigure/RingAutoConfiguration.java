package io.vsring.autoconfigure;

import io.micrometer.observation.ObservationRegistry;
import io.vsring.replicated.DistributedLocks;
import io.vsring.replicated.MapOperation;
import io.vsring.replicated.ReplicatedObjects;
import io.vsring.replicated.ReplicationListener;
import io.vsring.replicated.ReplicationOptions;
import io.vsring.ring.RingObserver;
import io.vsring.ring.RingOptions;
import io.vsring.ring.SeedProvider;
import io.vsring.spring.ListenerErrorHandler;
import io.vsring.spring.ListenerSettings;
import io.vsring.spring.ObjectCodecs;
import io.vsring.spring.PayloadCodec;
import io.vsring.spring.PayloadCodecs;
import io.vsring.spring.RingListenerBeanPostProcessor;
import io.vsring.spring.RingListenerRegistry;
import io.vsring.spring.RingOperations;
import io.vsring.spring.RingTemplate;
import io.vsring.spring.RingTemplateCustomizer;
import io.vsring.spring.TemplateSettings;
import io.vsring.spring.observation.HandleConvention;
import io.vsring.spring.observation.SendConvention;
import java.util.List;
import java.util.concurrent.ThreadFactory;
import org.springframework.beans.factory.NoSuchBeanDefinitionException;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.config.BeanDefinition;
import org.springframework.beans.factory.config.ConfigurableBeanFactory;
import org.springframework.boot.LazyInitializationExcludeFilter;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.ssl.DefaultSslBundleRegistry;
import org.springframework.boot.ssl.SslBundles;
import org.springframework.boot.thread.Threading;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.core.env.Environment;
import org.springframework.core.task.VirtualThreadTaskExecutor;

/**
 * Makes the application a member of a ring: its options, its lifecycle, its listeners, a template to send with, and
 * replicated objects.
 *
 * @since 0.1
 */
@AutoConfiguration
@ConditionalOnBooleanProperty(name = "vs.enabled", matchIfMissing = true)
@EnableConfigurationProperties(RingProperties.class)
public final class RingAutoConfiguration {

    private static final String REGISTRY = "ringListenerRegistry";
    private static final List<String> LIBRARIES = List.of("java.", "javax.", "jakarta.", "org.springframework.");

    @Bean
    static RingListenerBeanPostProcessor ringListenerBeanPostProcessor(ConfigurableBeanFactory beans) {
        return new RingListenerBeanPostProcessor(beans, () -> localRegistry(beans));
    }

    /** A ring that waits for somebody to ask for it is none, and so is a listener. */
    @Bean
    static LazyInitializationExcludeFilter ringLazyInitializationExcludeFilter() {
        return (beanName, definition, type) -> RingLifecycle.class.isAssignableFrom(type)
                || RingListenerBeanPostProcessor.hasListenerMethods(type)
                || mayHideListenerMethods(definition, type);
    }

    /**
     * What a bean method returns as an interface of the application's may have methods that the interface has not. The
     * same goes for superclasses and for interfaces of libraries, but these would be half of the application: such a
     * listener, where all beans are lazy, hears nothing before somebody asks for its bean.
     */
    private static boolean mayHideListenerMethods(BeanDefinition definition, Class<?> type) {
        return definition.getFactoryMethodName() != null
                && type.isInterface()
                && LIBRARIES.stream().noneMatch(type.getName()::startsWith);
    }

    private static RingListenerRegistry localRegistry(ConfigurableBeanFactory beans) {
        if (!beans.containsLocalBean(REGISTRY)) {
            throw new NoSuchBeanDefinitionException(REGISTRY);
        }
        return beans.getBean(REGISTRY, RingListenerRegistry.class);
    }

    /** The member; a child context uses that of its parent. */
    @Configuration(proxyBeanMethods = false)
    @ConditionalOnMissingBean(RingLifecycle.class)
    @Import({DeclaredObjectsRegistrar.class, ClusterEventsRegistrar.class})
    static final class MemberConfiguration {

        private final RingProperties properties;

        MemberConfiguration(RingProperties properties) {
            this.properties = properties;
        }

        @Bean
        @ConditionalOnMissingBean
        RingConnectionDetails ringConnectionDetails() {
            return properties.discovery()::seeds;
        }

        @Bean
        ConfiguredKeys ringConfiguredKeys(ObjectProvider<SslBundles> bundles) {
            return new ConfiguredKeys(properties.security(), bundles.getIfAvailable(DefaultSslBundleRegistry::new));
        }

        @Bean
        KeyReload ringKeyReload(ConfiguredKeys keys, RingOptions options, ObjectProvider<SslBundles> bundles) {
            return new KeyReload(
                    keys,
                    options.keyring(),
                    properties.security().reload(),
                    bundles.getIfAvailable(DefaultSslBundleRegistry::new));
        }

        @Bean
        @ConditionalOnMissingBean
        RingOptions ringOptions(
                Environment environment,
                ConfiguredKeys keys,
                RingConnectionDetails others,
                ObjectProvider<SeedProvider> provider,
                ObjectProvider<RingOptionsCustomizer> customizers) {
            String applicationName = environment.getProperty("spring.application.name", "");
            return new RingOptionsMapping(
                            properties, applicationName, others.getSeeds(), provider.getIfAvailable(), keys)
                    .options(customizers.orderedStream().toList());
        }

        @Bean
        @ConditionalOnMissingBean
        PayloadCodecs payloadCodecs(ObjectProvider<PayloadCodec> codecs) {
            return new PayloadCodecs(codecs.orderedStream().toList());
        }

        @Bean
        ObservedRing ringObservations(
                ObjectProvider<ObservationRegistry> registry,
                ObjectProvider<SendConvention> send,
                ObjectProvider<HandleConvention> handle) {
            return new ObservedRing(registry, send, handle);
        }

        @Bean(REGISTRY)
        RingListenerRegistry ringListenerRegistry(
                PayloadCodecs codecs,
                ObjectProvider<ListenerErrorHandler> errorHandler,
                ObservedRing observed,
                Environment environment) {
            ListenerSettings settings = new ListenerSettings(
                    properties.template().defaultGroup(),
                    properties.listener().autoStartup(),
                    properties.listener().queueCapacity(),
                    properties.listener().queueSize().toBytes(),
                    properties.listener().slowThreshold(),
                    observed.orNull(properties.listener().observationEnabled()));
            return new RingListenerRegistry(
                    codecs, settings, errorHandler.getIfUnique(ListenerErrorHandler::logging), threads(environment));
        }

        @Bean
        @ConditionalOnMissingBean
        RingOpener ringOpener() {
            return RingOptions::open;
        }

        @Bean
        @ConditionalOnMissingBean
        ReplicationOptions replicationOptions(
                RingListenerRegistry listeners,
                ObjectProvider<MapOperation<?, ?, ?>> operations,
                ObjectProvider<ReplicationOptionsCustomizer> customizers) {
            ReplicationOptions options = ReplicationOptions.defaults()
                    .expecting(properties.quorum().expectedMembers())
                    .waiting(properties.replication().callTimeout())
                    .refusingToWait(listeners::isListenerThread)
                    .withMapOperations(operations.orderedStream().toArray(MapOperation<?, ?, ?>[]::new));
            for (ReplicationOptionsCustomizer each : customizers.orderedStream().toList()) {
                options = each.customize(options);
            }
            return options;
        }

        @Bean
        RunningMember ringRunningMember() {
            return new RunningMember(properties.phase());
        }

        @Bean
        MemberOpener ringMemberOpener(
                RingOptions options,
                ReplicationOptions replication,
                ReplicatedObjects objects,
                RingOpener opener,
                ObjectProvider<RingObserver> observers) {
            RingObserver[] all = observers.orderedStream().toArray(RingObserver[]::new);
            return (handler, watch) ->
                    objects.openMember(replication, handler, watch, entrance -> opener.open(options, entrance, all));
        }

        @Bean
        RingLifecycle ringLifecycle(
                MemberOpener members,
                KeyReload keys,
                RunningMember member,
                RingListenerRegistry listeners,
                ObjectProvider<ReplicationListener> replicationListeners) {
            return new RingLifecycle(
                    properties,
                    members,
                    keys,
                    member,
                    listeners,
                    replicationListeners.orderedStream().toList());
        }

        @Bean
        ReplicatedObjects replicatedObjects(RunningMember member, ReplicationOptions replication) {
            return ReplicatedObjects.of(replication.callTimeout(), member);
        }

        @Bean
        DistributedLocks distributedLocks(ReplicatedObjects objects) {
            return objects.locks();
        }

        @Bean
        @ConditionalOnMissingBean
        ObjectCodecs objectCodecs(PayloadCodecs payloads) {
            return new ObjectCodecs(payloads);
        }

        @Bean
        @ConditionalOnMissingBean(RingOperations.class)
        RingTemplate ringTemplate(
                RingLifecycle ring,
                PayloadCodecs codecs,
                RingListenerRegistry listeners,
                ObservedRing observed,
                ObjectProvider<RingTemplateCustomizer> customizers) {
            TemplateSettings settings = new TemplateSettings(
                    properties.template().defaultGroup(),
                    properties.template().defaultGuarantee(),
                    properties.template().sendTimeout(),
                    observed.orNull(properties.template().observationEnabled()));
            for (RingTemplateCustomizer each : customizers.orderedStream().toList()) {
                settings = each.customize(settings);
            }
            return new RingTemplate(ring, codecs, settings, listeners);
        }

        @Bean
        ConfigurationChangeEvents ringConfigurationChangeEvents(ApplicationEventPublisher publisher) {
            return new ConfigurationChangeEvents(publisher);
        }

        private static ThreadFactory threads(Environment environment) {
            return Threading.VIRTUAL.isActive(environment)
                    ? new VirtualThreadTaskExecutor().getVirtualThreadFactory()
                    : MemberConfiguration::daemon; // as virtual threads are; the lifecycle keeps the JVM alive
        }

        private static Thread daemon(Runnable task) {
            Thread thread = new Thread(task);
            thread.setDaemon(true);
            return thread;
        }
    }
}
