package io.vsring.test.linearizability;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What an object answered, as far as its caller knows.
 *
 * @param isTold whether the caller knows it; if not, every answer is possible
 * @param text the answer as a text; null for the answer "nothing", and if it is not told
 */
public record Answer(boolean isTold, @Nullable String text) {

    /** An answer that nobody has seen. */
    public static final Answer UNTOLD = new Answer(false, null);

    /** This answer, written down as {@link String#valueOf(Object)} has it; null stays null. */
    public static Answer of(@Nullable Object value) {
        return new Answer(true, value == null ? null : value.toString());
    }

    /** Whether the object may have answered this: it is what was told, or nothing was told. */
    public boolean allows(@Nullable Object value) {
        return !isTold || Objects.equals(text, value == null ? null : value.toString());
    }

    /** Whether the object surely answered this. */
    public boolean is(@Nullable Object value) {
        return isTold && allows(value);
    }

    @Override
    public String toString() {
        return isTold ? String.valueOf(text) : "?";
    }
}
