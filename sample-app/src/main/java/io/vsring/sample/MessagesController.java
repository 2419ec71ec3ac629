package io.vsring.sample;

import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import io.vsring.Guarantee;
import io.vsring.Receipt;
import io.vsring.ring.MessageTooLargeException;
import io.vsring.ring.OutcomeUnknownException;
import io.vsring.ring.RingClosedException;
import io.vsring.ring.RingException;
import io.vsring.ring.RingOptions;
import io.vsring.spring.RingOperations;
import io.vsring.spring.SendQueueFullException;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.context.request.async.AsyncRequestTimeoutException;

/** Multicasts what is posted, and shows what was delivered. */
@RestController
@RequestMapping(path = "/messages", produces = MediaType.APPLICATION_JSON_VALUE)
class MessagesController {

    private static final String GROUP = "group";
    private static final String GUARANTEE = "guarantee";

    private final RingOperations ring;
    private final RingOptions options;
    private final Timeline timeline;

    MessagesController(RingOperations ring, RingOptions options, Timeline timeline) {
        this.ring = ring;
        this.options = options;
        this.timeline = timeline;
    }

    /** The last messages and configurations, in order. */
    @GetMapping
    List<TimelineEntry> timeline() {
        return timeline.entries();
    }

    /** Multicasts the body and answers with its place in the order, once it has been delivered here. */
    @PostMapping
    CompletableFuture<ResponseEntity<?>> multicast(HttpServletRequest request) throws IOException {
        // Before any parameter is asked for: the server would take a form for parameters, and curl -d sends forms.
        byte[] body = request.getInputStream().readNBytes(options.maxMessageBytes() + 1);
        Query query = Query.of(request, GROUP, GUARANTEE);
        String group = query.text(GROUP, "default");
        Guarantee guarantee = query.oneOf(GUARANTEE, Guarantee.AGREED);
        return ring.send(group, body, guarantee).thenApply(MessagesController::answer);
    }

    /**
     * A message in the order.
     *
     * @param configuration the configuration in which it was delivered here
     * @param kind whether that is a regular one
     * @param members who is in it
     * @param sequence the sequence number of the frame that ended the message
     * @param index its place among the messages that end in that frame
     */
    @JsonPropertyOrder({"configuration", "kind", "members", "sequence", "index"})
    record Position(String configuration, String kind, List<String> members, long sequence, int index) {

        static Position of(Receipt receipt) {
            TimelineEntry.Configuration configuration = TimelineEntry.Configuration.of(receipt.configuration());
            return new Position(
                    configuration.id(),
                    configuration.kind(),
                    configuration.members(),
                    receipt.sequence(),
                    receipt.index());
        }
    }

    static ResponseEntity<?> answer(Receipt receipt) {
        Position position = Position.of(receipt);
        if (receipt.guarantee() == Guarantee.AGREED || !receipt.configuration().isTransitional()) {
            return ResponseEntity.ok(position);
        }
        ProblemDetail problem = ProblemDetail.forStatusAndDetail(
                HttpStatus.GATEWAY_TIMEOUT,
                "The ring broke before all its members were known to hold the message. Those that are named do, and"
                        + " have it in their order; the others may or may not.");
        problem.setProperty("position", position);
        problem.setProperty("members", position.members());
        return ResponseEntity.of(problem).build();
    }

    @ExceptionHandler
    ProblemDetail failed(RingException failure) {
        HttpStatus status = HttpStatus.INTERNAL_SERVER_ERROR;
        if (failure instanceof MessageTooLargeException) {
            status = HttpStatus.CONTENT_TOO_LARGE;
        } else if (failure instanceof RingClosedException || failure instanceof SendQueueFullException) {
            status = HttpStatus.SERVICE_UNAVAILABLE;
        } else if (failure instanceof OutcomeUnknownException) {
            status = HttpStatus.GATEWAY_TIMEOUT;
        }
        ProblemDetail problem = ProblemDetail.forStatusAndDetail(status, String.valueOf(failure.getMessage()));
        problem.setProperty("outcome", failure instanceof OutcomeUnknownException ? "unknown" : "nothing was sent");
        return problem;
    }

    /** Not 503, as Spring has it: the message is on its way, and whoever sent it again would send it twice. */
    @ExceptionHandler
    ProblemDetail late(AsyncRequestTimeoutException late) {
        ProblemDetail problem = ProblemDetail.forStatusAndDetail(
                HttpStatus.GATEWAY_TIMEOUT,
                "The message was accepted but not delivered here in time; it may still be.");
        problem.setProperty("outcome", "unknown");
        return problem;
    }

    @ExceptionHandler
    ProblemDetail refused(IllegalArgumentException refusal) {
        return ProblemDetail.forStatusAndDetail(HttpStatus.BAD_REQUEST, String.valueOf(refusal.getMessage()));
    }
}
