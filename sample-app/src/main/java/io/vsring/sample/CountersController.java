package io.vsring.sample;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.vsring.Guarantee;
import io.vsring.replicated.ReplicatedCounter;
import io.vsring.replicated.ReplicatedObjects;
import jakarta.servlet.http.HttpServletRequest;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Replicated counters, by any name. {@link Problems} says what is answered when something was not carried out. */
@RestController
@RequestMapping(path = "/counters/{counter}", produces = MediaType.APPLICATION_JSON_VALUE)
class CountersController {

    private static final String ADD = "add";
    private static final String GUARANTEE = "guarantee";
    private static final String READ = "read";

    private final ReplicatedObjects objects;

    CountersController(ReplicatedObjects objects) {
        this.objects = objects;
    }

    /**
     * What a counter has come to.
     *
     * @param stale true if that is how it was when this member was last in a primary component; else left out
     */
    record Value(
            long value,
            @JsonInclude(JsonInclude.Include.NON_DEFAULT) boolean stale) {}

    @GetMapping
    Value get(@PathVariable String counter, HttpServletRequest request) {
        ReadMode mode = Query.of(request, READ).oneOf(READ, ReadMode.LOCAL);
        ReplicatedCounter asked = objects.counter(counter);
        if (mode == ReadMode.ORDERED) {
            return new Value(asked.getOrdered(), false);
        }
        boolean stale = !objects.status().isPrimary(); // before the read: it may be younger, not older
        return new Value(asked.get(), stale);
    }

    /** Adds a number, 1 by default, and answers with the sum. */
    @PostMapping
    Value add(@PathVariable String counter, HttpServletRequest request) {
        Query query = Query.of(request, ADD, GUARANTEE);
        long delta = query.number(ADD, "1");
        Guarantee guarantee = query.oneOf(GUARANTEE, Guarantee.SAFE);
        return new Value(objects.counter(counter, guarantee).addAndGet(delta), false);
    }
}
