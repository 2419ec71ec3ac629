package io.vsring.autoconfigure;

import io.vsring.spring.ClusterEvent;
import io.vsring.spring.ClusterEventMulticaster;
import io.vsring.spring.ClusterEvents;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.springframework.beans.factory.BeanFactory;
import org.springframework.beans.factory.annotation.AnnotatedBeanDefinition;
import org.springframework.beans.factory.config.BeanDefinition;
import org.springframework.beans.factory.support.AbstractBeanDefinition;
import org.springframework.beans.factory.support.BeanDefinitionBuilder;
import org.springframework.beans.factory.support.BeanDefinitionRegistry;
import org.springframework.boot.autoconfigure.AutoConfigurationPackages;
import org.springframework.context.annotation.ClassPathScanningCandidateComponentProvider;
import org.springframework.context.annotation.ImportBeanDefinitionRegistrar;
import org.springframework.context.support.AbstractApplicationContext;
import org.springframework.core.io.ResourceLoader;
import org.springframework.core.type.AnnotationMetadata;
import org.springframework.core.type.filter.AnnotationTypeFilter;

/** Looks for {@link ClusterEvent} classes where Spring Boot looks for entities. */
final class ClusterEventsRegistrar implements ImportBeanDefinitionRegistrar {

    private static final String MULTICASTER = AbstractApplicationContext.APPLICATION_EVENT_MULTICASTER_BEAN_NAME;

    private final BeanFactory beans;
    private final ResourceLoader resources;

    ClusterEventsRegistrar(BeanFactory beans, ResourceLoader resources) {
        this.beans = beans;
        this.resources = resources;
    }

    @Override
    public void registerBeanDefinitions(AnnotationMetadata importing, BeanDefinitionRegistry registry) {
        Set<String> types = find();
        if (!types.isEmpty()) {
            registry.registerBeanDefinition("ringClusterEvents", definition(ClusterEvents.class, List.copyOf(types)));
        }
        // Without such classes too: it refuses those that are published and were not found.
        if (!registry.containsBeanDefinition(MULTICASTER)) {
            registry.registerBeanDefinition(MULTICASTER, definition(ClusterEventMulticaster.class));
        }
    }

    /** A bean whose constructor takes these, and other beans. */
    private static BeanDefinition definition(Class<?> type, Object... arguments) {
        BeanDefinitionBuilder builder = BeanDefinitionBuilder.rootBeanDefinition(type)
                .setAutowireMode(AbstractBeanDefinition.AUTOWIRE_CONSTRUCTOR);
        for (Object argument : arguments) {
            builder.addConstructorArgValue(argument);
        }
        return builder.getBeanDefinition();
    }

    private Set<String> find() {
        Set<String> types = new LinkedHashSet<>();
        if (!AutoConfigurationPackages.has(beans)) {
            return types;
        }
        Scanner scanner = new Scanner();
        scanner.setResourceLoader(resources);
        scanner.addIncludeFilter(new AnnotationTypeFilter(ClusterEvent.class, false));
        for (String each : AutoConfigurationPackages.get(beans)) {
            scanner.findCandidateComponents(each)
                    .forEach(candidate -> types.add(String.valueOf(candidate.getBeanClassName())));
        }
        return types;
    }

    /** Finds classes that are no beans, and may be nested ones. */
    private static final class Scanner extends ClassPathScanningCandidateComponentProvider {

        Scanner() {
            super(false);
        }

        @Override
        protected boolean isCandidateComponent(AnnotatedBeanDefinition definition) {
            if (definition.getMetadata().isAbstract()) {
                throw new IllegalArgumentException("@ClusterEvent is on " + definition.getBeanClassName()
                        + ", of which there are no objects: annotate the classes that are published");
            }
            return true;
        }
    }
}
