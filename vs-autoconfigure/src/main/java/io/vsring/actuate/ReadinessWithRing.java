package io.vsring.actuate;

import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.actuate.endpoint.SecurityContext;
import org.springframework.boot.health.actuate.endpoint.AdditionalHealthEndpointPath;
import org.springframework.boot.health.actuate.endpoint.HealthEndpointGroup;
import org.springframework.boot.health.actuate.endpoint.HealthEndpointGroups;
import org.springframework.boot.health.actuate.endpoint.HealthEndpointGroupsPostProcessor;
import org.springframework.boot.health.actuate.endpoint.HttpCodeStatusMapper;
import org.springframework.boot.health.actuate.endpoint.StatusAggregator;

/**
 * Takes the ring into the group {@code readiness}, if there is one. Never into {@code liveness}: who is cut off is not
 * helped by being killed.
 *
 * @since 0.1
 */
public final class ReadinessWithRing implements HealthEndpointGroupsPostProcessor {

    private static final String READINESS = "readiness";

    private final String contributor;

    /** @param contributor the name of the ring's health contributor */
    public ReadinessWithRing(String contributor) {
        this.contributor = contributor;
    }

    @Override
    public HealthEndpointGroups postProcessHealthEndpointGroups(HealthEndpointGroups groups) {
        HealthEndpointGroup readiness = groups.get(READINESS);
        return readiness == null ? groups : new Groups(groups, new WithMember(readiness, contributor));
    }

    private record Groups(HealthEndpointGroups others, HealthEndpointGroup readiness) implements HealthEndpointGroups {

        @Override
        public HealthEndpointGroup getPrimary() {
            return others.getPrimary();
        }

        @Override
        public Set<String> getNames() {
            return others.getNames();
        }

        @Override
        public @Nullable HealthEndpointGroup get(String name) {
            return name.equals(READINESS) ? readiness : others.get(name);
        }
    }

    private record WithMember(HealthEndpointGroup group, String contributor) implements HealthEndpointGroup {

        @Override
        public boolean isMember(String name) {
            return name.equals(contributor) || group.isMember(name);
        }

        @Override
        public boolean showComponents(SecurityContext securityContext) {
            return group.showComponents(securityContext);
        }

        @Override
        public boolean showDetails(SecurityContext securityContext) {
            return group.showDetails(securityContext);
        }

        @Override
        public StatusAggregator getStatusAggregator() {
            return group.getStatusAggregator();
        }

        @Override
        public HttpCodeStatusMapper getHttpCodeStatusMapper() {
            return group.getHttpCodeStatusMapper();
        }

        @Override
        public @Nullable AdditionalHealthEndpointPath getAdditionalPath() {
            return group.getAdditionalPath();
        }
    }
}
