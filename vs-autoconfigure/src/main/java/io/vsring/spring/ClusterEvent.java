package io.vsring.spring;

import io.vsring.Guarantee;
import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * An application event that is published on all members: whichever of them calls
 * {@link org.springframework.context.ApplicationEventPublisher#publishEvent(Object)}, the event listeners of each are
 * called, in one order, the publisher's own included.
 *
 * <pre>{@code
 * @ClusterEvent("price-changed")
 * record PriceChanged(String article, long cents) {}
 *
 * events.publishEvent(new PriceChanged("apple", 99));
 *
 * @EventListener
 * void on(PriceChanged event) { ... } // on every member
 * }</pre>
 *
 * <p>The class is a payload as any other, or an {@link org.springframework.context.ApplicationEvent}, whose source and
 * time do not travel: its constructor takes what does. It is found in the packages that Spring Boot scans for entities:
 * that of the application's main class and those below it, and those of {@code @AutoConfigurationPackage}.
 *
 * <p><b>When.</b> {@code publishEvent} returns when the event has been accepted, which may take
 * {@code vs.template.send-timeout} when the send queue is full, and before any listener is called. It throws what
 * {@link RingOperations} throws, and nothing has been published then. A transaction around it changes nothing: publish
 * what depends on its success after the commit.
 *
 * <p><b>Threading.</b> Listeners are called on the thread of the listener {@code vs.events}, together with those of
 * {@link RingConfigurationChangedEvent}, in the order of the ring; where the multicaster has an executor, on that.
 * There is no transaction there: a {@code @TransactionalEventListener} needs {@code fallbackExecution}. What a listener
 * throws goes to the {@link ListenerErrorHandler}.
 *
 * <p><b>Contexts.</b> All this is so in the application context that has the ring. The listeners of its parents and
 * children are called as Spring does it: at once, and only where the event was published.
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@Documented
public @interface ClusterEvent {

    /**
     * The name of the class on the wire, the same in all releases that may run at once; the class may be renamed and
     * moved. The simple name of the class by default.
     */
    String value() default "";

    /** How sure the ring must be before the event is published. */
    Guarantee guarantee() default Guarantee.AGREED;
}
