package io.vsring.test.spring;

import java.time.Duration;
import org.springframework.beans.factory.support.BeanDefinitionRegistry;
import org.springframework.beans.factory.support.RootBeanDefinition;
import org.springframework.boot.test.util.TestPropertyValues;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.test.context.ContextCustomizer;
import org.springframework.test.context.MergedContextConfiguration;

/**
 * Gives a context its network and its peers. Equal ones make contexts that can take each other's place.
 *
 * @param peers how many
 * @param expectedMembers how many members replicated objects expect, 0 if nobody knows
 * @param patience how long tests wait at most
 */
record EmbeddedRingContextCustomizer(int peers, int expectedMembers, Duration patience) implements ContextCustomizer {

    @Override
    public void customizeContext(ConfigurableApplicationContext context, MergedContextConfiguration merged) {
        EmbeddedNetwork network = new EmbeddedNetwork(peers, new Changes(patience));
        TestPropertyValues.of(
                        "vs.enabled=true",
                        "vs.cluster-name=" + network.clusterName(),
                        "vs.member-id=" + network.applicationNumber(),
                        "vs.discovery.seeds=" + String.join(",", network.seeds()),
                        "vs.quorum.expected-members=" + expectedMembers)
                .applyTo(context);
        context.getBeanFactory().registerSingleton("embeddedRingNetwork", network);
        ((BeanDefinitionRegistry) context.getBeanFactory())
                .registerBeanDefinition(
                        "embeddedRingConfiguration", new RootBeanDefinition(EmbeddedRingConfiguration.class));
    }
}
