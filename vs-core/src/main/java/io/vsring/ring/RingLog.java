package io.vsring.ring;

import io.vsring.ConfigurationChange;
import io.vsring.Member;
import io.vsring.MemberAddress;
import io.vsring.MemberId;
import io.vsring.MemberSet;
import io.vsring.RingConfiguration;
import io.vsring.RingId;
import io.vsring.protocol.DropReason;
import io.vsring.protocol.GatherReason;
import io.vsring.protocol.StateName;
import io.vsring.security.Keyring;
import io.vsring.security.Rejection;
import io.vsring.wire.Datagram;
import io.vsring.wire.MalformedDatagramException;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a member writes into the log: who and where first, then one fact.
 *
 * <p>Loop thread, but for {@link #callbackFailed} and {@link #stillBusy}.
 */
final class RingLog {

    private static final Logger LOG = LoggerFactory.getLogger("io.vsring.ring.Ring");
    private static final long MILLI = 1_000_000;

    private final String member;
    private final Map<MalformedDatagramException.Reason, WarningPace> paces =
            new EnumMap<>(MalformedDatagramException.Reason.class);
    private final Map<Rejection, WarningPace> rejectionPaces = new EnumMap<>(Rejection.class);
    private String ring = "none";
    private long gatherSinceNanos;
    private boolean gathering;

    RingLog(MemberId self) {
        this.member = Integer.toUnsignedString(self.id());
    }

    void starts(RingOptions options, RingBoard board, SeedSearch seeds) {
        LOG.info(
                "member={} ring={} starts: cluster={} address={} incarnation={} seeds={}",
                member,
                ring,
                options.clusterName(),
                board.self().address(),
                Long.toHexString(board.selfId().incarnation()),
                seeds);
        if (!options.hasSeeds()) {
            LOG.info("member={} ring={} stands alone: set vs.discovery.seeds to look for other members", member, ring);
        }
        if (options.isInsecurePlaintext()) {
            LOG.warn(
                    "member={} ring={} runs without security: datagrams are neither encrypted nor signed, and"
                            + " whoever can send to {} can join (vs.security.mode=insecure-plaintext)",
                    member,
                    ring,
                    board.self().address());
        }
    }

    /** Each kind of trouble once, until it is over. */
    void seeds(SeedNews news, SeedNews before) {
        if (!news.addresses().equals(before.addresses())) {
            LOG.info("member={} ring={} looks for others: at={}", member, ring, news.addresses());
        }
        news.troubles().forEach((kind, text) -> {
            if (!before.troubles().containsKey(kind)) {
                LOG.warn("member={} ring={} seeds: {}", member, ring, text);
            }
        });
    }

    void windowFitted(WindowFit fit) {
        LOG.warn(
                "member={} ring={} receive buffer is small: granted={}B asked={}B windowFrames={} wanted={}; half of it"
                        + " must hold a window of frames: {}",
                member,
                ring,
                fit.grantedBytes(),
                fit.askedBytes(),
                fit.frames(),
                fit.wantedFrames(),
                fit.advice());
    }

    void installed(ConfigurationChange change, long nowNanos) {
        RingConfiguration configuration = change.configuration();
        if (configuration.isTransitional()) {
            LOG.info(
                    "member={} ring={} transitional configuration: members={} left={}",
                    member,
                    name(configuration.ringId()),
                    slots(configuration.members()),
                    slots(change.left()));
            return;
        }
        ring = name(configuration.ringId());
        String after = gathering ? (nowNanos - gatherSinceNanos) / MILLI + "ms" : "0ms";
        gathering = false;
        LOG.info(
                "member={} ring={} configuration installed: members={} joined={} left={} after={}",
                member,
                ring,
                slots(configuration.members()),
                slots(change.joined()),
                slots(change.left()),
                after);
    }

    void entered(StateName from, StateName to, @Nullable GatherReason reason, long nowNanos) {
        if (to == StateName.GATHER && !gathering) {
            gathering = true;
            gatherSinceNanos = nowNanos;
        }
        if (reason == null) {
            LOG.debug("member={} ring={} state: from={} to={}", member, ring, from, to);
        } else if (isEverydayLife(reason)) {
            LOG.info("member={} ring={} gathering: reason={} from={}", member, ring, reason, from);
        } else {
            LOG.warn("member={} ring={} gathering: reason={} from={}", member, ring, reason, from);
        }
    }

    /** Somebody comes or goes; the log says who when the configuration is installed. */
    private static boolean isEverydayLife(GatherReason reason) {
        return reason == GatherReason.MEMBER_GATHERS
                || reason == GatherReason.MEMBER_LEAVES
                || reason == GatherReason.STRANGER_HEARD;
    }

    void expelled(MemberId expelled, GatherReason reason) {
        LOG.warn("member={} ring={} expelled: whom={} reason={}", member, ring, expelled, reason);
    }

    void paused(long pauseNanos, long tokenLossNanos) {
        LOG.warn(
                "member={} ring={} paused: this process did not run for {}ms, longer than tokenLossTimeout={}ms; the"
                        + " others may have gone on without it",
                member,
                ring,
                pauseNanos / MILLI,
                tokenLossNanos / MILLI);
    }

    void dropped(DropReason reason, Datagram datagram) {
        if (LOG.isDebugEnabled()) {
            LOG.debug("member={} ring={} dropped: reason={} {}", member, ring, reason, datagram);
        }
    }

    void twin(Member twin, int sightings) {
        LOG.error(
                "member={} ring={} another member has the same slot, and neither joins the other: twin={} sightings={};"
                        + " give each member a vs.member-id of its own",
                member,
                ring,
                twin,
                sightings);
    }

    void malformed(MalformedDatagramException wrong, Object source, long nowNanos) {
        MalformedDatagramException.Reason reason = wrong.reason();
        if (reason == MalformedDatagramException.Reason.OTHER_CLUSTER
                || reason == MalformedDatagramException.Reason.OTHER_VERSION) {
            WarningPace pace = paces.computeIfAbsent(reason, any -> new WarningPace());
            if (pace.admits(nowNanos)) {
                LOG.warn(
                        "member={} ring={} refused a datagram: source={} reason={} suppressed={}: {}",
                        member,
                        ring,
                        source,
                        reason,
                        pace.takeHeld(),
                        wrong.getMessage());
            }
        } else if (LOG.isDebugEnabled()) {
            LOG.debug("member={} ring={} malformed datagram: source={} {}", member, ring, source, wrong.getMessage());
        }
    }

    /**
     * One warning for each reason in ten seconds, however many there are. What happens every day is no reason to warn:
     * whoever wants to see it has a line for each at DEBUG.
     */
    void rejected(Rejection reason, MemberAddress source, long nowNanos) {
        if (reason.isEveryday()) {
            LOG.debug("member={} ring={} kept out a datagram: source={} reason={}", member, ring, source, reason);
            return;
        }
        WarningPace pace = rejectionPaces.computeIfAbsent(reason, any -> new WarningPace());
        if (pace.admits(nowNanos)) {
            LOG.warn(
                    "member={} ring={} kept out a datagram: source={} reason={} suppressed={}: {}",
                    member,
                    ring,
                    source,
                    reason,
                    pace.takeHeld(),
                    reason.meaning());
        }
    }

    void uses(Keyring keyring) {
        LOG.info("member={} ring={} has other keys from now on: {}", member, ring, keyring);
    }

    void leaves() {
        LOG.info("member={} ring={} leaves", member, ring);
    }

    void leaveCutShort(long timeoutMillis) {
        LOG.warn(
                "member={} ring={} leave cut short: not all was safe after leaveTimeout={}ms; outcomes of what was"
                        + " still on its way are unknown",
                member,
                ring,
                timeoutMillis);
    }

    void closed(@Nullable Throwable failure) {
        if (failure == null) {
            LOG.info("member={} ring={} closed", member, ring);
        } else {
            LOG.error("member={} ring={} closed: failed: {}", member, ring, failure, failure);
        }
    }

    void endBroke(Throwable failure) {
        LOG.warn("member={} ring={} something threw while the member was being closed", member, ring, failure);
    }

    /** Delivery thread. */
    void callbackFailed(Object who, String method, long suppressed, Throwable failure) {
        LOG.error(
                "member={} a callback threw, and the order goes on: class={} method={} suppressed={}",
                member,
                who.getClass().getName(),
                method,
                suppressed,
                failure);
    }

    /** Loop thread. */
    void waitedForQuick(long nanos, long suppressed) {
        LOG.warn(
                "member={} the ring has waited {}ms for code that must not wait, unless the whole process stood still:"
                        + " what is chained to the future of a call, or a handler that said it is quick; give it an"
                        + " executor. For a while all is left to the delivery thread. suppressed={}",
                member,
                TimeUnit.NANOSECONDS.toMillis(nanos),
                suppressed);
    }

    /** Any thread. */
    void stillBusy() {
        LOG.warn("member={} closed, but its handler has not returned: it will be told of the end when it does", member);
    }

    private static String name(RingId ringId) {
        return Integer.toUnsignedString(ringId.representative().id()) + "." + ringId.sequence();
    }

    private static String slots(MemberSet members) {
        return members.stream()
                .map(each -> Integer.toUnsignedString(each.id()))
                .collect(Collectors.joining(",", "[", "]"));
    }
}
