package io.vsring.test.linearizability;

import java.util.ArrayList;
import java.util.List;

/**
 * What a client asks of an object. The models make the invocations that they understand, such as
 * {@link CounterModel#add}.
 *
 * @param name of the operation
 * @param arguments as texts
 */
public record Invocation(String name, List<String> arguments) {

    /** Copies the list. */
    public Invocation {
        arguments = List.copyOf(arguments);
    }

    /** An invocation with these arguments, written down as {@link String#valueOf(Object)} has them. */
    public static Invocation of(String name, Object... arguments) {
        List<String> texts = new ArrayList<>(arguments.length);
        for (Object argument : arguments) {
            texts.add(String.valueOf(argument));
        }
        return new Invocation(name, texts);
    }

    /**
     * The argument at that place, from 0.
     *
     * @throws IllegalArgumentException if there are not so many
     */
    public String text(int index) {
        if (index >= arguments.size()) {
            throw new IllegalArgumentException("expected at least " + (index + 1) + " arguments, found " + this);
        }
        return arguments.get(index);
    }

    /**
     * The argument at that place, from 0, as a whole number.
     *
     * @throws IllegalArgumentException if there is none, or it is no number
     */
    public long number(int index) {
        try {
            return Long.parseLong(text(index));
        } catch (NumberFormatException wrong) {
            throw new IllegalArgumentException("expected a whole number as argument " + index + " of " + this, wrong);
        }
    }

    /** For a model that does not know the name: what it knows instead. */
    IllegalArgumentException notKnown(String known) {
        return new IllegalArgumentException("expected one of " + known + ", found " + this);
    }

    @Override
    public String toString() {
        return name + "(" + String.join(", ", arguments) + ")";
    }
}
