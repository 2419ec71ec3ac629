package io.vsring.spring;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.springframework.context.annotation.Import;

/** Several {@link ReplicatedCounterDefinition}s of one class; the compiler writes it. */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@Documented
@Import(CounterDefinitionRegistrar.class)
public @interface ReplicatedCounterDefinitions {

    /** All of them. */
    ReplicatedCounterDefinition[] value();
}
