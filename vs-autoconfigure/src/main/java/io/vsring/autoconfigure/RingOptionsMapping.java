package io.vsring.autoconfigure;

import io.vsring.ring.DnsSeeds;
import io.vsring.ring.RingOptions;
import io.vsring.ring.RingOptionsBuilder;
import io.vsring.ring.SeedProvider;
import io.vsring.security.Keyring;
import io.vsring.spring.OnDeliver;
import java.io.File;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.PropertyMapper;
import org.springframework.boot.convert.DurationStyle;
import org.springframework.context.SmartLifecycle;
import org.springframework.util.StringUtils;
import org.springframework.util.unit.DataSize;

/** Turns properties into the ring's options and collects everything that is wrong with them on the way. */
final class RingOptionsMapping {

    private static final Pattern PORTS = Pattern.compile("(\\d{1,5})(?:-(\\d{1,5}))?");
    private static final Pattern PATH = Pattern.compile("(/[A-Za-z0-9_~-][A-Za-z0-9._~-]*)+");
    private static final Duration TIME_MAX = Duration.ofDays(365);

    /** Spring Boot's, in which its web server opens. */
    private static final int WEB_SERVER_PHASE = SmartLifecycle.DEFAULT_PHASE - 2048;

    private static final long MEMBER_ID_MAX = 0xFFFF_FFFFL;

    private final RingProperties properties;
    private final String applicationName;
    private final List<String> seeds;
    private final @Nullable SeedProvider provider;
    private final ConfiguredKeys keys;
    private final List<String> violations = new ArrayList<>();

    /**
     * A mapping to be used once.
     *
     * @param applicationName the name of the cluster if the properties have none; may be empty
     * @param seeds where others are
     * @param provider knows better where they are; null if nobody does
     * @param keys those of the properties
     */
    RingOptionsMapping(
            RingProperties properties,
            String applicationName,
            List<String> seeds,
            @Nullable SeedProvider provider,
            ConfiguredKeys keys) {
        this.properties = properties;
        this.applicationName = applicationName;
        this.seeds = seeds;
        this.provider = provider;
        this.keys = keys;
    }

    /**
     * The options.
     *
     * @throws InvalidRingPropertiesException naming all that is wrong
     */
    RingOptions options(List<RingOptionsCustomizer> customizers) {
        RingOptionsBuilder builder = RingOptions.builder();
        identity(builder);
        transport(properties.transport(), builder);
        protocol(properties.ring(), builder);
        discovery(properties.discovery(), builder);
        security(properties.security(), builder);
        builder.traceFile(path(properties.trace().file()));
        spring();
        customizers.forEach(customizer -> customizer.customize(builder));
        try {
            RingOptions options = builder.build();
            if (violations.isEmpty()) {
                return options;
            }
        } catch (IllegalArgumentException e) {
            violations.addAll(String.valueOf(e.getMessage())
                    .lines()
                    .map(RingOptionsMapping::withoutDash)
                    .toList());
        }
        throw new InvalidRingPropertiesException(violations);
    }

    private void security(RingProperties.Security security, RingOptionsBuilder builder) {
        Keyring keyring = keys.read(violations::add);
        boolean isUnreadable = keyring == null && keys.areGiven();
        if (isUnreadable || security.mode() == RingProperties.SecurityMode.INSECURE_PLAINTEXT) {
            // Whoever gives keys that are wrong need not be told as well that there are none: these options are
            // refused.
            builder.insecurePlaintext();
        }
        builder.keyring(keyring);
        if (security.reload().isNegative() || security.reload().compareTo(TIME_MAX) > 0) {
            violations.add("vs.security.reload must be 0, for never, to " + TIME_MAX.toDays() + " days, not "
                    + security.reload());
        }
    }

    private void identity(RingOptionsBuilder builder) {
        String name = properties.clusterName();
        if (name != null) {
            builder.clusterName(name);
        } else if (!applicationName.isBlank()) {
            builder.clusterName(applicationName);
        }
        Long id = properties.memberId();
        if (id == null) {
            return;
        }
        if (id < 1 || id > MEMBER_ID_MAX) {
            violations.add("vs.member-id must be 1 to " + MEMBER_ID_MAX + ", not " + id);
        } else {
            builder.memberId(id.intValue());
        }
    }

    private void transport(RingProperties.Transport transport, RingOptionsBuilder builder) {
        PropertyMapper map = PropertyMapper.get();
        map.from(transport::bindAddress).to(builder::bindAddress);
        map.from(transport::port).to(port -> ports(port, builder));
        map.from(transport::advertisedAddress).to(builder::advertisedHost);
        map.from(transport::advertisedPort).to(builder::advertisedPort);
        map.from(transport::multicastGroup).to(builder::multicastGroup);
        map.from(transport::multicastInterface).to(builder::multicastInterface);
        builder.multicastTtl(transport.multicastTtl())
                .nativeMode(transport.nativeMode())
                .busyPoll(transport.busyPoll());
        bytes("vs.transport.mtu", transport.mtu(), builder::frameBytes);
        bytes("vs.transport.receive-buffer", transport.receiveBuffer(), builder::receiveBufferBytes);
        bytes("vs.transport.send-buffer", transport.sendBuffer(), builder::sendBufferBytes);
        bytes("vs.transport.max-message-size", transport.maxMessageSize(), builder::maxMessageBytes);
    }

