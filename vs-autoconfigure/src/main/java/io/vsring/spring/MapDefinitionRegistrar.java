package io.vsring.spring;

import org.springframework.beans.factory.BeanRegistrar;
import org.springframework.beans.factory.BeanRegistry;
import org.springframework.context.annotation.ImportAware;
import org.springframework.core.env.Environment;
import org.springframework.core.type.AnnotationMetadata;

/** Makes beans of the maps that a configuration class defines. */
final class MapDefinitionRegistrar implements BeanRegistrar, ImportAware {

    private final DefinitionReader definitions = new DefinitionReader();

    @Override
    public void setImportMetadata(AnnotationMetadata importMetadata) {
        definitions.of(importMetadata);
    }

    @Override
    public void register(BeanRegistry registry, Environment environment) {
        ReplicatedBeans beans = new ReplicatedBeans(registry);
        definitions.read(
                ReplicatedMapDefinition.class,
                ReplicatedMapDefinitions.class,
                environment,
                (name, guarantee, definition) ->
                        beans.addMap(name, definition.getClass("key"), definition.getClass("value"), guarantee));
    }
}
