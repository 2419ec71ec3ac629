package io.vsring.spring;

import org.springframework.beans.factory.BeanRegistrar;
import org.springframework.beans.factory.BeanRegistry;
import org.springframework.context.annotation.ImportAware;
import org.springframework.core.env.Environment;
import org.springframework.core.type.AnnotationMetadata;

/** Makes beans of the counters that a configuration class defines. Public for code that is generated ahead of time. */
public final class CounterDefinitionRegistrar implements BeanRegistrar, ImportAware {

    private final DefinitionReader definitions = new DefinitionReader();

    @Override
    public void setImportMetadata(AnnotationMetadata importMetadata) {
        definitions.of(importMetadata);
    }

    @Override
    public void register(BeanRegistry registry, Environment environment) {
        ReplicatedBeans beans = new ReplicatedBeans(registry);
        definitions.read(
                ReplicatedCounterDefinition.class,
                ReplicatedCounterDefinitions.class,
                environment,
                (name, guarantee, definition) -> beans.addCounter(name, guarantee));
    }
}
