package io.vsring.autoconfigure;

import io.vsring.spring.ReplicatedBeans;
import java.util.List;
import org.springframework.beans.factory.BeanRegistrar;
import org.springframework.beans.factory.BeanRegistry;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.core.env.Environment;

/** Makes beans of the replicated objects that properties declare. */
final class DeclaredObjectsRegistrar implements BeanRegistrar {

    @Override
    public void register(BeanRegistry registry, Environment environment) {
        RingProperties properties = Binder.get(environment).bindOrCreate("vs", RingProperties.class);
        DeclaredObjects declared = new DeclaredObjects(properties);
        if (!declared.violations().isEmpty()) {
            // All that is wrong, at once: the bean that would say the rest is never made.
            String name = environment.getProperty("spring.application.name", "");
            ConfiguredKeys keys = new ConfiguredKeys(properties.security(), null); // there are no beans yet
            new RingOptionsMapping(properties, name, properties.discovery().seeds(), null, keys).options(List.of());
        }
        declared.addTo(new ReplicatedBeans(registry));
    }
}
