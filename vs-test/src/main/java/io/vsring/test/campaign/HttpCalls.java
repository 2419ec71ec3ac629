package io.vsring.test.campaign;

import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Calls of the sample application over HTTP, each made once: none is repeated on its own. Any thread. */
final class HttpCalls {

    private static final Duration CONNECT = Duration.ofSeconds(1);
    private static final Duration ANSWER = Duration.ofSeconds(5);

    private static final Pattern REJECTED = Pattern.compile("\"rejected\":\\{([^}]*)\\}");
    private static final Pattern REASON = Pattern.compile("\"(\\w+)\":(\\d+)");

    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(CONNECT)
            .build();

    /** Calls and waits for the answer, or for what comes instead, not longer than some seconds. */
    Reply call(MemberSlot member, String method, String path, String body) throws InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create(member.url() + path))
                .timeout(ANSWER)
                .method(
                        method,
                        body.isEmpty()
                                ? HttpRequest.BodyPublishers.noBody()
                                : HttpRequest.BodyPublishers.ofString(body))
                .build();
        try {
            HttpResponse<String> response = http.send(request, HttpResponse.BodyHandlers.ofString());
            return Reply.of(response.statusCode(), response.body());
        } catch (ConnectException | HttpConnectTimeoutException unsent) {
            return new Reply(Reply.Outcome.REFUSED, "no-connection", "");
        } catch (HttpTimeoutException late) {
            return new Reply(Reply.Outcome.UNKNOWN, "no-answer", "");
        } catch (IOException broken) {
            return new Reply(Reply.Outcome.UNKNOWN, "connection-lost", "");
        }
    }

    /** What time it is for a member; null if it does not say. */
    @Nullable
    Instant clock(MemberSlot member) throws InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create(member.url() + "/counters/probe"))
                .timeout(ANSWER)
                .build();
        try {
            return http.send(request, HttpResponse.BodyHandlers.discarding())
                    .headers()
                    .firstValue("Date")
                    .map(date -> Instant.from(DateTimeFormatter.RFC_1123_DATE_TIME.parse(date)))
                    .orElse(null);
        } catch (IOException silent) {
            return null;
        }
    }

    /** What the envelope of a member has not let in, by reason; null if it does not say. */
    @Nullable
    Map<String, Long> rejected(MemberSlot member) throws InterruptedException {
        Matcher all = REJECTED.matcher(call(member, "GET", "/actuator/ring", "").body());
        if (!all.find()) {
            return null;
        }
        Map<String, Long> rejected = new TreeMap<>();
        Matcher each = REASON.matcher(all.group(1));
        while (each.find()) {
            rejected.put(each.group(1).toLowerCase(Locale.ROOT), Long.valueOf(each.group(2)));
        }
        return rejected;
    }

    /** Whether a member answers in the order of all, that is, is primary and has the state. */
    boolean isPrimary(MemberSlot member) throws InterruptedException {
        return call(member, "GET", "/counters/probe?read=ordered", "").isOk();
    }
}
