package io.vsring.test.spring;

import io.vsring.autoconfigure.RingOpener;
import io.vsring.autoconfigure.RingProperties;
import io.vsring.replicated.PrimaryStatus;
import io.vsring.replicated.ReplicatedObjects;
import io.vsring.replicated.ReplicationListener;
import io.vsring.replicated.ReplicationOptions;
import io.vsring.ring.RingOptions;
import io.vsring.spring.ObjectCodecs;
import io.vsring.spring.PayloadCodecs;
import io.vsring.spring.RingListenerRegistry;
import io.vsring.spring.RingTemplate;
import io.vsring.spring.TemplateSettings;
import org.springframework.beans.factory.BeanFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** What a context with {@link EmbeddedRing} has besides its own beans. */
@Configuration(proxyBeanMethods = false)
final class EmbeddedRingConfiguration {

    @Bean
    RingOpener embeddedRingOpener(EmbeddedNetwork network) {
        return (options, handler, observers) -> network.open(network.applicationNumber(), options, handler, observers);
    }

    @Bean
    ReplicationListener embeddedRingReplicationListener(EmbeddedNetwork network) {
        return new ReplicationListener() {
            @Override
            public void onStatus(PrimaryStatus status) {
                network.changes().announce();
            }
        };
    }

    @Bean
    RingPeers ringPeers(EmbeddedNetwork network, ObjectProvider<RingOptions> options, BeanFactory beans) {
        RingOptions application = options.getIfAvailable();
        if (application == null) {
            throw new IllegalStateException("@EmbeddedRing finds no ring in this application context: use it with"
                    + " @SpringBootTest, or import RingAutoConfiguration");
        }
        RingListenerRegistry listeners = beans.getBean(RingListenerRegistry.class);
        PayloadCodecs payloads = beans.getBean(PayloadCodecs.class);
        RingProperties.Template defaults = beans.getBean(RingProperties.class).template();
        TemplateSettings settings = new TemplateSettings(
                defaults.defaultGroup(), defaults.defaultGuarantee(), defaults.sendTimeout(), null);
        PeerSetup setup = new PeerSetup(
                application,
                beans.getBean(ReplicationOptions.class),
                payloads,
                beans.getBean(ObjectCodecs.class),
                ring -> new RingTemplate(ring, payloads, settings, listeners));
        return new RingPeers(network, setup, beans.getBean(ReplicatedObjects.class));
    }

    @Bean
    PeersLifecycle embeddedRingPeersLifecycle(RingPeers peers, RingProperties properties) {
        return new PeersLifecycle(peers, properties.phase() - 1);
    }
}
