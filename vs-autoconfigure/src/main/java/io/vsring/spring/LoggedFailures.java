package io.vsring.spring;

import io.vsring.Delivery;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Writes what went wrong in listeners to the log: where in the order, never the bytes. */
final class LoggedFailures implements ListenerErrorHandler {

    private static final Logger log = LoggerFactory.getLogger(LoggedFailures.class);

    @Override
    public void onFailure(ListenerFailure failure) {
        String what = failure.kind() == ListenerFailure.Kind.THROWN ? "failed" : "was not called";
        Delivery delivery = failure.delivery();
        if (delivery == null) {
            log.error(
                    "member={} listener={} {} {} on a configuration change",
                    failure.member(),
                    failure.listenerId(),
                    HandlerSignature.describe(failure.method()),
                    what,
                    failure.cause());
            return;
        }
        log.error(
                "member={} listener={} {} {}: group={} sender={} configuration={} sequence={} index={} length={}",
                failure.member(),
                failure.listenerId(),
                HandlerSignature.describe(failure.method()),
                what,
                delivery.group(),
                delivery.sender(),
                delivery.configuration().id(),
                delivery.sequence(),
                delivery.index(),
                delivery.length(),
                failure.cause());
    }
}
