package io.vsring.test.simulation;

import io.vsring.ring.RingOptions;
import io.vsring.ring.SeedProvider;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What the members of a simulated cluster are told of where others are: all addresses, unless they have to ask. */
public final class SimulatedSeeds {

    private final ClusterShape shape;
    private final @Nullable SeedProvider[] asked;

    SimulatedSeeds(ClusterShape shape) {
        this.shape = shape;
        this.asked = new @Nullable SeedProvider[shape.slots() + 1];
    }

    /** From its next start on, the member in this slot asks this one, twice in a token-loss time. */
    public void ask(int slot, SeedProvider provider) {
        asked[slot] = provider;
    }

    /** The addresses of all slots, as an answer. */
    public List<String> all() {
        List<String> addresses = new ArrayList<>();
        for (int slot = 1; slot <= shape.slots(); slot++) {
            addresses.add(SimulatedNetwork.addressOf(slot).toString());
        }
        return addresses;
    }

    RingOptions set(RingOptions options, int slot) {
        SeedProvider provider = asked[slot];
        if (provider == null) {
            return options;
        }
        return options.toBuilder()
                .seeds(List.of())
                .seedProvider(provider)
                .seedRefreshInterval(Duration.ofNanos(shape.tokenLossNanos() / 2))
                .build();
    }
}
