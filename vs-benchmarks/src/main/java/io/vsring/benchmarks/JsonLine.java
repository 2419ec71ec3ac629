package io.vsring.benchmarks;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.OptionalDouble;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** One flat JSON object on one line. */
final class JsonLine {

    private static final MathContext DIGITS = new MathContext(6);

    private final StringBuilder text = new StringBuilder("{");

    JsonLine put(String name, String value) {
        name(name);
        quote(value);
        return this;
    }

    JsonLine put(String name, long value) {
        name(name);
        text.append(value);
        return this;
    }

    /** A number with six digits; what is not a number becomes null. */
    JsonLine put(String name, double value) {
        name(name);
        if (Double.isNaN(value) || Double.isInfinite(value)) {
            text.append("null");
        } else {
            text.append(rounded(value));
        }
        return this;
    }

    private static String rounded(double value) {
        BigDecimal exact = BigDecimal.valueOf(value);
        int whole = exact.precision() - exact.scale();
        BigDecimal rounded = exact.round(whole > DIGITS.getPrecision() ? new MathContext(whole) : DIGITS);
        return rounded.signum() == 0 ? "0" : rounded.stripTrailingZeros().toPlainString();
    }

    private void name(String name) {
        if (text.length() > 1) {
            text.append(',');
        }
        quote(name);
        text.append(':');
    }

    private void quote(String value) {
        text.append('"');
        for (int at = 0; at < value.length(); at++) {
            char character = value.charAt(at);
            if (character == '"' || character == '\\') {
                text.append('\\').append(character);
            } else if (character < ' ') {
                text.append(String.format("\\u%04x", (int) character));
            } else {
                text.append(character);
            }
        }
        text.append('"');
    }

    /** The number of this name in a line that was written here; empty if it is null or not there. */
    static OptionalDouble number(String line, String name) {
        Matcher matcher =
                Pattern.compile("\"" + Pattern.quote(name) + "\":(-?[0-9.]+)").matcher(line);
        return matcher.find() ? OptionalDouble.of(Double.parseDouble(matcher.group(1))) : OptionalDouble.empty();
    }

    @Override
    public String toString() {
        return text + "}";
    }
}
