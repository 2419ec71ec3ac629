package io.vsring.test.linearizability;

import org.jspecify.annotations.Nullable;

/**
 * One value that can be read, written, and written if it is the expected one.
 *
 * @param initial the value before anything has happened
 */
public record RegisterModel(String initial) implements SequentialModel<String> {

    /** The kind of such objects. */
    public static final String KIND = "register";

    /** The register of this name. */
    public static ObjectKey object(String name) {
        return new ObjectKey(KIND, name);
    }

    /** Answers the value. */
    public static Invocation read() {
        return Invocation.of("read");
    }

    /** Answers nothing. */
    public static Invocation write(String value) {
        return Invocation.of("write", value);
    }

    /** Answers {@code true} if the value was the expected one and is the next one now, {@code false} if not. */
    public static Invocation compareAndSet(String expected, String next) {
        return Invocation.of("compareAndSet", expected, next);
    }

    @Override
    public @Nullable String step(String value, Invocation invocation, Answer answer) {
        return switch (invocation.name()) {
            case "read" -> answer.allows(value) ? value : null;
            case "write" -> answer.allows(null) ? invocation.text(0) : null;
            case "compareAndSet" -> {
                boolean matches = value.equals(invocation.text(0));
                String next = matches ? invocation.text(1) : value;
                yield answer.allows(matches) ? next : null;
            }
            default -> throw invocation.notKnown("read, write, compareAndSet");
        };
    }

    @Override
    public boolean onlyObserves(Invocation invocation, Answer answer) {
        return invocation.name().equals("read") || (invocation.name().equals("compareAndSet") && answer.is(false));
    }
}