    private void discovery(RingProperties.Discovery discovery, RingOptionsBuilder builder) {
        builder.seedRefreshInterval(discovery.refreshInterval());
        if (provider != null) {
            builder.seedProvider(provider);
            return;
        }
        builder.seeds(seeds);
        String name = discovery.dns().name();
        if (!StringUtils.hasText(name)) {
            return;
        }
        if (!seeds.isEmpty()) {
            violations.add("vs.discovery.seeds " + seeds + " and vs.discovery.dns.name '" + name
                    + "' cannot both say where others are: leave one of them out");
            return;
        }
        try {
            builder.seedProvider(dns(name, discovery.dns()));
        } catch (IllegalArgumentException e) {
            violations.add(String.valueOf(e.getMessage()));
        }
    }

    private static DnsSeeds dns(String name, RingProperties.Dns dns) {
        DnsSeeds seeds = switch (dns.recordType()) {
            case A -> DnsSeeds.ofAddresses(name);
            case SRV -> DnsSeeds.ofServices(name);
        };
        return seeds.askedAt(dns.servers());
    }

    private void protocol(RingProperties.Protocol ring, RingOptionsBuilder builder) {
        builder.formationWait(ring.formationWait())
                .leaveTimeout(ring.leaveTimeout())
                .tokenLossTimeout(ring.tokenLossTimeout())
                .tokenRetransmitTimeout(ring.tokenRetransmitTimeout())
                .holdTimeout(ring.holdTimeout())
                .consensusTimeout(ring.consensusTimeout())
                .commitLossTimeout(ring.commitLossTimeout())
                .joinInterval(ring.joinInterval())
                .mergeInterval(ring.mergeInterval())
                .slowMemberTimeout(ring.slowMemberTimeout())
                .visitFrames(ring.visitFrames())
                .acceleratedFrames(ring.acceleratedFrames())
                .deliveryLaneFrames(ring.deliveryLaneFrames())
                .stateDirectory(path(ring.stateDir()));
        PropertyMapper.get().from(ring::windowFrames).to(builder::windowFrames);
        PropertyMapper.get().from(ring::sendQueueSize).as(DataSize::toBytes).to(builder::sendQueueBytes);
    }

    /** What only the Spring side knows. */
    private void spring() {
        time("vs.startup-timeout", properties.startupTimeout());
        time("vs.shutdown-timeout", properties.shutdownTimeout());
        time("vs.template.send-timeout", properties.template().sendTimeout());
        time("vs.replication.call-timeout", properties.replication().callTimeout());
        time("vs.listener.slow-threshold", properties.listener().slowThreshold());
        if (properties.quorum().expectedMembers() < 0) {
            violations.add("vs.quorum.expected-members must be the number of members that there are to be, or 0 if"
                    + " nobody knows, not " + properties.quorum().expectedMembers());
        }
        violations.addAll(new DeclaredObjects(properties).violations());
        positive("vs.listener.queue-capacity", properties.listener().queueCapacity());
        positive("vs.listener.queue-size", properties.listener().queueSize().toBytes());
        defaultGroup(properties.template().defaultGroup());
        if (!PATH.matcher(properties.page().path()).matches()) {
            violations.add("vs.page.path must be a path such as /ring or /admin/ring, not '"
                    + properties.page().path() + "'");
        }
        if (properties.phase() >= WEB_SERVER_PHASE) {
            violations.add("vs.phase must be lower than " + WEB_SERVER_PHASE + ", not " + properties.phase()
                    + ": requests would come in before the member is on its ring");
        }
    }

    private void defaultGroup(String group) {
        int bytes = group.getBytes(StandardCharsets.UTF_8).length;
        if (group.isBlank()
                || bytes > RingOptions.GROUP_BYTES_MAX
                || group.equals(OnDeliver.ALL_GROUPS)
                || group.startsWith("vs.")) {
            violations.add(
                    "vs.template.default-group must be the name of one group, 1 to " + RingOptions.GROUP_BYTES_MAX
                            + " bytes of UTF-8 that do not begin with \"vs.\", not '" + group + "'");
        }
    }

    private void ports(String text, RingOptionsBuilder builder) {
        Matcher matcher = PORTS.matcher(text.strip());
        if (!matcher.matches()) {
            violations.add("vs.transport.port must be a port, a range such as 7460-7469, or 0 for any free one, not '"
                    + text + "'");
            return;
        }
        int from = Integer.parseInt(matcher.group(1));
        builder.ports(from, matcher.group(2) == null ? from : Integer.parseInt(matcher.group(2)));
    }

    private void bytes(String property, DataSize size, Consumer<Integer> option) {
        if (size.toBytes() > Integer.MAX_VALUE) {
            violations.add(property + " must be less than 2GB, not " + size.toBytes() + " bytes");
        } else {
            option.accept((int) size.toBytes());
        }
    }

    private void time(String property, Duration time) {
        if (time.compareTo(Duration.ofMillis(1)) < 0 || time.compareTo(TIME_MAX) > 0) {
            ChronoUnit unit = time.compareTo(Duration.ofHours(1)) < 0 ? ChronoUnit.MILLIS : ChronoUnit.HOURS;
            violations.add(property + " must be 1ms to " + TIME_MAX.toDays() + " days, not "
                    + DurationStyle.SIMPLE.print(time, unit));
        }
    }

    private void positive(String property, long value) {
        if (value <= 0) {
            violations.add(property + " must be positive, not " + value);
        }
    }

    private static @Nullable Path path(@Nullable File file) {
        return file == null ? null : file.toPath();
    }

    private static String withoutDash(String line) {
        return line.startsWith("- ") ? line.substring(2) : line;
    }
}
