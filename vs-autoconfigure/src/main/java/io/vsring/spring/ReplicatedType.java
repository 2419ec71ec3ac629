package io.vsring.spring;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * The name on the wire of one of several types that a message or a value may be.
 *
 * <p>Where exactly one type can come no name is needed, and none is sent. Where a sealed type is declared, as the
 * parameter of an {@link OnDeliver} method, the value of a map or a property, each of the classes that it permits needs
 * this annotation; its name travels with the object, and never that of the class, which may be renamed and moved:
 *
 * <pre>{@code
 * sealed interface OrderEvent permits Placed, Cancelled {}
 *
 * @ReplicatedType("placed")
 * record Placed(String id, int quantity) implements OrderEvent {}
 *
 * @ReplicatedType("cancelled")
 * record Cancelled(String id) implements OrderEvent {}
 * }</pre>
 *
 * <p>No other classes can be made by what comes from the network.
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
public @interface ReplicatedType {

    /**
     * The name, unique among the types that one sealed type permits; the same in all releases that may run at once. A
     * meaning that old members must not take for the old one gets another name, such as {@code placed-2}.
     */
    String value();
}
