package io.vsring.autoconfigure;

import java.util.List;
import org.springframework.boot.autoconfigure.service.connection.ConnectionDetails;

/**
 * Where other members are. By default what {@code vs.discovery.seeds} says; a bean of this type, such as one that an
 * environment of containers brings, takes its place. It is asked once; a bean of type
 * {@link io.vsring.ring.SeedProvider} is asked again and again, and takes the place of both.
 *
 * @since 0.1
 */
@FunctionalInterface
public interface RingConnectionDetails extends ConnectionDetails {

    /** The seeds, each as {@code host}, {@code host:port} or {@code host:from-to}; empty: the member stays alone. */
    List<String> getSeeds();
}
