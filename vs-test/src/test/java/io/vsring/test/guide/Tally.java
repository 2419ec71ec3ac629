package io.vsring.test.guide;

import io.vsring.ConfigurationChange;
import io.vsring.Delivery;
import io.vsring.ring.RingHandler;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;

/** What every member makes of the same messages: votes by candidate, each member's last one. */
final class Tally implements RingHandler {

    private final Map<Integer, String> votes = new TreeMap<>();

    @Override
    public void onMessage(Delivery vote) {
        votes.put(vote.sender().id(), new String(vote.toByteArray(), StandardCharsets.UTF_8));
    }

    @Override
    public void onConfigurationChange(ConfigurationChange change) {
        // votes stay with those who gave them
    }

    Map<Integer, String> votes() {
        return votes;
    }
}
