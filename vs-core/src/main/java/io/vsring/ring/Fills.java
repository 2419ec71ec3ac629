package io.vsring.ring;

import io.vsring.protocol.TotemProtocol;
import io.vsring.security.Envelope;
import io.vsring.transport.Transport;
import io.vsring.transport.TransportCounters;
import io.vsring.wire.FramePool;
import io.vsring.wire.WireFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** How full the queues, stores and tables of a member are. Shown by the loop thread, read by any. */
final class Fills {

    private static final Resource[] RESOURCES = Resource.values();

    /** One message of each member. */
    private static final long ASSEMBLIES_MAX = (long) WireFormat.MEMBERS_MAX * WireFormat.MESSAGE_BYTES_MAX;

    private final Mailbox mailbox;
    private final DeliveryLane lane;
    private final Envelope envelope;
    private final GroupCache groups;
    private final TransportCounters transport;
    private final Counters<DeliveryCount> delivered;
    private final Counters<Resource> shown = new Counters<>(Resource.class);
    private final long sendQueueMax;
    private final int storeMax;

    Fills(RingOptions options, RingParts parts, Mailbox mailbox, DeliveryLane lane, TotemProtocol protocol) {
        this.mailbox = mailbox;
        this.lane = lane;
        this.envelope = parts.envelope();
        this.groups = parts.groups();
        this.transport = parts.outside().transport().counters();
        this.delivered = parts.counters().delivered();
        this.sendQueueMax = Math.max(options.sendQueueBytes(), (long) options.maxMessageBytes() + Mail.OVERHEAD_BYTES);
        this.storeMax = protocol.storeFrames();
    }

    /** What the loop thread alone may look at. Loop thread. */
    void show(TotemProtocol protocol, int spareFrames) {
        shown.set(Resource.SPARE_FRAMES, spareFrames);
        shown.set(Resource.FRAME_STORE, protocol.storedFrames());
        shown.set(Resource.STRANGERS, protocol.strangers());
        shown.set(Resource.ABSENCES, protocol.absences());
        shown.set(Resource.PEERS, envelope.peers());
    }

    private long used(Resource resource) {
        return switch (resource) {
            case SEND_QUEUE -> mailbox.bytes();
            case DELIVERY_QUEUE -> lane.frames();
            case CONFIGURATIONS -> lane.installations();
            case TASKS -> lane.tasks();
            case GROUP_NAMES -> groups.remembered();
            case ADDRESSES -> transport.addresses();
            case WATCHED_SOCKETS -> transport.watchedSockets();
            case ASSEMBLIES -> delivered.get(DeliveryCount.INCOMPLETE_BYTES);
            default -> shown.get(resource);
        };
    }

    private long max(Resource resource) {
        return switch (resource) {
            case SEND_QUEUE -> sendQueueMax;
            case DELIVERY_QUEUE -> lane.framesMax();
            case CONFIGURATIONS -> DeliveryLane.INSTALLATIONS_MAX;
            case TASKS -> DeliveryLane.TASKS_MAX;
            case FRAME_STORE -> storeMax;
            case ASSEMBLIES -> ASSEMBLIES_MAX;
            case SPARE_FRAMES -> FramePool.FRAMES_MAX + SpentFrames.WAITING_MAX;
            case STRANGERS, ABSENCES -> TotemProtocol.STRANGERS_MAX;
            case PEERS -> Envelope.PEERS_MAX;
            case GROUP_NAMES -> GroupCache.REMEMBERED_MAX;
            case ADDRESSES -> Transport.ADDRESSES_MAX;
            case WATCHED_SOCKETS -> Transport.WATCHED_SOCKETS_MAX;
        };
    }

    /** All of them, by their words. Any thread. */
    Map<String, Fill> toMap() {
        Map<String, Fill> map = new LinkedHashMap<>();
        for (Resource resource : RESOURCES) {
            map.put(resource.word(), new Fill(used(resource), max(resource)));
        }
        return map;
    }

    /** The word of one that holds more than it may; null if none does. Any thread. */
    @Nullable
    String overfull() {
        for (Resource resource : RESOURCES) {
            if (used(resource) > max(resource)) {
                return resource.word();
            }
        }
        return null;
    }
}
