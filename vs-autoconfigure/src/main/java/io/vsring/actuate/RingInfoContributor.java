package io.vsring.actuate;

import io.vsring.replicated.ReplicatedObjects;
import io.vsring.ring.RingClosedException;
import io.vsring.ring.RingOptions;
import io.vsring.ring.RingStatus;
import java.util.LinkedHashMap;
import java.util.Map;
import org.springframework.boot.actuate.info.Info;
import org.springframework.boot.actuate.info.InfoContributor;

/**
 * {@code ring} in {@code /actuator/info}: which ring this is, who of it, and how many they are.
 *
 * @since 0.1
 */
public final class RingInfoContributor implements InfoContributor {

    private final ReplicatedObjects objects;
    private final RingOptions options;

    /** Of whatever member is behind these objects when it is asked. */
    public RingInfoContributor(ReplicatedObjects objects, RingOptions options) {
        this.objects = objects;
        this.options = options;
    }

    @Override
    public void contribute(Info.Builder builder) {
        Map<String, Object> ring = new LinkedHashMap<>();
        ring.put("cluster", options.clusterName());
        try {
            RingStatus status = objects.ring().status();
            ring.put("member", status.local().id().toString());
            ring.put("members", status.configuration().members().size());
        } catch (RingClosedException none) {
            ring.put("members", 0);
        }
        builder.withDetail("ring", ring);
    }
}
