package io.vsring.spring;

import io.vsring.replicated.MapLimits;
import java.time.Duration;
import org.springframework.beans.factory.BeanRegistrar;
import org.springframework.beans.factory.BeanRegistry;
import org.springframework.context.annotation.ImportAware;
import org.springframework.core.annotation.AnnotationAttributes;
import org.springframework.core.env.Environment;
import org.springframework.core.type.AnnotationMetadata;
import org.springframework.format.datetime.standard.DurationFormatterUtils;

/** Makes beans of the maps that a configuration class defines. Public for code that is generated ahead of time. */
public final class MapDefinitionRegistrar implements BeanRegistrar, ImportAware {

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
                (name, guarantee, definition) -> beans.addMap(
                        name,
                        definition.getClass("key"),
                        definition.getClass("value"),
                        guarantee,
                        limits(name, definition)));
    }

    private static MapLimits limits(String name, AnnotationAttributes definition) {
        String timeToLive = definition.getString("timeToLive");
        int maxEntries = definition.getNumber("maxEntries");
        try {
            return new MapLimits(
                    timeToLive.isBlank() ? Duration.ZERO : DurationFormatterUtils.detectAndParse(timeToLive.strip()),
                    maxEntries);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    "@ReplicatedMapDefinition of '" + name + "': timeToLive = '" + timeToLive + "', maxEntries = "
                            + maxEntries + ": " + e.getMessage() + ". Say a time such as 30m, and a number that is not"
                            + " negative",
                    e);
        }
    }
}
