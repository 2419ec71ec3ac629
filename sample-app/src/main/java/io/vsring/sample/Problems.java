package io.vsring.sample;

import io.vsring.replicated.NotPrimaryException;
import io.vsring.replicated.ReplicaException;
import io.vsring.ring.RingClosedException;
import io.vsring.ring.RingException;
import java.net.URI;
import org.springframework.http.HttpStatus;
import org.springframework.http.ProblemDetail;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;

/**
 * What is answered when a call of a replicated object was not carried out, or may not have been. Types are stable.
 *
 * <ul>
 *   <li>503 {@code not-primary}, {@code member-closed}: nothing has been changed and nothing will be
 *   <li>504 {@code outcome-unknown}: it may have been carried out, or may still be
 *   <li>4xx: nothing has been changed; {@code absent}, {@code lock-held}, {@code lock-not-held}, {@code refused},
 *       {@code too-large}, {@code bad-request}
 * </ul>
 */
@RestControllerAdvice(
        assignableTypes = {
            MapsController.class,
            CountersController.class,
            LocksController.class,
            ControlsController.class
        })
class Problems {

    private static final String TYPE = "urn:vsring:problem:";

    @ExceptionHandler
    ProblemDetail failed(RingException failure) {
        if (failure instanceof NotPrimaryException) {
            return problem(HttpStatus.SERVICE_UNAVAILABLE, "not-primary", failure);
        }
        if (failure instanceof RingClosedException) {
            return problem(HttpStatus.SERVICE_UNAVAILABLE, "member-closed", failure);
        }
        if (failure instanceof ReplicaException) {
            return problem(HttpStatus.UNPROCESSABLE_CONTENT, "refused", failure);
        }
        return problem(HttpStatus.GATEWAY_TIMEOUT, "outcome-unknown", failure); // whatever is not known to be refused
    }

    @ExceptionHandler
    ProblemDetail refused(RefusedException refusal) {
        return problem(refusal.status(), refusal.type(), refusal);
    }

    @ExceptionHandler
    ProblemDetail refused(IllegalArgumentException refusal) {
        return problem(HttpStatus.BAD_REQUEST, "bad-request", refusal);
    }

    private static ProblemDetail problem(HttpStatus status, String type, RuntimeException why) {
        ProblemDetail problem = ProblemDetail.forStatusAndDetail(status, String.valueOf(why.getMessage()));
        problem.setType(URI.create(TYPE + type));
        return problem;
    }
}
