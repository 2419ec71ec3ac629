package io.vsring.spring;

import io.vsring.Guarantee;
import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Repeatable;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.springframework.context.annotation.Import;

/**
 * On a configuration class: declares a {@link io.vsring.replicated.ReplicatedCounter} as a bean.
 *
 * <pre>{@code
 * @ReplicatedCounterDefinition(name = "visits")
 * }</pre>
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@Documented
@Repeatable(ReplicatedCounterDefinitions.class)
@Import(CounterDefinitionRegistrar.class)
public @interface ReplicatedCounterDefinition {

    /** The name of the object on all members, and of its bean. */
    String name();

    /** The guarantee of its changes; {@code vs.replication.write-guarantee} by default. */
    Guarantee[] guarantee() default {};
}
