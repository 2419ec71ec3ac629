package io.vsring.benchmarks;

import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The options of a command line, as texts; asks for numbers tell what is wrong with them. */
final class Arguments {

    private final Map<Option, String> given = new EnumMap<>(Option.class);

    /**
     * @param words {@code --name value}, as often as wanted; the last of a name holds
     * @throws IllegalArgumentException if a name is unknown or a value is missing
     */
    Arguments(List<String> words) {
        for (int at = 0; at < words.size(); at += 2) {
            String word = words.get(at);
            Option option = optionOf(word);
            if (at + 1 == words.size()) {
                throw new IllegalArgumentException(
                        word + " needs a value: " + option.help().strip());
            }
            given.put(option, words.get(at + 1));
        }
    }

    private static Option optionOf(String word) {
        for (Option option : Option.values()) {
            if (word.equals("--" + option.word())) {
                return option;
            }
        }
        throw new IllegalArgumentException("unknown option '" + word + "': see --help");
    }

    /** What was given; null if nothing was. */
    @Nullable
    String given(Option option) {
        return given.get(option);
    }

    /** The value, or the option's own default; null if there is neither. */
    @Nullable
    String text(Option option) {
        String value = given.get(option);
        return value != null ? value : option.fallback();
    }

    /** As {@link #text(Option)}, with a default for what has none. */
    String text(Option option, String otherwise) {
        String value = text(option);
        return value != null ? value : otherwise;
    }

    /**
     * A whole number.
     *
     * @throws IllegalArgumentException if it is not one, or less than the smallest
     */
    int number(Option option, int smallest, int otherwise) {
        String text = text(option);
        if (text == null) {
            return otherwise;
        }
        try {
            int value = Integer.parseInt(text);
            if (value >= smallest) {
                return value;
            }
        } catch (NumberFormatException e) {
            throw refused(option, "a whole number", text);
        }
        throw refused(option, "at least " + smallest, text);
    }

    /**
     * A time in nanoseconds that was given in seconds, fractions allowed.
     *
     * @throws IllegalArgumentException if it is not a number, or negative
     */
    long nanosOfSeconds(Option option, String otherwise) {
        String text = text(option, otherwise);
        try {
            double seconds = Double.parseDouble(text);
            if (seconds >= 0 && seconds <= 86_400) {
                return Math.round(seconds * 1e9);
            }
        } catch (NumberFormatException e) {
            throw refused(option, "a number of seconds", text);
        }
        throw refused(option, "0 to 86400 seconds", text);
    }

    /**
     * One of the constants of an enum, by its name in small letters.
     *
     * @throws IllegalArgumentException if it is none of them
     */
    <E extends Enum<E>> E word(Option option, Class<E> type) {
        return word(option, type, "");
    }

    /** As {@link #word(Option, Class)}, with a default for what has none. */
    <E extends Enum<E>> E word(Option option, Class<E> type, String otherwise) {
        String text = text(option, otherwise);
        for (E constant : type.getEnumConstants()) {
            if (constant.name().toLowerCase(Locale.ROOT).equals(text)) {
                return constant;
            }
        }
        throw refused(
                option, "one of " + List.of(type.getEnumConstants()).toString().toLowerCase(Locale.ROOT), text);
    }

    private static IllegalArgumentException refused(Option option, String expected, String found) {
        return new IllegalArgumentException("--" + option.word() + " must be " + expected + ", not '" + found + "'");
    }
}
