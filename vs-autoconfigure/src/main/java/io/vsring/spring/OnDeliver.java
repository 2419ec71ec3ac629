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
 * <p>The method returns nothing and takes, in any order, a payload and what else it wants to know: an
 * {@link io.vsring.Delivery}, a {@link DeliveredMessage} or {@link org.springframework.messaging.Message} of the
 * payload, single headers with {@link org.springframework.messaging.handler.annotation.Header} or all with
 * {@link org.springframework.messaging.handler.annotation.Headers}, the {@link io.vsring.MemberId} of the sender, the
 * {@link io.vsring.RingConfiguration}. Whatever it is handed stays valid after the call. The type of the payload says
 * how the bytes are read: {@code byte[]} as they are, {@code String} as UTF-8, anything else as CBOR of that type,
 * unless a {@link PayloadCodec} bean supports it. A payload with {@code @Valid} or {@code @Validated} is judged first.
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
 * <p><b>Errors.</b> What the method throws, bytes that cannot be read as its payload, and payloads that are not valid
 * are counted and told to the {@link ListenerErrorHandler}, by default the log; the next message follows.
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

    /**
     * Only payloads of one of these classes, where the parameter may be several: those that a sealed type permits, for
     * example. None means all.
     */
    Class<?>[] payload() default {};

    /** Whether messages that this member has sent are among them. */
    boolean selfDelivery() default true;

    /**
     * A SpEL expression over the {@link DeliveredMessage} that is true for the messages that are wanted, such as
     * {@code payload.quantity > 100} or {@code headers['tenant'] == 'acme'}; {@code @name} is a bean. It must have no
     * effect. Where it fails, the method is not called, and the failure is that of a method that throws.
     */
    String condition() default "";

    /**
     * The name of an {@link java.util.concurrent.Executor} bean that makes the calls, so that the listener goes on with
     * what follows: {@code applicationTaskExecutor} has virtual threads where Spring Boot is told to use them. The
     * calls are still made one after another, unless there is an {@link #orderKey}. Configuration changes and other
     * methods of the listener do not wait for them; a stop does. An executor that refuses a call loses it, as a
     * failure; one that drops calls without a word holds up all that follow. Placeholders and SpEL are resolved.
     */
    String executor() default "";

    /**
     * With an {@link #executor}: a SpEL expression over the {@link DeliveredMessage}, such as {@code payload.orderId}.
     * Calls of one key are made one after another, in order, those of different keys at once.
     */
    String orderKey() default "";

    /**
     * The name of a {@link ListenerErrorHandler} bean for this method, in place of that of all listeners. Placeholders
     * and SpEL are resolved.
     */
    String errorHandler() default "";

    /**
     * Whether the listener starts with the ring, as {@code true} or {@code false}; {@code vs.listener.auto-startup} by
     * default. Until it {@linkplain RingListenerRegistry#start(String) is started} it hears nothing. Placeholders and
     * SpEL are resolved; what one method of a listener says holds for all of them.
     */
    String autoStartup() default "";
}
