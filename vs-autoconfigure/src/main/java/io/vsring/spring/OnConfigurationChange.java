package io.vsring.spring;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.springframework.aot.hint.annotation.Reflective;

/**
 * Calls the method when a configuration begins, at its place between the messages.
 *
 * <p>The method returns nothing and takes an {@link io.vsring.ConfigurationChange}, an
 * {@link io.vsring.RingConfiguration}, two {@link io.vsring.MemberSet}s, who joined and then who left, or nothing. The
 * first call after the start is the configuration of this member alone; that of a listener which is started later is
 * the configuration that there is then, in which everybody has joined.
 *
 * <p>A method that asks for regular configurations only is told of everyone who left since the regular configuration
 * before, those who left with the transitional one included. A member that is in both {@code joined} and {@code left}
 * was away in between.
 *
 * <p><b>Threading and errors</b> are those of {@link OnDeliver}.
 */
@Target({ElementType.METHOD, ElementType.ANNOTATION_TYPE})
@Retention(RetentionPolicy.RUNTIME)
@Documented
@Reflective
public @interface OnConfigurationChange {

    /** Which configurations; regular ones by default. */
    ConfigurationKind[] value() default {ConfigurationKind.REGULAR};

    /** The listener that the method belongs to: the bean's name by default. Placeholders and SpEL are resolved. */
    String id() default "";

    /** As {@link OnDeliver#errorHandler}. */
    String errorHandler() default "";

    /** As {@link OnDeliver#autoStartup}. */
    String autoStartup() default "";
}
