package io.vsring.actuate;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.FunctionTimer;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.binder.MeterBinder;
import io.vsring.replicated.ReplicatedMap;
import io.vsring.replicated.ReplicatedObjects;
import io.vsring.ring.Fill;
import io.vsring.ring.Ring;
import io.vsring.ring.RingClosedException;
import io.vsring.ring.RingStatistics;
import io.vsring.ring.RingStatus;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/**
 * What a member and its ring count, as meters; {@code docs/metrics.md} lists them. A message costs nothing for it: the
 * ring counts anyway, and is asked when somebody reads a meter. Each meter has the same tags on all members and at all
 * times, and none names a message, what a map has, or another member. So members of one ring need a registry each.
 *
 * <p>A member that ends and is started again goes on counting where it was.
 *
 * @since 0.1
 */
public final class RingMeters implements MeterBinder {

    /** Not "cluster": that is what many call where a scrape comes from. */
    static final String CLUSTER = "vs.cluster";

    private static final Fill NOTHING = new Fill(0, 0);

    private final ReplicatedObjects objects;
    private final Iterable<ReplicatedMap<?, ?>> maps;
    private final RingKeys keys;
    private final Tags tags;
    private final List<Object> counting = new CopyOnWriteArrayList<>(); // registries do not hold what they ask

    /**
     * Of whatever member is behind these objects when a meter is read.
     *
     * @param cluster the name of the ring, a tag of all meters
     * @param maps whose sizes are shown
     * @param keys whose uses are counted
     */
    public RingMeters(ReplicatedObjects objects, String cluster, Iterable<ReplicatedMap<?, ?>> maps, RingKeys keys) {
        this.objects = objects;
        this.maps = maps;
        this.keys = keys;
        this.tags = Tags.of(CLUSTER, cluster);
    }

    @Override
    public void bindTo(MeterRegistry registry) {
        new Binding(registry).all();
    }

    private @Nullable Ring running() {
        try {
            return objects.ring();
        } catch (RingClosedException none) {
            return null;
        }
    }

    private <T> T kept(T count) {
        counting.add(count);
        return count;
    }

    private RingCount count(ToLongFunction<RingStatistics> number) {
        return countOf(ring -> number.applyAsLong(ring.statistics()));
    }

    private RingCount countOf(ToLongFunction<Ring> number) {
        return kept(new RingCount(this::running, number));
    }

    /** How often, and how long. */
    private record Pauses(RingCount times, RingCount nanos) {}

    /** Of a member that runs; else 0. */
    private double now(ToDoubleFunction<ReplicatedObjects> number) {
        try {
            boolean ended = objects.ring().status().state() == RingStatus.State.CLOSED;
            return ended ? 0 : number.applyAsDouble(objects);
        } catch (RingClosedException none) {
            return 0;
        }
    }

    private boolean isIn(RingStatus.State state) {
        Ring ring = running();
        return (ring == null ? RingStatus.State.CLOSED : ring.status().state()) == state;
    }

    /** All meters in one registry. */
    private final class Binding {

        private final MeterRegistry registry;

        Binding(MeterRegistry registry) {
            this.registry = registry;
        }

        void all() {
            ring();
            messages();
            frames();
            network();
            replicated();
            resources();
            keys.forEachId(this::opened);
        }

        private void ring() {
            gauge(
                    "vs.ring.members",
                    null,
                    "Members of the configuration that was delivered last",
                    member -> member.ring().status().configuration().members().size());
            for (RingStatus.State state : RingStatus.State.values()) {
                Gauge.builder("vs.ring.state", RingMeters.this, meters -> meters.isIn(state) ? 1 : 0)
                        .description("1 for the state that the member is in, 0 for the others")
                        .tags(tags.and("state", word(state.name())))
                        .register(registry);
            }
            counter(
                    "vs.ring.configurations",
                    "Regular configurations that were installed",
                    RingStatistics::configurations);
            counters(
                    "vs.ring.gathers",
                    "How often the ring was given up to form the next one",
                    RingStatistics.gatherReasons(),
                    RingStatistics::gathers);
            counter("vs.ring.expulsions", "Members that were given up on", RingStatistics::expulsions);
            counter("vs.ring.token.visits", "Visits of the token", RingStatistics::tokenVisits);
            counter("vs.ring.token.retransmits", "Tokens that were sent again", RingStatistics::tokensRetransmitted);
            counter(
                    "vs.ring.token.holds",
                    "Times that the token of a silent ring was held",
                    RingStatistics::tokensHeld);
            FunctionTimer.builder(
                            "vs.jvm.pauses",
                            kept(new Pauses(count(RingStatistics::pauses), count(RingStatistics::pausedNanos))),
                            pauses -> (long) pauses.times().get(),
                            pauses -> pauses.nanos().get(),
                            TimeUnit.NANOSECONDS)
                    .description("Times that this process did not run for longer than the token-loss time")
                    .tags(tags)
                    .register(registry);
        }

