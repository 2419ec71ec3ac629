package io.vsring.sample;

import io.vsring.spring.RingOperations;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Duration;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** Stops a member, or makes it pause. Answers when the order to do so is on its way. */
@RestController
@RequestMapping(path = "/controls", produces = MediaType.APPLICATION_JSON_VALUE)
class ControlsController {

    private static final String MEMBER = "member";
    private static final String FOR = "for";
    private static final Duration PAUSE_MAX = Duration.ofMinutes(1);

    private final MemberControls controls;
    private final RingOperations ring;

    ControlsController(MemberControls controls, RingOperations ring) {
        this.controls = controls;
        this.ring = ring;
    }

    /** This member if no other is named. */
    @PostMapping("/stop")
    @ResponseStatus(HttpStatus.ACCEPTED)
    void stop(HttpServletRequest request) {
        controls.stop(member(Query.of(request, MEMBER)));
    }

    /** This member if no other is named, for five seconds if nothing else is said. */
    @PostMapping("/pause")
    @ResponseStatus(HttpStatus.ACCEPTED)
    void pause(HttpServletRequest request) {
        Query query = Query.of(request, MEMBER, FOR);
        controls.pause(member(query), query.duration(FOR, "5s", PAUSE_MAX));
    }

    private String member(Query query) {
        String member = query.text(MEMBER, ring.status().local().id().toString());
        if (ring.status().members().stream()
                .noneMatch(each -> each.id().toString().equals(member))) {
            throw new IllegalArgumentException("'" + member + "' is no member of this ring: there are "
                    + ring.status().members());
        }
        return member;
    }
}
