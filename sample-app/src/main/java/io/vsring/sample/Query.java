package io.vsring.sample;

import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.convert.DurationStyle;
import org.springframework.http.HttpStatus;

/** What a request says. Nothing is guessed at: a parameter that is misspelled, or given twice, is refused. */
final class Query {

    private final HttpServletRequest request;

    private Query(HttpServletRequest request) {
        this.request = request;
    }

    /**
     * The parameters of a request, whose body has been read if it is to be.
     *
     * @param names of all that there are
     * @throws IllegalArgumentException saying what is wrong
     */
    static Query of(HttpServletRequest request, String... names) {
        Map<String, String[]> parameters;
        try {
            parameters = request.getParameterMap();
        } catch (IllegalStateException e) {
            throw new IllegalArgumentException("the query cannot be read: " + e.getMessage(), e);
        }
        List<String> known = List.of(names);
        parameters.forEach((name, values) -> {
            if (!known.contains(name)) {
                throw new IllegalArgumentException("'" + name + "' is no parameter: there "
                        + (known.isEmpty()
                                ? "are none"
                                : known.size() == 1 ? "is " + known.get(0) : "are " + String.join(" and ", known)));
            }
            if (values.length > 1) {
                throw new IllegalArgumentException("'" + name + "' is given " + values.length + " times: once, please");
            }
        });
        return new Query(request);
    }

    /**
     * The body as text.
     *
     * @throws IllegalArgumentException if it is not UTF-8
     * @throws RefusedException if it is longer than this
     */
    static String body(HttpServletRequest request, int bytesMax) throws IOException {
        byte[] body = request.getInputStream().readNBytes(bytesMax + 1);
        if (body.length > bytesMax) {
            throw new RefusedException(
                    HttpStatus.CONTENT_TOO_LARGE,
                    "too-large",
                    "the body is over the limit of " + bytesMax + " bytes (vs.transport.max-message-size)");
        }
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(body))
                    .toString();
        } catch (CharacterCodingException e) {
            throw new IllegalArgumentException("the body of " + body.length + " bytes is no text in UTF-8", e);
        }
    }

    /** The text of a parameter as it is, or null if there is none. */
    @Nullable
    String text(String name) {
        return request.getParameter(name);
    }

    /** The text of a parameter, or the other one if there is none or a blank one. */
    String text(String name, String otherwise) {
        String value = request.getParameter(name);
        return value == null || value.isBlank() ? otherwise : value;
    }

    /** One of the constants, whatever its case. */
    <E extends Enum<E>> E oneOf(String name, E otherwise) {
        String value = text(name, otherwise.name());
        E[] constants = otherwise.getDeclaringClass().getEnumConstants();
        for (E constant : constants) {
            if (constant.name().equalsIgnoreCase(value)) {
                return constant;
            }
        }
        throw new IllegalArgumentException(name + " is " + spelled(constants) + ", not '" + value + "'");
    }

    private static String spelled(Object[] constants) {
        return String.join(
                        " or ",
                        List.of(constants).stream().map(Object::toString).toList())
                .toLowerCase(Locale.ROOT);
    }

    /** A whole number. */
    long number(String name, String otherwise) {
        String value = text(name, otherwise);
        try {
            return Long.parseLong(value);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException(name + " is a whole number of 64 bits, not '" + value + "'", e);
        }
    }

    /** A time, from nothing to the longest. */
    Duration duration(String name, String otherwise, Duration longest) {
        String value = text(name, otherwise);
        Duration time;
        try {
            time = DurationStyle.detectAndParse(value);
        } catch (IllegalArgumentException | ArithmeticException e) {
            throw new IllegalArgumentException(name + " is a time such as 500ms or 2s, not '" + value + "'", e);
        }
        if (time.isNegative() || time.compareTo(longest) > 0) {
            throw new IllegalArgumentException(name + " is 0s to " + longest.toSeconds() + "s, not '" + value + "'");
        }
        return time;
    }
}
