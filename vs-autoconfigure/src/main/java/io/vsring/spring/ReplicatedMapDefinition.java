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
 * On a configuration class: declares a {@link io.vsring.replicated.ReplicatedMap} as a bean.
 *
 * <pre>{@code
 * @ReplicatedMapDefinition(name = "orders", value = Order.class)
 * }</pre>
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@Documented
@Repeatable(ReplicatedMapDefinitions.class)
@Import(MapDefinitionRegistrar.class)
public @interface ReplicatedMapDefinition {

    /** The name of the object on all members, and of its bean. */
    String name();

    /** The type of the keys. */
    Class<?> key() default String.class;

    /** The type of the values. */
    Class<?> value();

    /** The guarantee of its changes; {@code vs.replication.write-guarantee} by default. */
    Guarantee[] guarantee() default {};

    /** How long its entries stay, such as {@code 30m} or {@code PT30M}; for ever by default. */
    String timeToLive() default "";

    /** How many entries it may have: where there are more, those written longest ago go. 0, any number, by default. */
    int maxEntries() default 0;
}
