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
import java.util.List;

/**
 * All that the protocol does to the world, called in the order in which it must take effect.
 *
 * <p>An implementation never calls back into the protocol, since it is called in the middle of a step; but for
 * {@link #beforeVisit}, which may submit messages.
 */
public interface Effects {

    /** Sends to every peer of the ring. The list is the same object as long as the ring is the same. */
    void broadcast(List<MemberAddress> peers, Datagram datagram);

    /** Sends to this member, for which alone it is. */
    void sendTo(Member destination, Datagram datagram);

    /** Sends to whoever is at this address. */
    void sendTo(MemberAddress destination, Datagram datagram);

    /** Sends to this member alone, and wants to know if nobody listens there ({@link TotemProtocol#onUnreachable}). */
    void sendWatched(Member destination, Datagram datagram);

    /** Sends to whoever is at this address, and wants to know if nobody is. */
    void sendWatched(MemberAddress destination, Datagram datagram);

    /** What has been sent so far is not to wait for what follows in this step. */
    void hasten();

    /**
     * A message of this member got its place in the order: it is sent, in the sense of extended virtual synchrony.
     *
     * @param message which of our messages
     * @param ringId the ring that orders it
     * @param sequence the sequence number of the frame in which it ends
     * @param index its place among the messages that end there
     */
    void sent(OutgoingMessage message, RingId ringId, long sequence, int index);

    /** Hands a frame of the current configuration to the application. Frames come in order; recovery frames never. */
    void deliver(DataFrame frame);

    /** Where frames of ours come from. The same object at each call. */
    FramePool frames();

    /**
     * The ring needs this frame no more: all members have it. It has been delivered, or never will be. What it says is
     * not looked at here any more, so that it may go back to {@link #frames} once the application has been given it.
     */
    void released(DataFrame frame);

    /**
     * The token is here, and what it made deliverable has been delivered: what the application says to that can go with
     * this very token. Only here {@link TotemProtocol#submit} may be called.
     */
    default void beforeVisit() {}

    /**
     * Begins a configuration, between the frames before and after.
     *
     * @param change what changes
     * @param members the members of the configuration with their addresses, in its order
     */
    void install(ConfigurationChange change, List<Member> members);

    /** How many more frames the application's lane takes; the lane has room for a whole window beyond that. */
    int deliveryRoom();

    /** Frames that the application has taken out of its lane since the start. */
    long framesTaken();

    /** Starts the timer, or starts it anew. */
    void arm(Timer timer, long delayNanos);

    /** Stops the timer if it runs. */
    void disarm(Timer timer);

    /** Returns only when no later incarnation of this member can be told a lower ring sequence than this one. */
    void persist(long ringSequence);

    /** The state has changed; why is null unless the new state is {@link StateName#GATHER}. */
    void entered(StateName from, StateName to, @org.jspecify.annotations.Nullable GatherReason reason);

    /** A datagram was ignored. */
    void dropped(DropReason reason, Datagram datagram);

    /** This member gave up on another one, and keeps it out for a time: why is worth a line in the log. */
    void expelled(MemberId member, GatherReason reason);
}
