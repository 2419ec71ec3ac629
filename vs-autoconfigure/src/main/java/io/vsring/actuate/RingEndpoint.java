package io.vsring.actuate;

import static java.util.Map.entry;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.actuate.endpoint.Access;
import org.springframework.boot.actuate.endpoint.OperationResponseBody;
import org.springframework.boot.actuate.endpoint.annotation.Endpoint;
import org.springframework.boot.actuate.endpoint.annotation.ReadOperation;
import org.springframework.boot.actuate.endpoint.annotation.Selector;

/**
 * {@code /actuator/ring}: what this member sees of its ring, in sections, each of which can be asked for alone, as in
 * {@code /actuator/ring/history}. Shows who is there and how much there is; never a key, a value or a message. Asks
 * nobody else, and waits for nothing.
 *
 * @since 0.1
 */
@Endpoint(id = "ring", defaultAccess = Access.READ_ONLY)
public final class RingEndpoint {

    private static final Map<String, Function<RingDescriptor, @Nullable Object>> SECTIONS = Map.ofEntries(
            entry("cluster", RingDescriptor::cluster),
            entry("state", RingDescriptor::state),
            entry("primary", RingDescriptor::primary),
            entry("local", RingDescriptor::local),
            entry("configuration", RingDescriptor::configuration),
            entry("component", RingDescriptor::component),
            entry("messages", RingDescriptor::messages),
            entry("backlog", RingDescriptor::backlog),
            entry("token", RingDescriptor::token),
            entry("frames", RingDescriptor::frames),
            entry("network", RingDescriptor::network),
            entry("security", RingDescriptor::security),
            entry("changes", RingDescriptor::changes),
            entry("maps", RingDescriptor::maps),
            entry("locks", RingDescriptor::locks),
            entry("listeners", RingDescriptor::listeners),
            entry("history", RingDescriptor::history));

    private final RingDescription description;

    /** Of this description. */
    public RingEndpoint(RingDescription description) {
        this.description = description;
    }

    /** All sections, written by the mapper of Actuator: the application's might spell them in its own way. */
    public record Sections(@JsonUnwrapped RingDescriptor ring) implements OperationResponseBody {}

    /** All sections. */
    @ReadOperation
    public Sections ring() {
        return new Sections(description.describe());
    }

    /** One section under its name; null, which is not found, if there is none of that name now. */
    @ReadOperation
    public @Nullable Map<String, Object> section(@Selector String section) {
        Function<RingDescriptor, @Nullable Object> of = SECTIONS.get(section);
        Object value = of == null ? null : of.apply(description.describe());
        return value == null ? null : OperationResponseBody.of(Map.of(section, value));
    }
}
