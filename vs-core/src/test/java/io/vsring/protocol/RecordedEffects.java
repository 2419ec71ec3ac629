package io.vsring.protocol;

import io.vsring.ConfigurationChange;
import io.vsring.Member;
import io.vsring.MemberAddress;
import io.vsring.MemberId;
import io.vsring.RingId;
import io.vsring.wire.DataFrame;
import io.vsring.wire.Datagram;
import io.vsring.wire.FramePool;
import io.vsring.wire.OutgoingMessage;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Writes down what the protocol does to the world, in the order in which it does it. */
final class RecordedEffects implements Effects {

    /** A datagram on its way. */
    record Sent(List<MemberAddress> to, Datagram datagram) {}

    private final List<Sent> sent = new ArrayList<>();
    private final Map<Class<?>, Datagram> newest = new HashMap<>();
    private final List<String> steps = new ArrayList<>();
    private final List<DataFrame> delivered = new ArrayList<>();
    private final List<ConfigurationChange> installed = new ArrayList<>();
    private final List<String> positions = new ArrayList<>();
    private final List<Long> persisted = new ArrayList<>();
    private final List<DropReason> drops = new ArrayList<>();
    private final List<MemberId> expelled = new ArrayList<>();
    private final Map<Timer, Long> timers = new EnumMap<>(Timer.class);
    private final List<Timer> armed = new ArrayList<>();
    private @Nullable GatherReason gatherReason;
    private final FramePool frames = new FramePool();
    private final List<Long> released = new ArrayList<>();
    private int watched;
    private int room = 4096;
    private long framesTaken;

    @Override
    public void broadcast(List<MemberAddress> peers, Datagram datagram) {
        note(peers, datagram);
    }

    @Override
    public void sendTo(Member destination, Datagram datagram) {
        sendTo(destination.address(), datagram);
    }

    @Override
    public void sendWatched(Member destination, Datagram datagram) {
        sendWatched(destination.address(), datagram);
    }

    @Override
    public void sendTo(MemberAddress destination, Datagram datagram) {
        note(List.of(destination), datagram);
    }

    @Override
    public void sendWatched(MemberAddress destination, Datagram datagram) {
        watched++;
        note(List.of(destination), datagram);
    }

    private void note(List<MemberAddress> to, Datagram datagram) {
        sent.add(new Sent(to, datagram));
        newest.put(datagram.getClass(), datagram);
        String name = datagram.getClass().getSimpleName();
        steps.add(datagram instanceof DataFrame frame ? name + " " + frame.sequence() : name);
    }

    @Override
    public FramePool frames() {
        return frames;
    }

    @Override
    public void released(DataFrame frame) {
        released.add(frame.sequence());
    }

    @Override
    public void hasten() {
        steps.add("hasten");
    }

    @Override
    public void sent(OutgoingMessage message, RingId ringId, long sequence, int index) {
        positions.add(message.number() + " at " + ringId + " " + sequence + "/" + index);
    }

    @Override
    public void deliver(DataFrame frame) {
        delivered.add(frame);
        steps.add("deliver " + frame.sequence());
    }

    @Override
    public void install(ConfigurationChange change, List<Member> members) {
        installed.add(change);
        steps.add(change.configuration().isTransitional() ? "transitional" : "regular");
    }

    @Override
    public int deliveryRoom() {
        return room;
    }

    @Override
    public long framesTaken() {
        return framesTaken;
    }

    @Override
    public void arm(Timer timer, long delayNanos) {
        timers.put(timer, delayNanos);
        armed.add(timer);
    }

    @Override
    public void disarm(Timer timer) {
        timers.remove(timer);
    }

    @Override
    public void persist(long ringSequence) {
        persisted.add(ringSequence);
        steps.add("persist " + ringSequence);
    }

    @Override
    public void entered(StateName from, StateName to, @Nullable GatherReason reason) {
        gatherReason = reason;
        steps.add(from + " to " + to);
    }

    @Override
    public void dropped(DropReason reason, Datagram datagram) {
        drops.add(reason);
    }

    @Override
    public void expelled(MemberId member, GatherReason reason) {
        expelled.add(member);
    }

    /** The application takes frames out of its lane. */
    void takes(long frames) {
        framesTaken += frames;
    }

    /** From now on the application's lane takes so many more frames. */
    void room(int frames) {
        room = frames;
    }

    /** Forgets what was done so far, but for the newest datagram of each kind; timers that run go on running. */
    void clear() {
        sent.clear();
        steps.clear();
        delivered.clear();
        installed.clear();
        positions.clear();
        persisted.clear();
        drops.clear();
        expelled.clear();
        armed.clear();
        watched = 0;
    }

    List<Sent> sent() {
        return List.copyOf(sent);
    }

    /** What was sent of this kind, to whomever. */
    <T extends Datagram> List<T> sent(Class<T> kind) {
        return sent.stream()
                .map(Sent::datagram)
                .filter(kind::isInstance)
                .map(kind::cast)
                .toList();
    }

    /** What was sent of this kind to this member. */
    <T extends Datagram> List<T> sentTo(MemberId member, Class<T> kind) {
        return sent.stream()
                .filter(each -> each.to().contains(Cast.addressOf(member)))
                .map(Sent::datagram)
                .filter(kind::isInstance)
                .map(kind::cast)
                .toList();
    }

    /** The newest that was ever sent of this kind. */
    <T extends Datagram> T last(Class<T> kind) {
        Datagram last = newest.get(kind);
        if (last == null) {
            throw new AssertionError("no " + kind.getSimpleName() + " was sent, only " + steps);
        }
        return kind.cast(last);
    }

    /** Numbers of the frames that were sent, first transmissions and repairs alike. */
    List<Long> framesSent() {
        return sent(DataFrame.class).stream().map(DataFrame::sequence).toList();
    }

    /** Everything, as words: "DataFrame 3", "Token", "deliver 3", "regular", "persist 9", "GATHER to COMMIT". */
    List<String> steps() {
        return List.copyOf(steps);
    }

    /** Where own messages got their place: "number at ring sequence/index". */
    List<String> positions() {
        return List.copyOf(positions);
    }

    List<DataFrame> delivered() {
        return List.copyOf(delivered);
    }

    List<Long> deliveredSequences() {
        return delivered.stream().map(DataFrame::sequence).toList();
    }

    List<ConfigurationChange> installed() {
        return List.copyOf(installed);
    }

    List<Long> persisted() {
        return List.copyOf(persisted);
    }

    List<DropReason> drops() {
        return List.copyOf(drops);
    }

    List<MemberId> expelled() {
        return List.copyOf(expelled);
    }

    /** Why the present gather began; null in any other state. */
    @Nullable
    GatherReason gatherReason() {
        return gatherReason;
    }

    boolean runs(Timer timer) {
        return timers.containsKey(timer);
    }

    /** The delay of a timer that runs. */
    long delayOf(Timer timer) {
        return timers.get(timer);
    }

    /** Timers that were armed, each time. */
    List<Timer> armed() {
        return List.copyOf(armed);
    }

    /** How many datagrams were sent with the wish to know whether anybody listens. */
    int watched() {
        return watched;
    }

    /** The numbers of the frames that the ring needed no more, in that order. */
    List<Long> released() {
        return released;
    }
}
