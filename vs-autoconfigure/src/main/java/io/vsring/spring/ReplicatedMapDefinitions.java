package io.vsring.spring;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.springframework.context.annotation.Import;

/** Several {@link ReplicatedMapDefinition}s of one class; the compiler writes it. */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@Documented
@Import(MapDefinitionRegistrar.class)
public @interface ReplicatedMapDefinitions {

    /** All of them. */
    ReplicatedMapDefinition[] value();
}
