package io.vsring.test.campaign;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What a member answered to a call, or what came instead of an answer.
 *
 * @param outcome whether the call was carried out
 * @param reason a word for it: {@code ok}, the type of a problem, or what happened to the connection
 * @param body what was answered; empty if nothing
 */
record Reply(Outcome outcome, String reason, String body) {

    /** Whether a call was carried out. */
    enum Outcome {
        /** It was, and has its answer. */
        DONE,
        /** It was not, and never will be. */
        REFUSED,
        /** It may have been, or may still be. */
        UNKNOWN
    }

    private static final String TYPE = "urn:vsring:problem:";
    private static final int OK = 200;

    /** Sorts an answer by its status and its problem type; what is not promised not to have happened is unknown. */
    static Reply of(int status, String body) {
        if (status == OK) {
            return new Reply(Outcome.DONE, "ok", body);
        }
        String type = field(body, "type");
        String reason = type != null && type.startsWith(TYPE) ? type.substring(TYPE.length()) : "status-" + status;
        return switch (reason) {
            case "absent", "lock-held", "lock-not-held" -> new Reply(Outcome.DONE, reason, body);
            case "not-primary", "member-closed", "refused", "too-large" -> new Reply(Outcome.REFUSED, reason, body);
            case "bad-request" -> throw new IllegalStateException("expected to be understood, found " + body);
            default -> new Reply(Outcome.UNKNOWN, reason, body);
        };
    }

    /** Whether it was carried out and answered with what was asked for. */
    boolean isOk() {
        return outcome == Outcome.DONE && reason.equals("ok");
    }

    /** A value of the answer, or null if it is null there. */
    @Nullable
    String value(String name) {
        return field(body, name);
    }

    /** A number of the answer. */
    long number(String name) {
        String text = field(body, name);
        if (text == null) {
            throw new IllegalStateException("expected a number named " + name + ", found " + body);
        }
        return Long.parseLong(text);
    }

    /** Values of a campaign have no characters that JSON escapes. */
    private static @Nullable String field(String body, String name) {
        Matcher found = Pattern.compile("\"" + name + "\":(?:\"([^\"]*)\"|(true|false|-?[0-9]+))")
                .matcher(body);
        if (!found.find()) {
            return null;
        }
        return found.group(1) != null ? found.group(1) : found.group(2);
    }
}
