package io.vsring.page;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.vsring.actuate.RingDescriptor;
import java.util.List;

/**
 * One look at a member and its ring, as JSON for the page.
 *
 * @param at when, in milliseconds of this machine's clock
 * @param ring as this member sees it
 * @param reports what members have told of themselves
 * @param malformedReports how many messages in their group meant nothing
 */
record PageSnapshot(
        long at,

        @JsonIgnoreProperties({"history", "network", "maps"})
        RingDescriptor ring,

        List<MemberRow> reports,
        @JsonUnwrapped ObjectsView.Found objects,
        long malformedReports) {

    /**
     * The last report of a member, and how old it is.
     *
     * @param saidAt the number of the frame that brought it: so far the ring was when the member had said it
     */
    record MemberRow(
            String member,
            long ageMillis,
            long saidAt,
            @JsonUnwrapped PageMessage.Report report) {}
}
