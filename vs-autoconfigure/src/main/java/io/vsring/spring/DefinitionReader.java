package io.vsring.spring;

import static java.util.Objects.requireNonNull;

import io.vsring.Guarantee;
import java.lang.annotation.Annotation;
import java.util.ArrayList;
import java.util.List;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.core.annotation.AnnotationAttributes;
import org.springframework.core.env.Environment;
import org.springframework.core.type.AnnotationMetadata;

/** Reads the definitions of replicated objects on one configuration class. */
final class DefinitionReader {

    /** Takes one definition. */
    interface Taker {

        void take(String name, Guarantee guarantee, AnnotationAttributes definition);
    }

    private final List<AnnotationMetadata> classes = new ArrayList<>(1);

    void of(AnnotationMetadata configurationClass) {
        classes.add(configurationClass);
    }

    void read(
            Class<? extends Annotation> type,
            Class<? extends Annotation> container,
            Environment environment,
            Taker taker) {
        Guarantee otherwise = Binder.get(environment)
                .bind("vs.replication.write-guarantee", Guarantee.class)
                .orElse(Guarantee.SAFE);
        for (AnnotationMetadata each : classes) {
            each.getMergedRepeatableAnnotationAttributes(type, container, false).forEach(definition -> {
                String name = definition.getString("name");
                Guarantee[] guarantee = (Guarantee[]) requireNonNull(definition.get("guarantee"));
                if (name.isBlank() || guarantee.length > 1) {
                    throw new IllegalArgumentException("@" + type.getSimpleName() + " of " + each.getClassName()
                            + " needs a name and at most one guarantee: name = '" + name + "', guarantee = "
                            + List.of(guarantee));
                }
                taker.take(name, guarantee.length == 0 ? otherwise : guarantee[0], definition);
            });
        }
    }
}
