package io.vsring.spring;

import io.vsring.Guarantee;
import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Repeatable;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.springframework.aot.hint.annotation.Reflective;
import org.springframework.core.annotation.AliasFor;

/**
 * Calls the method for every message that is delivered to one of its groups, in the order that all members see.
 *
 * <p>The method returns nothing and takes a payload, an {@link io.vsring.Delivery}, or both in any order. The type of
 * the payload parameter says how the bytes are read: {@code byte[]} as they are, {@code String} as UTF-8, anything else
 * as CBOR of that type, unless a {@link PayloadCodec} bean supports it. An {@code io.vsring.Delivery} that is handed to
 * such a method stays valid after the call.
 *
 * <p><b>Threading.</b> All methods of one {@link #id} make up one listener and are called by one thread, messages and
 * configuration changes in the one order. By default that is all methods of the bean. A listener has a bounded queue: a
 * slow one harms no other until its queue is full, and then slows the whole ring down. A method may send, but must not
 * wait for the receipt, and is refused where that can be seen: see {@link RingOperations}. A method may close its
 * application context: the context does not wait for that method, and calls nothing more of its listener.
 * {@code System.exit} cannot be told from a method that is stuck, and takes until {@code vs.shutdown-timeout}.
 *
 * <p><b>Beans.</b> The bean is a singleton, or has a scoped proxy: then each call goes to the target that the proxy has
 * on the listener's thread at that moment, and fails if the scope has none there, as that of a request.
 *
 * <p>It can be repeated, and carried by annotations of your own: each counts for itself. Annotations of an overriding
 * method stand in place of those of the method that it overrides.
 *
 * <p><b>Errors.</b> What the method throws, and bytes that cannot be read as its payload, are counted and told to the
 * {@link ListenerErrorHandler}, by default the log; the next message follows.
 */
@Target({ElementType.METHOD, ElementType.ANNOTATION_TYPE})
@Retention(RetentionPolicy.RUNTIME)
@Documented
@Reflective
@Repeatable(OnDelivers.class)
public @interface OnDeliver {

    /** In place of a group: the messages of all groups. */
    String ALL_GROUPS = "*";

    /** The groups; see {@link #groups()}. */
    @AliasFor("groups")
    String[] value() default {};

    /**
     * The groups; none means the default group, {@link #ALL_GROUPS} means every group. Placeholders and SpEL
     * expressions are resolved; an expression may give several groups.
     */
    @AliasFor("value")
    String[] groups() default {};

    /** The listener that the method belongs to: the bean's name by default. Placeholders and SpEL are resolved. */
    String id() default "";

    /** Only messages that were sent with one of these; none means all. */
    Guarantee[] guarantee() default {};
}