        private void messages() {
            counter(
                    "vs.messages.accepted",
                    "Messages of this member that were accepted",
                    RingStatistics::messagesAccepted);
            size("vs.messages.accepted.size", "Size of the messages that were accepted", RingStatistics::bytesAccepted);
            counter(
                    "vs.messages.refused",
                    "Messages of this member that were refused: too large, no room, no such group, or closed",
                    RingStatistics::messagesRefused);
            counter(
                    "vs.messages.sent",
                    "Messages of this member that got their place in the order",
                    RingStatistics::messagesSent);
            counter(
                    "vs.messages.delivered",
                    "Messages of all members that were delivered here",
                    RingStatistics::messagesDelivered);
            size(
                    "vs.messages.delivered.size",
                    "Size of the messages that were delivered",
                    RingStatistics::bytesDelivered);
            counter(
                    "vs.handler.failures",
                    "Exceptions of the ring's handler, of observers and of outcomes; not those of listeners",
                    RingStatistics::handlerFailures);
            amount(
                    "vs.send.queue",
                    "bytes",
                    "What waits to be sent, with its overhead",
                    RingStatistics::sendQueueBytes);
            amount(
                    "vs.delivery.queue",
                    "frames",
                    "Frames that wait for the ring's handler",
                    RingStatistics::deliveryLaneFrames);
            amount(
                    "vs.flow.window",
                    "frames",
                    "Frames that all members together may send in one rotation of the token",
                    RingStatistics::windowFrames);
        }

        private void frames() {
            counter("vs.frames.sent", "Frames that this member numbered", RingStatistics::framesSent);
            counter(
                    "vs.frames.repaired",
                    "Frames that this member sent again because another one missed them",
                    RingStatistics::framesRepaired);
            counter(
                    "vs.frames.requested",
                    "Frames that this member missed and asked for",
                    RingStatistics::framesRequested);
            counter(
                    "vs.frames.recovered",
                    "Frames of an old ring that this member passed on to a new one",
                    RingStatistics::framesRecovered);
            counter(
                    "vs.frames.skipped",
                    "Frames that were not delivered because one before them is lost for good",
                    RingStatistics::framesSkipped);
            counter("vs.frames.delivered", "Frames handed to the ring's handler", RingStatistics::framesDelivered);
        }

        private void network() {
            counter(
                    "vs.datagrams.received",
                    "Datagrams that came out of the socket",
                    RingStatistics::datagramsReceived);
            size(
                    "vs.datagrams.received.size",
                    "Size of the datagrams that came out of the socket",
                    RingStatistics::bytesReceived);
            counter(
                    "vs.datagrams.sent",
                    "Datagrams given to the transport; one for a broadcast",
                    RingStatistics::datagramsSent);
            size("vs.datagrams.sent.size", "Size of the datagrams given to the transport", RingStatistics::bytesSent);
            counters(
                    "vs.datagrams.ignored",
                    "Well-formed datagrams that were ignored",
                    RingStatistics.dropReasons(),
                    RingStatistics::drops);
            counters(
                    "vs.datagrams.malformed",
                    "Datagrams that were not understood",
                    RingStatistics.malformedReasons(),
                    RingStatistics::malformed);
            counters(
                    "vs.security.rejected",
                    "Datagrams that the envelope did not let in",
                    RingStatistics.rejectedReasons(),
                    RingStatistics::rejected);
            counter(
                    "vs.datagrams.oversized",
                    "Datagrams that arrived longer than any member's can be",
                    RingStatistics::oversized);
            counter("vs.datagrams.without.source", "Datagrams that came from port 0", RingStatistics::withoutSource);
            counter(
                    "vs.datagrams.after.pause",
                    "Tokens and membership datagrams dropped because they had waited out a pause",
                    RingStatistics::droppedAfterPause);
            lost();
            counter(
                    "vs.transport.unreachable",
                    "Hints that nobody listens at a member's port",
                    RingStatistics::unreachable);
            counter(
                    "vs.transport.segmentation.refusals",
                    "Times that the system refused to cut a run of datagrams, so that they were sent singly",
                    RingStatistics::segmentationRefusals);
            amount(
                    "vs.transport.receive.buffer",
                    "bytes",
                    "Receive buffer that the system granted",
                    RingStatistics::receiveBufferBytes);
        }

