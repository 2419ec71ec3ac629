package io.vsring.sample;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.vsring.Guarantee;
import io.vsring.replicated.Codec;
import io.vsring.replicated.ReplicatedMap;
import io.vsring.replicated.ReplicatedObjects;
import io.vsring.ring.RingOptions;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Replicated maps of text, by any name. {@link Problems} says what is answered when something was not carried out. */
@RestController
@RequestMapping(path = "/maps/{map}/{key}", produces = MediaType.APPLICATION_JSON_VALUE)
class MapsController {

    private static final String GUARANTEE = "guarantee";
    private static final String READ = "read";
    private static final String EXPECT = "expect";
    private static final String VALUE = "value";

    private final ReplicatedObjects objects;
    private final RingOptions options;

    MapsController(ReplicatedObjects objects, RingOptions options) {
        this.objects = objects;
        this.options = options;
    }

    /**
     * What a key has.
     *
     * @param stale true if that is what it had when this member was last in a primary component; else left out
     */
    record Value(
            String value,
            @JsonInclude(JsonInclude.Include.NON_DEFAULT) boolean stale) {}

    /** What a key had before; null if nothing. */
    record Previous(@Nullable String previous) {}

    /** Whether it was as expected, and has been changed. */
    record Done(boolean done) {}

    @GetMapping
    Value get(@PathVariable String map, @PathVariable String key, HttpServletRequest request) {
        Query query = Query.of(request, READ);
        ReplicatedMap<String, String> asked = map(map, Guarantee.SAFE);
        boolean ordered = query.oneOf(READ, ReadMode.LOCAL) == ReadMode.ORDERED;
        boolean stale = !ordered && !objects.status().isPrimary(); // before the read: it may be younger, not older
        String value = ordered ? asked.getOrdered(key) : asked.get(key);
        if (value == null) {
            throw new RefusedException(
                    HttpStatus.NOT_FOUND, "absent", "the map '" + map + "' has nothing for the key '" + key + "'");
        }
        return new Value(value, stale);
    }

    /** Sets the key to the body. */
    @PutMapping
    Previous put(@PathVariable String map, @PathVariable String key, HttpServletRequest request) throws IOException {
        // Before any parameter is asked for: the server may take a form for parameters, and curl -d sends forms.
        String value = Query.body(request, options.maxMessageBytes());
        return new Previous(map(map, guarantee(Query.of(request, GUARANTEE))).put(key, value));
    }

    @DeleteMapping
    Previous remove(@PathVariable String map, @PathVariable String key, HttpServletRequest request) {
        return new Previous(map(map, guarantee(Query.of(request, GUARANTEE))).remove(key));
    }

    /** Sets the key if it has the expected value; without one, if it has none. */
    @PostMapping("/cas")
    Done compareAndSet(@PathVariable String map, @PathVariable String key, HttpServletRequest request) {
        Query query = Query.of(request, EXPECT, VALUE, GUARANTEE);
        String expected = query.text(EXPECT);
        String value = query.text(VALUE);
        if (value == null) {
            throw new IllegalArgumentException("value is missing: what the key is to have");
        }
        ReplicatedMap<String, String> changed = map(map, guarantee(query));
        return new Done(
                expected == null ? changed.putIfAbsent(key, value) == null : changed.replace(key, expected, value));
    }

    private ReplicatedMap<String, String> map(String name, Guarantee guarantee) {
        return objects.map(name, Codec.strings(), Codec.strings(), guarantee);
    }

    private static Guarantee guarantee(Query query) {
        return query.oneOf(GUARANTEE, Guarantee.SAFE);
    }
}
