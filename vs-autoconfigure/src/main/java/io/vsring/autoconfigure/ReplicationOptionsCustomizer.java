package io.vsring.autoconfigure;

import io.vsring.replicated.ReplicationOptions;

/**
 * A bean that changes how replicated objects are kept, after the {@code vs.*} properties and the beans of type
 * {@link io.vsring.replicated.MapOperation} have been applied: to add kinds of objects of one's own, or to set the
 * limits of a transfer.
 *
 * @since 0.1
 */
@FunctionalInterface
public interface ReplicationOptionsCustomizer {

    /** Returns the options to be used; called once for each context. */
    ReplicationOptions customize(ReplicationOptions options);
}