        /** Datagrams that got no further than this system. */
        private void lost() {
            counter(
                    "vs.datagrams.send.failures",
                    "Datagrams that the system did not take",
                    RingStatistics::sendFailures);
            counter(
                    "vs.datagrams.send.drops",
                    "Datagrams dropped because too many waited for the send buffer",
                    RingStatistics::sendDrops);
            if (Ring.areReceiveDropsTold()) {
                counter(
                        "vs.datagrams.receive.drops",
                        null,
                        "Datagrams that the system dropped because the receive buffer was full; on Linux only",
                        countOf(ring -> ring.receiveDrops().orElse(0)));
            }
        }

        /** As long as it grows, somebody seals with this key. */
        private void opened(int key) {
            FunctionCounter.builder(
                            "vs.security.opened", count(now -> now.openedByKey().getOrDefault(key, 0L)), RingCount::get)
                    .description("Datagrams that were sealed with a key, by its id, and let in")
                    .tags(tags.and("key", String.valueOf(key)))
                    .register(registry);
        }

        private void replicated() {
            gauge(
                    "vs.ring.primary",
                    null,
                    "1 if this member is in the primary component and holds the whole state, else 0",
                    member -> member.status().isPrimary() ? 1 : 0);
            gauge(
                    "vs.locks",
                    null,
                    "Locks that somebody holds or waits for",
                    member -> member.locks().size());
            for (ReplicatedMap<?, ?> map : maps) {
                Gauge.builder("vs.map.size", RingMeters.this, meters -> meters.now(unused -> map.size()))
                        .description("Entries of a map that is a bean")
                        .tags(tags.and("map", map.name()))
                        .register(registry);
            }
        }

        private void resources() {
            for (String resource : RingStatistics.resources()) {
                fill(resource, member -> member.ring().statistics().fills());
            }
            for (String resource : ReplicatedObjects.resources()) {
                fill(resource, ReplicatedObjects::fills);
            }
        }

        private void fill(String resource, Function<ReplicatedObjects, Map<String, Fill>> fills) {
            Function<ReplicatedObjects, Fill> fill =
                    member -> fills.apply(member).getOrDefault(resource, NOTHING);
            Gauge.builder(
                            "vs.resource.used",
                            RingMeters.this,
                            meters -> meters.now(member -> fill.apply(member).used()))
                    .description("How much is in what has a cap, in the unit of the resource")
                    .tags(tags.and("resource", resource))
                    .register(registry);
            Gauge.builder(
                            "vs.resource.max",
                            RingMeters.this,
                            meters -> meters.now(member -> fill.apply(member).max()))
                    .description("How much may be in it at most")
                    .tags(tags.and("resource", resource))
                    .register(registry);
        }

        private void counter(String name, String what, ToLongFunction<RingStatistics> number) {
            counter(name, null, what, number);
        }

        private void size(String name, String what, ToLongFunction<RingStatistics> number) {
            counter(name, "bytes", what, number);
        }

        private void counter(String name, @Nullable String unit, String what, ToLongFunction<RingStatistics> number) {
            counter(name, unit, what, count(number));
        }

        private void counter(String name, @Nullable String unit, String what, RingCount count) {
            FunctionCounter.builder(name, count, RingCount::get)
                    .description(what)
                    .baseUnit(unit)
                    .tags(tags)
                    .register(registry);
        }

        private void counters(
                String name, String what, List<String> reasons, Function<RingStatistics, Map<String, Long>> numbers) {
            for (String reason : reasons) {
                FunctionCounter.builder(name, count(now -> numbers.apply(now).getOrDefault(reason, 0L)), RingCount::get)
                        .description(what)
                        .tags(tags.and("reason", word(reason)))
                        .register(registry);
            }
        }

        /** A size that is counted. */
        private void amount(String name, String unit, String what, ToLongFunction<RingStatistics> number) {
            gauge(name, unit, what, member -> number.applyAsLong(member.ring().statistics()));
        }

        private void gauge(
                String name, @Nullable String unit, String what, ToDoubleFunction<ReplicatedObjects> number) {
            Gauge.builder(name, RingMeters.this, meters -> meters.now(number))
                    .description(what)
                    .baseUnit(unit)
                    .tags(tags)
                    .register(registry);
        }

        private static String word(String constant) {
            return constant.toLowerCase(Locale.ROOT);
        }
    }
}
